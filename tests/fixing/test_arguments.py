"""Arguments are given to calls in the layout that the call has."""

from __future__ import annotations

import ast

import pytest

from modelint.diagnostics.fix import Applicability
from modelint.events import Site
from modelint.fixing.arguments import call_on, follow_mode, give, name_modules
from modelint.fixing.code import read_code
from modelint.judge.repair import CallOn, FollowMode, NameModules, SetArgument
from modelint.text.edit import TextEdit, apply_edits

METHOD = "class M:\n    def forward(self, x):\n        return {}\n"


def site_of(code, name):
    calls = [node for node in ast.walk(code.tree) if isinstance(node, ast.Call)]
    return Site("a.py", "f", code.span_of(next(call for call in calls if ast.unparse(call.func) == name)))


def applied(text, function, make):
    """The text after the fix and the fix; the text alone if there is none."""
    code = read_code(text)
    assert code is not None
    fix = function(code, make(code))
    if fix is None:
        return text, None
    edits = [TextEdit(code.offset(*edit.span[:2]), code.offset(*edit.span[2:]), edit.content) for edit in fix.edits]
    result = apply_edits(text, edits)
    ast.parse(result)
    return result, fix


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f()", "f(a=1)"),
        ("f(x)", "f(x, a=1)"),
        ("f(x,)", "f(x, a=1,)"),
        ("f((x))", "f((x), a=1)"),
        ("f((x) , )", "f((x), a=1 , )"),
        ("f(b=2)", "f(b=2, a=1)"),
        ("f(*args)", "f(*args, a=1)"),
        ("f(\n    x,\n    y,\n)", "f(\n    x,\n    y,\n    a=1,\n)"),
        ("f(\n\tx,  # why\n)", "f(\n\tx,  # why\n\ta=1,\n)"),
        ("f(\n    x\n)", "f(\n    x, a=1\n)"),
        ("f(x,  # one\n  y)", "f(x,  # one\n  y, a=1)"),
        ("f(x  # one )\n  )", "f(x, a=1  # one )\n  )"),
        ("f(a=False)", "f(a=1)"),
        ("f(a=other)", None),
        ("f(**options)", None),
        ("f(x for x in y)", None),
    ],
)
def test_argument(before, after):
    text, _ = applied(before, give, lambda code: SetArgument(site_of(code, "f"), "a", "1"))
    assert text == (after or before)


def test_value_that_somebody_wrote_is_changed_only_when_asked_for():
    _, fix = applied("f(a=False)", give, lambda code: SetArgument(site_of(code, "f"), "a", "True"))
    assert fix is not None
    assert fix.applicability is Applicability.UNSAFE


@pytest.mark.parametrize(
    ("problem", "before", "after"),
    [
        ("default", "F.dropout(x)", "F.dropout(x, training=self.training)"),
        ("default", "F.dropout(x, 0.1)", "F.dropout(x, 0.1, training=self.training)"),
        ("dropout_p", "F.dropout(q, k, v, dropout_p=0.1)", "F.dropout(q, k, v, dropout_p=0.1 if self.training else 0.0)"),
        (
            "dropout_p",
            "F.dropout(q, k, v, None, self.p if a else b)",
            "F.dropout(q, k, v, None, (self.p if a else b) if self.training else 0.0)",
        ),
        ("dropout_p", "F.dropout(*qkv)", None),
        ("built", "F.dropout(x)", None),
    ],
)
def test_dropout_follows_the_mode(problem, before, after):
    text, _ = applied(METHOD.format(before), follow_mode, lambda code: FollowMode(site_of(code, "F.dropout"), problem))
    assert text == METHOD.format(after or before)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("class M:\n  def f(this, x): return D(x)\n", "this.training"),
        ("class M:\n  def f(self, x):\n    def g(y): return D(y)\n    return g(x)\n", "self.training"),
        ("class M:\n  def f(self, x): return [lambda y: D(y)]\n", "self.training"),
        ("def f(self, x): return D(x)\n", None),
        ("class M:\n  @staticmethod\n  def f(x): return D(x)\n", None),
        ("class M:\n  def f(self, x):\n    def g(self): return D(self)\n", None),
        ("class M:\n  def f(self, x):\n    self = x\n    return D(x)\n", None),
        ("D(x)\n", None),
    ],
)
def test_whose_mode_it_follows(text, value):
    result, _ = applied(text, follow_mode, lambda code: FollowMode(site_of(code, "D"), "default"))
    assert result == (
        text if value is None else text.replace("D(x)", f"D(x, training={value})").replace("D(y)", f"D(y, training={value})")
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("m = load(1).to(d)", "m = load(1).train().to(d)"),
        ("m = load(\n  1,\n)", "m = load(\n  1,\n).train()"),
        ("m, info = load(1)", None),
        ("m = load(1)[0]", None),
    ],
)
def test_call_on_what_is_loaded(before, after):
    text, _ = applied(before, call_on, lambda code: CallOn(site_of(code, "load"), "train"))
    assert text == (after or before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("m = peft(b, C(r=1))", 'm = peft(b, C(r=1, modules_to_save=["n1", "n2"]))'),
        ("c = C(r=1)\nm = peft(b, c)", 'c = C(r=1, modules_to_save=["n1", "n2"])\nm = peft(b, c)'),
        ("m = peft(b, C(modules_to_save=['n1']))", "m = peft(b, C(modules_to_save=['n1', \"n2\"]))"),
        ("m = peft(b, C(modules_to_save=[]))", 'm = peft(b, C(modules_to_save=["n1", "n2"]))'),
        ("m = peft(b, C(modules_to_save=None))", 'm = peft(b, C(modules_to_save=["n1", "n2"]))'),
        ("m = peft(b, C(modules_to_save=names))", None),
        ("c = C()\nc = D()\nm = peft(b, c)", None),
        ("m = peft(b, c)", None),
    ],
)
def test_modules_to_save(before, after):
    text, fix = applied(before, name_modules, lambda code: NameModules(site_of(code, "peft"), ("n1", "n2")))
    assert text == (after or before)
    assert fix is None or fix.applicability is Applicability.UNSAFE


def test_layers_without_a_known_name_are_not_written():
    text, _ = applied("peft(b, C())", name_modules, lambda code: NameModules(site_of(code, "peft"), ("<batch_norm>",)))
    assert text == "peft(b, C())"

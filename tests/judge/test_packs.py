"""Rule packs: what can be wrong with one is said with its file."""

from __future__ import annotations

import sys

import pytest

from modelint.cli.new_rule import TEMPLATE
from modelint.errors import PackError
from modelint.judge.pack import find_rule, load_rules

GOOD = TEMPLATE.replace("TODO: one line", "One line").format(code="ZZ101", name="zz-rule", category="MODE")


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """Writes a pack called `zz_pack` of these modules."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(init="from modelint.api import Pack\n\nPACK = Pack('zz_pack')\n", **modules):
        folder = tmp_path / "zz_pack"
        folder.mkdir()
        (folder / "__init__.py").write_text(init)
        for name, text in modules.items():
            (folder / f"{name}.py").write_text(text)

    yield write
    for name in [name for name in sys.modules if name.startswith("zz_pack")]:
        del sys.modules[name]


def test_builtin_rules_are_complete_and_in_order():
    rules = load_rules(["modelint_rules"])
    codes = [loaded.rule.code for loaded in rules]
    assert codes == sorted(codes)
    assert {"ML101", "ML102", "ML103", "ML104", "ML105", "ML106", "ML107", "ML108", "ML201", "ML202"} <= set(codes)


def test_pack_with_a_rule(pack):
    pack(zz101_zz_rule=GOOD)
    [loaded] = load_rules(["zz_pack"])
    assert find_rule([loaded], "zz101") is find_rule([loaded], "zz-rule") is loaded


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("import nothing_of_this_name", r"one\.py:1\): ModuleNotFoundError"),
        ("def f(:", r"one\.py:1\): SyntaxError"),
        ("x = 1", "must define RULE"),
        (GOOD.replace("zz-rule", "zz"), "a name like"),
        (GOOD.replace("ZZ101", "1"), "a code is like"),
        (GOOD.replace("## Fix safety", "## Safety"), "must have the headings"),
        (GOOD.replace("```python", "```"), "must hold ```python code"),
        (GOOD.replace("full stop.\n", "full stop\n"), "summary line"),
        (GOOD.replace("@RULE.on(TrainingStep)\n", ""), "looks at no event"),
    ],
)
def test_wrong_rule(pack, module, message):
    pack(one=module)
    with pytest.raises(PackError, match=message):
        load_rules(["zz_pack"])


def test_pack_that_declares_nothing(pack):
    pack(init="")
    with pytest.raises(PackError, match="must define PACK"):
        load_rules(["zz_pack"])


def test_pack_that_does_not_exist():
    with pytest.raises(PackError, match="cannot be imported: ModuleNotFoundError"):
        load_rules(["zz_no_such_pack"])


def test_two_rules_with_one_code(pack):
    pack(one=GOOD, two=GOOD.replace("zz-rule", "zz-other"))
    with pytest.raises(PackError, match=r"two\.py: the code ZZ101 belongs to .*one\.py"):
        load_rules(["zz_pack"])

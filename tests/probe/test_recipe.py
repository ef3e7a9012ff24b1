"""From a call in a program to a small program that makes the same model."""

from __future__ import annotations

import ast
import textwrap

import pytest

from modelint.probe.recipe import adapted, recipe
from modelint.probe.scopes import Unknown
from modelint.probe.trees import SourceTree
from modelint.text.span import Span


def made(chain: list[str], **files: str) -> str:
    """The recipe for calls given by their text; `FILE: CALL` is in another file than `main`."""
    texts = {f"{name}.py": textwrap.dedent(text) for name, text in files.items()}
    steps = []
    for step in chain:
        name, _, text = step.rpartition(": ")
        path = f"{name or 'main'}.py"
        steps.append((path, span_of(texts[path], text)))
    return recipe(steps, texts.get, lambda path: path.removesuffix(".py")).text


def span_of(text: str, call: str) -> Span:
    tree = SourceTree(text)
    found = [node for node in ast.walk(tree.module) if isinstance(node, ast.Call) and ast.unparse(node) == call]
    assert len(found) == 1
    return tree.span_of(found[0])


def run(text: str) -> object:
    namespace: dict[str, object] = {"__name__": "__main__"}
    exec(text, namespace)
    return namespace["__model__"]


def test_assignments_before_the_place_and_nothing_else():
    text = made(
        ["make(size, depth=DEPTH)"],
        main="""
            import json, sys
            DEPTH = 2
            size = 3
            size = size + 1
            sys.exit(1)
            def make(size, depth):
                return size * depth
            model = make(size, depth=DEPTH)
            size = 100
        """,
    )
    assert run(text) == 8
    assert "exit" not in text


def test_statements_that_fill_what_is_needed():
    text = made(
        ["dict(options)"],
        main="""
            options = {}
            other = {}
            options["a"] = 1
            options.update(b=2)
            other.update(c=3)
            model = dict(options)
            options.clear()
        """,
    )
    assert run(text) == {"a": 1, "b": 2}
    assert "other" not in text


def test_parameters_come_from_the_calls_that_lead_there():
    text = made(
        ["main(4)", "build(width, name='net')", "dict(name=name, width=width, bias=bias)"],
        main="""
            def build(width, name, bias=True):
                width = width + 1
                return dict(name=name, width=width, bias=bias)

            def main(width):
                model = build(width, name='net')

            if __name__ == "__main__":
                main(4)
        """,
    )
    assert run(text) == {"name": "net", "width": 5, "bias": True}


def test_a_constructor_is_called_without_its_self():
    text = made(
        ["Module('x')", "str(path)"],
        main="""
            class Module:
                def __init__(self, path):
                    self.part = str(path)

            Module('x')
        """,
    )
    assert run(text) == "x"


TRAINER = """
    class Trainer:
        prefix = "a"

        def __init__(self, name, scale=2):
            self.name = name + "!"
            self.options = {{}}
            self.options["scale"] = scale
            {more}

        def load(self):
            self.options.update(depth=3)
            return dict(self.options, name=self.name, prefix=self.prefix)
            self.options.clear()

        def other(self):
            {other}
"""
LOAD = "dict(self.options, name=self.name, prefix=self.prefix)"


def trainer(rest: str, more: str = "pass", other: str = "pass") -> str:
    return textwrap.dedent(TRAINER.format(more=more, other=other)) + textwrap.dedent(rest)


@pytest.mark.parametrize(
    ("chain", "rest"),
    [
        ([], "trainer = Trainer('net')\n"),
        (["trainer.load()"], "trainer = Trainer('net')\ntrainer.load()\n"),
        (["Trainer(name=name).load()"], "name = 'net'\nTrainer(name=name).load()\n"),
        (["main('net')", "trainer.load()"], "def main(name):\n    trainer = Trainer(name)\n    trainer.load()\nmain('net')\n"),
        (["main()"], "def main():\n    name = 'net'\n    return Trainer(name).load()\nmain()\n"),
    ],
)
def test_attributes_of_self(chain: list[str], rest: str) -> None:
    chain = [*chain, *(["Trainer(name).load()"] if chain == ["main()"] else []), LOAD]
    assert run(made(chain, main=trainer(rest))) == {"scale": 2, "depth": 3, "name": "net!", "prefix": "a"}


def test_an_attribute_set_in_the_constructor_that_makes_the_model() -> None:
    text = "class A:\n    def __init__(self, size=2):\n        self.size = size + 1\n        self.part = str(self.size)\n"
    assert run(made(["str(self.size)"], main=text)) == "3"
    assert run(made(["str(self.size)"], main=f"{text}A(5)\n")) == "6"


def test_self_of_a_class_that_is_taken_along() -> None:
    text = made(["str(A(1).size)"], main="class A:\n    def __init__(self, size):\n        self.size = size\nstr(A(1).size)\n")
    assert run(text) == "1"


@pytest.mark.parametrize(
    ("program", "why"),
    [
        (trainer("Trainer('a')\nTrainer('b')\n"), "`Trainer` is made in 2 places"),
        (trainer("Trainer('a')\n", more="self.name = name"), "`Trainer` sets it in 2 places"),
        (trainer("", other="pass"), "`__init__` has no default for it, and no call of it is known"),
        (trainer("Trainer('a')\n", more="self.options.update(self.extra)", other="self.extra = {}"), "`other` sets it"),
        (trainer("Trainer('a')\n", more="self.options.update(self)"), "only single attributes of it"),
    ],
)
def test_attributes_of_self_that_are_unknown(program: str, why: str) -> None:
    with pytest.raises(Unknown, match=why):
        made([LOAD], main=program)


def test_the_first_iteration_of_a_loop():
    text = made(["str(size)"], main="for size in [7, 8]:\n    model = str(size)\n")
    assert run(text) == "7"


def test_defaults_of_a_command_line():
    text = made(
        ["str(arguments.rate)"],
        main="""
            import argparse
            parser = argparse.ArgumentParser()
            parser.add_argument("--rate", type=float, default=0.0)
            arguments = parser.parse_args([])
            model = str(arguments.rate)
        """,
    )
    assert run(text) == "0.0"


def test_names_of_other_files_are_imported():
    text = made(
        ["main()", "models: str(SIZE)"],
        main="from models import build\nmain = build\nmain()\n",
        models="SIZE = 3\ndef build():\n    return str(SIZE)\n",
    )
    assert "from models import SIZE as SIZE__models" in text


@pytest.mark.parametrize(
    ("chain", "text", "why"),
    [
        (
            ["str(path)"],
            "def build(path):\n    return str(path)\n",
            "`build` has no default for it, and no call of it is known",
        ),
        (["str(self)"], "class A:\n    def build(self):\n        return str(self)\n", "what `self` is in `build`"),
        (["str(self.path)"], "class A:\n    def build(self):\n        return str(self.path)\n", "`A` does not set it"),
        (["main(*x)", "str(path)"], "x = []\ndef main(path):\n    str(path)\nmain(*x)\n", r"`main` is called with `\*`"),
        (["main(**x)", "str(path)"], "x = {}\ndef main(path):\n    str(path)\nmain(**x)\n", r"`main` is called with `\*\*`"),
        (["str(missing)"], "str(missing)\n", "what `missing` is"),
    ],
)
def test_what_comes_from_outside_is_unknown(chain, text, why):
    with pytest.raises(Unknown, match=why):
        made(chain, main=text)


@pytest.mark.parametrize(
    ("path", "statement", "expected"),
    [
        ("a/b/main.py", "from .nets import build", "from a.b.nets import build"),
        ("a/b/main.py", "from . import build", "from a.b import build"),
        ("a/b/main.py", "from ..nets import build", "from a.nets import build"),
        ("a/b/__init__.py", "from .nets import build", "from a.b.nets import build"),
        ("main.py", "from .nets import build", "from nets import build"),
    ],
)
def test_imports_from_within_a_package(path, statement, expected):
    text = f"{statement}\nbuild(2)\n"
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    made = recipe([(path, span_of(text, "build(2)"))], {path: text}.get, lambda path: module)
    assert made.text == f"{expected}\n__model__ = build(2)\n"


@pytest.mark.parametrize("statement", ["from . import build", "from ..nets import build"])
def test_imports_from_outside_the_project(statement):
    text = f"{statement}\nbuild(2)\n"
    with pytest.raises(Unknown, match="leads out of the project"):
        recipe([("main.py", span_of(text, "build(2)"))], {"main.py": text}.get, lambda path: "main")


def test_a_place_that_is_no_call():
    with pytest.raises(Unknown, match="is no call"):
        recipe([("main.py", Span(1, 1, 1, 2))], {"main.py": "x\n"}.get, str)


def test_remote_code_and_weights():
    text = "__model__ = Auto.from_pretrained('a', trust_remote_code=True)\n"
    assert adapted(text, without_weights=False, remote_code=True) == text
    assert adapted(text, without_weights=False, remote_code=False) == "__model__ = Auto.from_pretrained('a')\n"
    assert adapted(text, without_weights=True, remote_code=False) == "__model__ = __from_configuration__(Auto, 'a')\n"


def test_a_class_at_the_end_is_called_without_arguments():
    text = """
        import json, sys
        SIZE = 3
        @sys.intern
        class Other: pass
        class Net:
            size = SIZE
        sys.exit(Net())
        """
    text = textwrap.dedent(text)
    row = text.split("\n").index("class Net:") + 1
    written = recipe([("main.py", Span(row, 7, row, 10))], {"main.py": text}.get, lambda path: path.removesuffix(".py"))
    assert written.shown == "Net()"
    assert run(written.text).size == 3
    with pytest.raises(Unknown, match="the place where the model is made is no call"):
        recipe([("main.py", Span(row + 1, 5, row + 1, 9))], {"main.py": text}.get, lambda path: path.removesuffix(".py"))

"""Which functions can matter: those that mention a word that has to do with models, or the name of a function that does, and those
that make such a function.

Names stand for whatever is called by them, and what is called without a name may be anything, so the answer is a superset. It grows while a program is interpreted: an attribute
that turns out to hold a model makes every function that mentions it matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from modelint.ir.module import UNNAMED, FunctionIR, ModuleIR
from modelint.ir.ops import Call, GetAttribute, SetAttribute
from modelint.ir.walk import walk

Place = tuple[str, int]
COMMON = frozenset({"step", "test", "validate", "fit", "predict", "encode", "evaluate", "dropout", "train", "eval"})
"""Words that name many other things: they count only where they are called."""
KEEPING = frozenset("append add insert extend update setdefault setattr".split())
"""What a function says that keeps what it was given, where it does not assign attributes."""


class Relevance:
    """The functions of a project that may matter, by a worklist over the words that they mention."""

    def __init__(self, modules: Iterable[ModuleIR], words: Iterable[str]) -> None:
        self._by_word: dict[str, list[tuple[Place, FunctionIR]]] = {}
        self._class_names: dict[Place, str] = {}
        self._functions: dict[Place, FunctionIR] = {}
        self._matters: set[Place] = set()
        self._keeps: dict[Place, bool] = {}
        self.words: set[str] = set()
        for module in modules:
            for function in module.functions[1:]:
                place = (module.path, function.index)
                self._functions[place] = function
                for word in function.words:
                    self._by_word.setdefault(word, []).append((place, function))
        for word in (UNNAMED, *words):
            self.add(word)

    def add(self, word: str) -> None:
        """The word has to do with models."""
        pending = [word]
        while pending:
            each = pending.pop()
            if each in self.words:
                continue
            self.words.add(each)
            for place, function in self._by_word.get(each, ()):
                if each not in COMMON or _calls(function, each):
                    pending.extend(self._note(place))

    def _note(self, place: Place) -> list[str]:
        """A function matters, and so do those around it, which make it. Gives the names by which they are known."""
        names = []
        function = self._functions.get(place)
        while function is not None and place not in self._matters:
            self._matters.add(place)
            names.append(_known_as(function))
            place = (place[0], function.parent or 0)
            function = self._functions.get(place)
        return names

    def matters(self, path: str, function: FunctionIR) -> bool:
        return (path, function.index) in self._matters

    def keeps(self, path: str, function: FunctionIR) -> bool:
        """Whether the function may keep what it was given."""
        place = (path, function.index)
        if place not in self._keeps:
            assigns = any(type(op) is SetAttribute for op in walk(function.body))
            self._keeps[place] = assigns or not KEEPING.isdisjoint(function.words)
        return self._keeps[place]

    def written_elsewhere(self) -> frozenset[str]:
        """The attributes that functions which may be skipped assign, constructors aside: no constant in such an attribute is to be
        trusted. Skipped are those that do not matter, and what a `forward` does besides its modes."""
        skipped = {place for place in self._functions if place not in self._matters} | set(self._in_forwards())
        return frozenset(
            op.name
            for place in skipped
            if self._functions[place].name != "__init__"
            for op in walk(self._functions[place].body)
            if type(op) is SetAttribute
        )

    def _in_forwards(self) -> Iterator[Place]:
        """Every `forward` of a class, and the methods of the class that it calls."""
        methods: dict[tuple[str, str], dict[str, Place]] = {}
        for (path, index), function in self._functions.items():
            owner = function.qualname.rpartition(".")[0]
            methods.setdefault((path, owner), {})[function.name] = (path, index)
        for own in methods.values():
            pending = ["forward"]
            seen: set[str] = set()
            while pending:
                name = pending.pop()
                if name in own and name not in seen:
                    seen.add(name)
                    pending.extend(self._functions[own[name]].words)
                    yield own[name]


def _calls(function: FunctionIR, name: str) -> bool:
    """Whether the name is called, or read as an attribute of something that is no plain name (`nn.Module.eval(m)`, `f().eval()`)."""
    return any(
        (type(op) is Call and (op.text.rpartition(".")[2] == name or not op.text))
        or (type(op) is GetAttribute and op.name == name and op.statement)
        for op in walk(function.body)
    )


def _known_as(function: FunctionIR) -> str:
    """The name by which others mention the function: for a constructor, its class."""
    if function.name == "__init__":
        return function.qualname.split(".")[-2] if "." in function.qualname else function.name
    if function.name == "<lambda>":
        return "<lambda>"
    return function.name

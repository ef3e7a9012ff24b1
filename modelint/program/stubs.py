"""Finds and loads stubs: what libraries do to models, in plain Python that is parsed and lowered like any program."""

from __future__ import annotations

import os
from collections.abc import Sequence

from modelint.errors import StubError
from modelint.ir.module import ModuleIR
from modelint.lowering import lower
from modelint.syntax.parse import ParseFailure, parse

INTRINSICS = "modelint_stub"
PREFIX = "<stub>/"
"""Paths of stubs begin with this, so that none can be mistaken for a file of the project."""
YIELDS_MARK = "__modelint_yields__"
"""A library whose stub has this variable has a name that projects use for a module of their own."""


class StubLibrary:
    """The stubs in some folders, the first folder's winning. Loads each module once, when it is first asked for."""

    def __init__(self, folders: Sequence[str]) -> None:
        self._folders = tuple(folders)
        self._files: dict[str, str | None] = {}
        self._modules: dict[str, ModuleIR] = {}

    def find(self, dotted: str) -> str | None:
        """The path of the stub of a module, with `PREFIX`, if there is one."""
        if dotted not in self._files:
            self._files[dotted] = self._search(dotted)
        return self._files[dotted]

    def _search(self, dotted: str) -> str | None:
        relative = dotted.replace(".", "/")
        for folder in self._folders:
            for candidate in (f"{relative}/__init__.py", f"{relative}.py"):
                if os.path.isfile(os.path.join(folder, candidate)):
                    return PREFIX + candidate
        return None

    def knows(self, dotted: str) -> bool:
        """Whether the library that a module belongs to has stubs."""
        root = dotted.partition(".")[0]
        return self.find(root) is not None

    def yields(self, dotted: str) -> bool:
        """Whether a project's own module of the same name is meant, where it has one."""
        path = self.find(dotted.partition(".")[0])
        return path is not None and YIELDS_MARK in self.load(path).functions[0].words

    def load(self, path: str) -> ModuleIR:
        """The lowered stub. Raises StubError if it does not parse."""
        module = self._modules.get(path)
        if module is None:
            module = self._modules[path] = self._lowered(path)
        return module

    def _lowered(self, path: str) -> ModuleIR:
        relative = path[len(PREFIX) :]
        for folder in self._folders:
            file = os.path.join(folder, relative)
            if os.path.isfile(file):
                with open(file, encoding="utf-8") as stream:
                    text = stream.read()
                try:
                    return lower(parse(text, path), text, path)
                except ParseFailure as failure:
                    raise StubError(f"{file}:{failure.row}: {failure.message}") from failure
        raise StubError(f"there is no stub {relative}")

    def module_name(self, path: str) -> str:
        """The dotted name of a stub's module."""
        stem = path[len(PREFIX) :].removesuffix(".py")
        return stem.removesuffix("/__init__").replace("/", ".")

    def is_package(self, path: str) -> bool:
        return path.endswith("/__init__.py")


__all__ = ["INTRINSICS", "PREFIX", "StubLibrary"]

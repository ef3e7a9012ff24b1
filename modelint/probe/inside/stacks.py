"""Where the program is: the user's frames on the stack, as numbers.

A frame is the user's if its file lies in the project and in no environment. Below the innermost of them lies the library
function that it called, which tells a loader from a constructor and a trainer from a loop.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
import weakref
from types import CodeType, FrameType
from typing import Any, Literal, NamedTuple

from torch import nn

Owner = Literal["user", "library", "probe"]
Place = tuple[str, int, int, int, int]
"""File, row, last row, column, end column; columns count bytes from 0 and are -1 where the interpreter does not know them."""

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep


class Call(NamedTuple):
    """The call that the user's innermost frame is in. `key` is the same as long as it is the same call. `by` is the dotted name
    of the library function that was called, "" if none was; `is_method`: it was called on its first argument, and not given it.

    A call is kept for long, and what it was called on may be a loss with its graph: nothing here keeps that alive."""

    stack: int
    key: tuple[int, CodeType | None, int]
    by: str
    is_method: bool
    first: weakref.ref[nn.Module] | None

    @property
    def name(self) -> str:
        return self.by.rpartition(".")[2]

    @property
    def module(self) -> nn.Module | None:
        """The first argument, if that is a module that still exists."""
        return self.first() if self.first is not None else None


class Stacks:
    """Numbers the places and chains of frames of a process."""

    def __init__(self, root: str) -> None:
        self._root = os.path.join(os.path.realpath(root), "")
        self._foreign = library_folders(self._root)
        self._owners: dict[str, Owner] = {}
        self._files: dict[str, str] = {}
        self._place_numbers: dict[tuple[CodeType, int], int] = {}
        self._stack_numbers: dict[tuple[int, ...], int] = {}

    @property
    def places(self) -> list[Place]:
        return [self._place(code, instruction) for code, instruction in self._place_numbers]

    @property
    def stacks(self) -> list[tuple[int, ...]]:
        """Chains of places, outermost first."""
        return list(self._stack_numbers)

    def current(self, constructed: object = None) -> Call:
        """The call that the program is in. The constructors of `constructed` in the user's classes are part of the call."""
        numbers: list[int] = []
        called: FrameType | None = None
        key: tuple[int, CodeType | None, int] = (0, None, 0)
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            code = frame.f_code
            owner = self._owner(code.co_filename)
            if owner == "user" and not (constructed is not None and not numbers and _constructs(frame, constructed)):
                if not numbers:
                    key = (id(frame), code, frame.f_lasti)
                numbers.append(self._place_numbers.setdefault((code, frame.f_lasti), len(self._place_numbers)))
            elif owner != "probe" and not numbers:
                called = frame
            frame = frame.f_back
        numbers.reverse()
        stack = self._stack_numbers.setdefault(tuple(numbers), len(self._stack_numbers))
        if called is None:
            return Call(stack, key, "", False, None)
        first = _receiver(called)
        by, cls = _dotted(called, first), type(first)
        is_method = by == f"{cls.__module__}.{cls.__qualname__}.{called.f_code.co_name}"
        return Call(stack, key, by, is_method, weakref.ref(first) if isinstance(first, nn.Module) else None)

    def in_same_function(self, one: int, other: int) -> bool:
        """Whether the innermost frames of two chains run the same code."""
        codes, chains = [code for code, _ in self._place_numbers], self.stacks
        return bool(chains[one] and chains[other]) and codes[chains[one][-1]] is codes[chains[other][-1]]

    def in_override(self) -> bool:
        """Whether the program is in a `train` that a class of modules of the project has of its own."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_name == "train" and self.is_users_frame(frame):
                cls = type(_receiver(frame))
                own = (getattr(vars(base).get("train"), "__code__", None) for base in cls.__mro__)
                if issubclass(cls, nn.Module) and frame.f_code in own:
                    return True
            frame = frame.f_back
        return False

    def is_users(self, function: object) -> bool:
        """Whether a function is written in the project."""
        code = getattr(function, "__code__", None)
        return isinstance(code, CodeType) and self._owner(code.co_filename) == "user"

    def definition(self, function: Any) -> Place:
        """Where a function of the project is defined."""
        code = function.__code__
        return self._files[code.co_filename], code.co_firstlineno, code.co_firstlineno, -1, -1

    def is_users_frame(self, frame: FrameType) -> bool:
        """Whether a frame runs code of the project."""
        return self._owner(frame.f_code.co_filename) == "user"

    def _owner(self, filename: str) -> Owner:
        known = self._owners.get(filename)
        if known is not None:
            return known
        path = os.path.realpath(filename)
        owner: Owner = "library"
        if path.startswith(_HERE):
            owner = "probe"
        elif path.startswith(self._root) and not filename.startswith("<") and not path.startswith(self._foreign):
            owner = "user"
            self._files[filename] = path
        self._owners[filename] = owner
        return owner

    def _place(self, code: CodeType, instruction: int) -> Place:
        path = self._files[code.co_filename]
        if sys.version_info >= (3, 11):
            positions = list(code.co_positions())
            row, end_row, column, end_column = positions[instruction // 2]
            if row is not None and end_row is not None and column is not None and end_column is not None:
                return path, row, end_row, column, end_column
        row = max((line for start, line in _lines(code) if start <= instruction), default=code.co_firstlineno)
        return path, row, row, -1, -1


def _lines(code: CodeType) -> list[tuple[int, int]]:
    return [(start, line) for start, end, line in code.co_lines() if line is not None]


def library_folders(root: str) -> tuple[str, ...]:
    """Where libraries live. The environment may lie inside the project, and the project inside an environment's prefix."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    folders = {sysconfig.get_path(name) for name in names} | {*site.getsitepackages(), site.getusersitepackages()}
    real = {os.path.join(os.path.realpath(folder), "") for folder in folders if folder}
    return tuple(sorted(folder for folder in real if not root.startswith(folder)))


def _constructs(frame: FrameType, module: object) -> bool:
    return frame.f_code.co_name == "__init__" and _receiver(frame) is module


def _receiver(frame: FrameType) -> Any:
    """What a method was called on."""
    code = frame.f_code
    return frame.f_locals.get(code.co_varnames[0]) if code.co_argcount else None


def _dotted(frame: FrameType, receiver: Any) -> str:
    """The name of the function that a frame runs; of a method, under the class that it was called on."""
    name = frame.f_code.co_name
    cls = receiver if isinstance(receiver, type) else type(receiver)
    if frame.f_code.co_argcount and hasattr(cls, name) and frame.f_code.co_varnames[0] in ("self", "cls"):
        return f"{cls.__module__}.{cls.__qualname__}.{name}"
    return f"{frame.f_globals.get('__name__', '')}.{name}"

"""What of a module a forward of it can run: the parts that its `forward` names, and its own flag if that is read there. What is not named
keeps its mode to itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from modelint.interpreter import models
from modelint.interpreter.heap import Object
from modelint.interpreter.state import State
from modelint.interpreter.values import Choice, ClassInfo, Function, Ref, Value, Wrapped
from modelint.program.uses import Path, paths_used

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine

Uses: TypeAlias = "frozenset[Path] | None"
"""How a module is used: the paths of attributes from it that something reads, the empty one if it is called. None: nobody knows."""
CALLED: Uses = frozenset({()})
ALL_PARTS = frozenset("children named_children modules named_modules _modules __dict__ get_submodule apply state_dict".split())
"""Attributes of a module that give its parts without naming them."""
OWN = frozenset("train eval training parameters named_parameters buffers to device dtype requires_grad_ zero_grad".split())
"""Attributes of a module that run no part of it."""


def parts_run(machine: Machine, state: State, oid: int, uses: Uses) -> Iterator[tuple[str, int, Uses]]:
    """The parts of a module that run if it is used so, and how each is used in turn."""
    obj = state.heap[oid]
    named = None if uses is None else _named(machine, state, obj, uses)
    for name, child in models.parts(machine, state, oid):
        if named is not None and not name.startswith("<"):
            if name in named:
                yield name, child, named[name]
        else:
            held = uses is not None and obj.cls is not None and obj.cls.is_stub and name in models.HELD
            yield name, child, CALLED if held else None


def _named(machine: Machine, state: State, obj: Object, uses: frozenset[Path]) -> dict[str, frozenset[Path]] | None:
    """The attributes that are used, each with how; None if they cannot all be named."""
    if obj.cls is None or obj.cls.unresolved_base or "forward" in obj.attributes:
        return None
    named: dict[str, set[Path]] = {}
    for path in uses:
        if path and path[0] in obj.attributes:
            named.setdefault(path[0], set()).add(path[1:])
    read = _read(machine, obj, obj.cls, uses)
    if read is None:
        return None
    for path in read:
        named.setdefault(path[0], set()).add(path[1:])
    if any(_hides(state, obj.attributes[name]) for name in named if name in obj.attributes):
        return None
    return {name: frozenset(paths) for name, paths in named.items()}


def looks_at_own_mode(machine: Machine, oid: int, obj: Object, uses: Uses) -> bool:
    """Whether a module that depends on its own mode does so if it is used so. It does not if all that reads its `training` are methods
    of its class that do not run then."""
    if uses is None or obj.cls is None or obj.cls.unresolved_base or "forward" in obj.attributes:
        return True
    if oid in machine.sensitive_by_library:
        return True
    read = _read(machine, obj, obj.cls, uses)
    return read is None or any(path == ("training",) or _calls_back(machine, obj.cls, path[0]) for path in read)


def _calls_back(machine: Machine, cls: ClassInfo, name: str) -> bool:
    """Whether a method comes from a library, which may call any other method of the object."""
    found = cls.lookup(name)
    return found is not None and found[1].is_stub and found[1] is not machine.linker.root_module


def _read(machine: Machine, obj: Object, cls: ClassInfo, uses: frozenset[Path]) -> frozenset[Path] | None:
    """The paths of attributes that the methods read which are used; None if nobody can tell."""
    methods = (path[0] if path else "forward" for path in uses)
    question = cls, frozenset(name for name in methods if name not in obj.attributes and name not in OWN)
    if question not in machine.paths_read:
        machine.paths_read[question] = _read_by(*question)
    return machine.paths_read[question]


def _hides(state: State, value: Value) -> bool:
    """Whether an attribute leads to modules that are not it: parts of the object may be among them."""
    known = value.options if isinstance(value, Choice) else (value,)
    return any(not _is_module(state, each) and models.leads_to_model(state, each) for each in known)


def _is_module(state: State, value: Value) -> bool:
    return isinstance(value, Ref) and models.is_module(state, value.oid)


def _read_by(info: ClassInfo, methods: frozenset[str]) -> frozenset[Path] | None:
    """The paths of attributes that these methods of a class, and those that they call, read from their object; None if nobody can tell."""
    if any(_is_own(info, name) for name in ("__getattr__", "__call__")):
        return None
    found: set[Path] = set()
    done: set[str] = set()
    pending = list(methods)
    while pending:
        name = pending.pop()
        value = info.lookup(name)
        function = value[0].function if value is not None and isinstance(value[0], Wrapped) else value[0] if value else None
        paths = paths_used(function.ir) if isinstance(function, Function) and "super" not in function.ir.words else None
        if paths is None or any(path[0] in ALL_PARTS for path in paths):
            return None
        done.add(name)
        found |= paths
        pending.extend(path[0] for path in paths if _is_own(info, path[0]) and path[0] not in done)
    return frozenset(found)


def _is_own(info: ClassInfo, name: str) -> bool:
    """Whether the project defines the method."""
    found = info.lookup(name)
    return found is not None and not found[1].is_stub and isinstance(found[0], (Function, Wrapped))

"""Where modules come from and what put them in their modes."""

from __future__ import annotations

import weakref
from typing import Any, NamedTuple

from torch import nn
from torch.utils.weak import WeakIdKeyDictionary

from modelint.probe.inside.lineage import tensors_in
from modelint.probe.inside.stacks import Call, Stacks

CONSTRUCTORS = frozenset({"", "__init__", "__call__", "__new__"})
MODE_CALLS = frozenset({"train", "eval"})
LOADERS = ("from_pretrained", "load", "restore", "from_checkpoint")
"""Beginnings and ends of the names of functions whose models have weights that mean something."""


class Cause(NamedTuple):
    """`created`, `loaded`, `called` or `library`, as in `modelint.events`."""

    kind: str
    stack: int
    by: str


class Birth(NamedTuple):
    """The call that made a module; `number` is that of the cause, `order` tells which of two was made first."""

    call: Call
    number: int
    order: int


class Origins:
    """The births and modes of all modules that were made while the probe watched."""

    def __init__(self, stacks: Stacks) -> None:
        self._stacks = stacks
        self._births: Any = WeakIdKeyDictionary()
        self._modes: Any = WeakIdKeyDictionary()
        self._loaded: Any = WeakIdKeyDictionary()
        self._loadings: Any = WeakIdKeyDictionary()
        self._aside: Any = WeakIdKeyDictionary()
        self._below: set[int] = set()
        self._by_overrides: set[int] = set()
        self._numbers: dict[Cause, int] = {}
        self.causes: list[Cause] = []
        self.count = 0
        self._current: tuple[int, nn.Module] | None = None

    def born(self, module: nn.Module) -> None:
        """A constructor, `deepcopy` or `pickle` made the module. Base classes may do so twice; the first counts."""
        if module in self._births:
            return
        call = self._stacks.current(constructed=module)
        kind = "created" if call.name in CONSTRUCTORS else "loaded"
        number = self._number(Cause(kind, call.stack, call.by if kind == "loaded" else ""))
        self._births[module] = Birth(call, number, self.count)
        self.count += 1
        self._modes[module] = {True: (number, False), False: (number, False)} if kind == "loaded" else {True: (number, False)}

    def modules(self) -> list[nn.Module]:
        """Those that still exist, in the order in which they were made."""
        return list(self._births.keys())

    def birth(self, module: nn.Module) -> Birth | None:
        found: Birth | None = self._births.get(module)
        return found

    def begin_mode(self, module: nn.Module, mode: bool) -> bool:
        """`module.train(mode)` is called, by the program or by the same method of what holds the module. True for the former."""
        outermost = self._current is None
        if outermost:
            self._current = (self._mode_cause(module), module)
            if self._stacks.in_override():
                self._by_overrides.add(self._current[0])
            self._below.clear()
        assert self._current is not None
        number, target = self._current
        modes = self._modes.setdefault(module, {})
        # A framework that switches what it gives back later has not put a module where it was already.
        if not (mode in modes and module.training == mode and self.causes[number].kind == "library"):
            modes[mode] = (number, module is target)
        self._note_aside(module, mode, number, target)
        return outermost

    def _note_aside(self, module: nn.Module, mode: bool, number: int, target: nn.Module) -> None:
        """Who was put in eval mode by a call of the program on itself stays so for us, whatever is called on what holds it."""
        part, _ = self.set_aside(module)
        if part is not None and part is not target:
            self._below = self._below or set(map(id, target.modules()))
            if id(part) in self._below:
                return
        if part is not None and mode and any(each is target for each in part.modules()):
            del self._aside[module]
        elif not mode and self.causes[number].kind == "called":
            self._aside[module] = weakref.ref(target), number

    def set_aside(self, module: nn.Module) -> tuple[nn.Module | None, int]:
        """The part that a call of `eval()` on itself put in eval mode together with this module, and the number of that cause."""
        reference, number = self._aside.get(module, (None, -1))
        part = reference() if reference is not None else None
        return part, number if part is not None else -1

    def end_mode(self) -> Cause | None:
        """The outermost call is over; what it was."""
        number = self._current[0] if self._current is not None else None
        self._current = None
        return self.causes[number] if number is not None else None

    def mode(self, module: nn.Module, training: bool) -> tuple[int, bool]:
        """What put the module in this mode last, -1 if nothing is known to have, and whether the call was made on the very module."""
        found: tuple[int, bool] = self._modes.get(module, {}).get(training, (-1, False))
        return found

    def is_by_override(self, cause: int) -> bool:
        """Whether a `train` that a class of the project has of its own set a mode, by the number of what did."""
        return cause in self._by_overrides

    def weights_loaded(self, module: nn.Module, state: object) -> None:
        """From now on the weights of the module are those of a file, or those of another module."""
        for part in module.modules():
            self._loaded[part] = True
        call = self._stacks.current()
        number = -1 if self._is_of_modules(state) else self._number(Cause("loaded", call.stack, call.by))
        for part in module.modules():
            self._loadings[part] = number

    def _is_of_modules(self, state: object) -> bool:
        """Whether a state dict is that of a module that is still there."""
        written = {tensor.data_ptr() for tensor in tensors_in(state)} - {0}
        held = (parameter for each in self.modules() for parameter in each._parameters.values())
        return any(parameter is not None and parameter.data_ptr() in written for parameter in held)

    def loading(self, module: nn.Module) -> int:
        """The number of what gave the module the weights of a file, -1 if nothing did."""
        birth = self.birth(module)
        by_loader = birth.number if birth is not None and self._is_from_loader(module) else -1
        number: int = self._loadings.get(module, by_loader)
        return number

    def weights_trained(self, module: nn.Module) -> None:
        """From now on they mean something in any case."""
        for part in module.modules():
            self._loaded.setdefault(part, False)

    def has_weights(self, module: nn.Module) -> bool:
        return any(part in self._loaded or self._is_from_loader(part) for part in module.modules())

    def is_from_file(self, module: nn.Module) -> bool:
        """Whether any part of it was loaded."""
        return any(self._loaded.get(part) or self._is_from_loader(part) for part in module.modules())

    def _is_from_loader(self, module: nn.Module) -> bool:
        birth = self.birth(module)
        return birth is not None and (birth.call.name.startswith(LOADERS) or birth.call.name.endswith(LOADERS))

    def _mode_cause(self, module: nn.Module) -> int:
        call = self._stacks.current()
        if not call.by or (call.name in MODE_CALLS and call.module is not None) or call.name == "apply":
            return self._number(Cause("called", call.stack, ""))
        birth = self.birth(module)
        kind = "loaded" if birth is not None and birth.call.key == call.key else "library"
        return self._number(Cause(kind, call.stack, call.by))

    def _number(self, cause: Cause) -> int:
        number = self._numbers.setdefault(cause, len(self.causes))
        if number == len(self.causes):
            self.causes.append(cause)
        return number

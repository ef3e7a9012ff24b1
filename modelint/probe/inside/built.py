"""What objects of the program's classes are like: modules in plain containers, and overrides of `train` that `eval()` calls."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from torch import nn
from torch.utils.weak import WeakIdKeyDictionary

from modelint.probe.inside.kinds import names_in
from modelint.probe.inside.layers import of_others, sensitive
from modelint.probe.inside.optimizers import Optimizers
from modelint.probe.inside.origins import Origins
from modelint.probe.inside.stacks import Place, Stacks

CONTAINERS: dict[type[Any], str] = {list: "list", tuple: "tuple", dict: "dict"}
MANAGES = (
    "train eval parameters named_parameters state_dict load_state_dict to cuda cpu apply _apply modules children"
    " __setattr__ __getattr__".split()
)
"""Methods of a class that reaches its parts in its own way."""
LOOKS_AFTER = frozenset(
    "parameters named_parameters state_dict load_state_dict train eval _modules __setattr__ register_module".split()
)
"""Words of a method that looks after the modules in an attribute which it mentions too."""


class Hidden(NamedTuple):
    """Modules in a plain container: the class of what holds it, its constructors, the attribute, the classes of all that is in it."""

    class_name: str
    constructors: list[Place]
    attribute: str
    container: str
    classes: list[str]


class Override(NamedTuple):
    """What a `train` of the program did when `eval()` called it. The last four are as in `modelint.events.TrainOverride`."""

    class_name: str
    place: Place
    problem: str
    missed: list[str]
    returns: str
    own_eval: bool


class Built:
    """What was seen of the classes of a process."""

    def __init__(self, stacks: Stacks, origins: Origins, optimizers: Optimizers) -> None:
        self._stacks, self._origins, self._optimizers = stacks, origins, optimizers
        self._roots: Any = WeakIdKeyDictionary()
        self._classes: set[type] = set()
        self._hidden: list[tuple[Hidden, list[weakref.ref[nn.Module]]]] = []
        self._overrides: dict[type, Override] = {}
        self._set: dict[int, bool] | None = None

    @property
    def hidden(self) -> list[Hidden]:
        """Without those whose parameters an optimizer was given after all."""
        return [hidden for hidden, modules in self._hidden if not self._optimizers.hold_any(_alive(modules))]

    @property
    def overrides(self) -> list[Override]:
        return list(self._overrides.values())

    # ---------------------------------------------------------------- containers
    def ran(self, root: nn.Module | None) -> None:
        """A model ran. Of each, and of each class, the first time counts."""
        if root is None or root in self._roots:
            return
        self._roots[root] = True
        known = set(map(id, root.modules()))
        for module in list(root.modules()):
            if type(module) not in self._classes and self._stacks.is_users(type(module).__init__):
                self._classes.add(type(module))
                for hidden, kept in self._hidden_in(module, known):
                    self._hidden.append((hidden, list(map(weakref.ref, kept))))

    def _hidden_in(self, module: nn.Module, known: set[int]) -> Iterator[tuple[Hidden, list[nn.Module]]]:
        cls = type(module)
        if any(self._stacks.is_users(getattr(cls, name, None)) for name in MANAGES):
            return
        own = [each for each in cls.__mro__ if self._stacks.is_users(vars(each).get("__init__"))]
        for attribute, value in vars(module).items():
            if type(value) not in CONTAINERS or attribute == "_modules" or len(value) == 1:
                continue
            items = value.values() if isinstance(value, dict) else value
            kept = [each for each in items if isinstance(each, nn.Module) and self._is_hidden(module, each, known)]
            if kept and not self._is_looked_after(cls, attribute):
                names = {f"{type(part).__module__}.{type(part).__qualname__}" for each in kept for part in each.modules()}
                places = [self._stacks.definition(vars(each)["__init__"]) for each in own]
                yield Hidden(cls.__qualname__, places, attribute, CONTAINERS[type(value)], sorted(names)), kept

    def _is_hidden(self, owner: nn.Module, module: nn.Module, known: set[int]) -> bool:
        """It is no part, does not come from outside, and is not set aside: frozen, or in eval mode."""
        births = self._origins.birth(owner), self._origins.birth(module)
        if known & set(map(id, module.modules())) or births[0] is None or births[1] is None:
            return False
        frozen = any(not parameter.requires_grad for parameter in module.parameters())
        return births[1].order > births[0].order and not frozen and all(part.training for part in module.modules())

    def _is_looked_after(self, cls: type, attribute: str) -> bool:
        methods = [value for each in cls.__mro__ for value in vars(each).values() if self._stacks.is_users(value)]
        words = [set(names_in(method.__code__)) for method in methods]
        return any(attribute in each and LOOKS_AFTER & each for each in words)

    # ---------------------------------------------------------------- overrides
    def eval_begins(self) -> bool:
        """`eval()` is called; whether by something else than another `eval()`."""
        outermost = self._set is None
        if outermost:
            self._set = {}
        return outermost

    def mode_is_set(self, module: nn.Module, mode: bool) -> None:
        """`nn.Module.train` is called."""
        if self._set is not None:
            self._set[id(module)] = mode

    def eval_ends(self, module: nn.Module, result: object, raised: bool) -> None:
        """The outermost `eval()` is over."""
        were_set, self._set = self._set or {}, None
        for part in module.modules():
            cls: Any = type(part)
            if cls in self._overrides or not self._stacks.is_users(cls.train):
                continue
            code = cls.train.__code__
            problem, missed = "", list[str]()
            if raised:
                problem = "no_argument" if code.co_argcount == 1 and not code.co_flags & _HAS_VARARGS else ""
            elif part.training:
                problem, missed = self._problem(part, were_set)
            returns = "self" if raised or part is not module else _returned(module, result)
            if problem or returns != "self":
                own_eval = self._stacks.is_users(cls.eval)
                place = self._stacks.definition(cls.train)
                self._overrides[cls] = Override(cls.__qualname__, place, problem, missed, returns, own_eval)

    def _problem(self, part: nn.Module, were_set: dict[int, bool]) -> tuple[str, list[str]]:
        if were_set.get(id(part)):
            return "ignores_false", []
        apart = of_others(part, self._stacks.is_users)
        layers = [found for found in sensitive(part, self._stacks.is_users) if found.kind != "rnn"]
        missed = [found.path for found in layers if found.module.training and id(found.module) not in apart]
        return ("misses", sorted(missed)) if missed and were_set else ("", [])


_HAS_VARARGS = 4


def _returned(module: nn.Module, result: object) -> str:
    if result is module:
        return "self"
    return "nothing" if result is None else "other" if isinstance(result, nn.Module) else "unknown"


def _alive(modules: Iterable[weakref.ref[nn.Module]]) -> list[nn.Module]:
    return [module for reference in modules if (module := reference()) is not None]

"""Classes that nobody instantiates, used as their most general client would use them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from modelint.events import Cause, FunctionalDropout, Site
from modelint.interpreter import calls, classes, models, modes, skipping
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.joins import merge
from modelint.interpreter.orders import Orders
from modelint.interpreter.parameters import symbolic
from modelint.interpreter.state import UNKNOWN_MODE, Mode, State
from modelint.interpreter.unresolved import EVALUATION_WORDS, HARMLESS_ROOTS, words_of
from modelint.interpreter.values import Class, ClassInfo, Function, Ref, Value, Wrapped
from modelint.ir.module import FunctionIR
from modelint.program.classes import called_on_self

if TYPE_CHECKING:
    from modelint.interpreter.programs import Runner

METHOD_BUDGET = 20_000
"""IR steps of these that one call of a method of such a class may take, so that the others have their turn."""
DROPOUTS = frozenset(
    "dropout dropout1d dropout2d dropout3d alpha_dropout feature_alpha_dropout scaled_dot_product_attention Dropout Dropout1d Dropout2d"
    " Dropout3d AlphaDropout multi_head_attention_forward bernoulli_ uniform_ rand rand_like".split()
)
SWITCHING = frozenset({"train", "eval", "training"})
TRAINING = frozenset({"backward", "zero_grad", "step", "no_grad", "inference_mode", "load_state_dict"})
"""What a method that only switches modes does not mention."""
CLIENT = "__modelint_client__"
"""A method of a stub class that does what a framework does with an object that the project itself never hands to it."""

SET_UP = "setUp"
"""A runner of tests makes a new object for each of them and calls this first."""


class Method(NamedTuple):
    """A method of a class: what the class has under its name, the function that is called, which a decorator may have given, the
    code as written in `path`, and whether the class defines it itself."""

    name: str
    value: Value
    function: Function
    path: str
    ir: FunctionIR
    is_own: bool

    @property
    def kind(self) -> str:
        """`classmethod` or `staticmethod`; "" for one that takes an object."""
        return self.value.kind if type(self.value) is Wrapped else ""


class Client:
    """The most general client of a class: one object, then every public method, and again after each that changed something."""

    def __init__(self, runner: Runner, path: str, info: ClassInfo, purpose: str = "") -> None:
        """`purpose` tells the objects of one client of the class from those of another."""
        self.runner, self.machine, self.path, self.info = runner, runner.machine, path, info
        self.methods = self._methods()
        self.frame = runner._frame(path, f"{info.qualname} {purpose}".strip())

    def _methods(self) -> list[Method]:
        """The public methods, the class's own first."""
        found: dict[str, Method] = {}
        for base in self.info.mro:
            if base.is_stub:
                continue
            written = self._written_in(base)
            for name, value in base.attributes.items():
                function = value.function if type(value) is Wrapped else value
                if type(function) is Function and name not in found and (not name.startswith("_") or name == "__call__"):
                    if not (type(value) is Wrapped and value.kind == "property"):
                        ir = written.get(name)
                        path, ir = (base.module, ir) if ir is not None else (function.module, function.ir)
                        found[name] = Method(name, value, function, path, ir, base is self.info)
        return list(found.values())

    def _written_in(self, info: ClassInfo) -> dict[str, FunctionIR]:
        if info.ir is None:
            return {}
        functions = self.machine.linker.module(info.module).functions
        return {each.name: each for each in functions if each.qualname == f"{info.ir.qualname}.{each.name}"}

    def is_needed(self) -> bool:
        """Some public method was not reached by a program and says something that may matter."""
        if self._hook() is not None:
            return self.info.ir is not None and (self.info.module, self.info.ir.index) not in self.machine.instantiated
        if any(method.is_own and self.matters(method) and not self._was_reached(method) for method in self.methods):
            return True
        return any(self.matters(method) for method in self.methods) and self._fills_in()

    def _fills_in(self) -> bool:
        """What it defines itself builds or runs models, and is called by what it inherits."""
        wanted = _called(self.info.mro[1:])
        return any(
            name in wanted
            and type(value) is Function
            and skipping.matters(self.machine, value)
            and (value.module, value.ir.index) not in self.machine.reached
            for name, value in self.info.attributes.items()
        )

    def matters(self, method: Method) -> bool:
        return self.runner._matters(method.path, method.ir)

    def _was_reached(self, method: Method) -> bool:
        """Whether the project calls the method, or one that overrides it."""
        derived = (info for info in self.machine.classes.values() if self.info in info.mro[1:])
        overriding = (info.attributes.get(method.name) for info in derived)
        functions = (value.function if type(value) is Wrapped else value for value in overriding)
        places = [(each.module, each.ir.index) for each in functions if type(each) is Function]
        return any(
            where in self.machine.reached or where in self.machine.called for where in ((method.path, method.ir.index), *places)
        )

    def has_dropout(self) -> bool:
        """Its `forward` may hold a dropout that does not follow the mode."""
        found = self.info.lookup("forward")
        if not self.info.is_module or found is None or found[1] is not self.info:
            return False
        words = [value.ir.words for value in self.info.attributes.values() if type(value) is Function]
        called = self.machine.linker.module(self.info.module).functions
        words += [ir.words for ir in called if any(ir.name in each for each in words)]
        return any(not DROPOUTS.isdisjoint(each) for each in words)

    def probe_dropout(self) -> None:
        """Run `forward` with everything in eval mode: a dropout that is active there ignores the mode. One that is not reached in train
        mode follows it in its own way: it is meant to be sampled."""
        cause = Cause("called", self.machine.site(self.frame, self.frame.ir.header))
        active = self._active_dropouts(Mode(eval=cause))
        if active:
            reached = self._active_dropouts(Mode(train=cause))
            for site, dropout in active.items():
                if site in reached:
                    self.machine.log.event(dropout)

    def _active_dropouts(self, mode: Mode) -> dict[Site, FunctionalDropout]:
        """The dropouts that `forward` runs with everything in a mode and that do not look at it."""
        starts, ref = self.create(self.runner.state_of(self.path))
        found = self.info.lookup("forward")
        if ref is None or found is None or type(found[0]) is not Function:
            return {}
        active: dict[Site, FunctionalDropout] = {}
        for start in starts[:2]:
            for oid in models.tree(self.machine, start, ref.oid):
                start.set_mode(oid, mode)
            self.machine.active_dropouts = active
            try:
                self.call_method(start, ref, Method("forward", found[0], found[0], self.path, found[0].ir, is_own=True))
            finally:
                self.machine.active_dropouts = None
        return active

    @property
    def holds_tests(self) -> bool:
        return any(method.name == SET_UP for method in self.methods)

    @property
    def is_run_by_framework(self) -> bool:
        return self._hook() is not None

    def _hook(self) -> Value | None:
        found = self.info.lookup(CLIENT)
        return found[0] if found is not None else None

    def create(self, state: State) -> tuple[list[State], Ref | None]:
        """An object of the class, made with symbolic arguments."""
        init = self.info.lookup("__init__")
        given = Arguments((), {}, None)
        if init is not None and type(init[0]) is Function and not init[1].is_stub:
            given = symbolic(self.machine, state, init[0].ir, self.path, self.frame, skip=1)
        assert self.info.ir is not None
        created = classes.instantiate(self.machine, state, Class(self.info), given, self.frame, self.info.ir.header)
        self.machine.raising.clear()
        starts = merge([end for end, _ in created])
        ref = created[0][1] if created else None
        return starts, ref if type(ref) is Ref else None

    def run(self) -> None:
        state = self.runner.state_of(self.path)
        before = frozenset(state.modes)
        starts, ref = self.create(state)
        if ref is None:
            return
        hook = self._hook()
        if hook is not None:
            assert self.info.ir is not None
            for start in starts[:2]:
                calls.call_value(self.machine, start, hook, Arguments((ref,), {}, None), self.frame, self.info.ir.header)
                self.machine.raising.clear()
            return
        for start in starts:
            if self.info.is_module:
                modes.lose(self.machine, start, (ref.oid,))
            self.switched_by_others(start, before)
        self._orders(self._set_up(starts[:2], ref), ref, before)
        for maker, is_of_library in self._makers():
            for end, value in self._ends(self.runner.state_of(self.path), ref, maker):
                self.use(end, value, is_ready=is_of_library)

    def _makers(self) -> Iterator[tuple[Method, bool]]:
        """Methods that need no object, and may make one: those of the class, and those of a library's class that call them, with whether
        they are of a library."""
        for method in self.methods:
            if method.kind and self.matters(method):
                yield method, False
        own = {name for each in self.info.mro if not each.is_stub for name in each.attributes}
        for base in self.info.mro:
            for name, value in base.attributes.items() if base.is_stub else ():
                if type(value) is Wrapped and value.kind == "classmethod" and type(value.function) is Function:
                    if name not in own and called_on_self(value.function.ir) & own:
                        yield Method(name, value, value.function, self.path, value.function.ir, is_own=False), True

    def use(self, state: State, value: Value, *, is_ready: bool = False) -> None:
        """What a client does with an object that somebody else made, and loaded or trained a model in: all that can be done with it. Whoever
        gets a module may switch it first, unless it `is_ready`: a library's loader gave it."""
        obj = state.heap.get(value.oid) if type(value) is Ref else None
        if type(value) is not Ref or obj is None or obj.cls is not self.info or (self.info.is_module and not is_ready):
            return
        held = [oid for each in obj.attributes.values() for oid in models.module_ids(self.machine, state, each)]
        parts = {part for oid in held for part in models.tree(self.machine, state, oid)}
        if any((part, "weights") in state.facts for part in parts):
            if not is_ready:
                self.switched_by_others(state, frozenset())
            steps = self._steps_of_others()
            for method in self.methods:
                if not method.kind and method.name not in steps and method.name != "forward" and self.matters(method):
                    self.call_method(state.fork(), value, method)

    def _set_up(self, starts: list[State], ref: Ref) -> list[State]:
        """What the states are before a test, if the class holds tests."""
        for method in self.methods:
            if method.name == SET_UP:
                return merge([end for start in starts for end in self.call_method(start, ref, method)])[:2] or starts
        return starts

    def switched_by_others(self, state: State, before: AbstractSet[int]) -> None:
        """Whoever has a module may have switched it before a method is called, and a framework that is not known may have switched what
        an object of its class holds: what came to be since `before` and no mode call of the program has set may be in either mode."""
        if not self.info.is_module and not self._is_of_unknown_framework():
            return
        for oid, mode in list(state.modes.items()):
            if oid not in before and mode.train is not None and mode.train.kind == "created":
                state.set_mode(oid, UNKNOWN_MODE)

    def _is_of_unknown_framework(self) -> bool:
        roots = {name.partition(".")[0] for base in self.info.mro for name in base.external_bases}
        return bool(roots - HARMLESS_ROOTS)

    def _orders(self, starts: list[State], ref: Ref, before: AbstractSet[int]) -> None:
        """Every method on a new object, then every one after each that changed something, and after a second one where the first made the
        model: `build()`, `fit()`, `predict()`. Where the budget does not allow for all, what the class defines itself goes before what it
        inherits."""
        steps = self._steps_of_others()
        switches = self._switches(starts, ref, steps)
        later = [method for method in self.methods if method.name not in switches]
        orders = Orders(self, starts, ref, before, steps | self._prepared_by_others())
        for methods in ([method for method in later if method.is_own], later):
            orders.on_a_new_object(methods)
            orders.after_others(methods)

    def _prepared_by_others(self) -> set[str]:
        """The methods of a module that evaluate by their name and that somebody who mentions `eval` calls: whoever has the module knows when
        to switch it."""
        if not self.info.is_module:
            return set()
        names = {method.name for method in self.methods if words_of(method.name) & EVALUATION_WORDS}
        others = (function for ir in self.runner.modules.values() for function in ir.functions[1:])
        return {
            name
            for function in others
            if "eval" in function.words and not function.qualname.startswith(f"{self.info.qualname}.")
            for name in names.intersection(function.words)
        }

    def _switches(self, starts: list[State], ref: Ref, steps: set[str]) -> set[str]:
        """The methods that do nothing but set modes, and that no other calls: when to switch is the business of whoever has the object, so
        what they switch may be in either mode."""
        found: set[str] = set()
        for method in self.methods:
            if method.name in steps or SWITCHING.isdisjoint(method.ir.words) or not TRAINING.isdisjoint(method.ir.words):
                continue
            forwards = len(self.machine.log.forwards)
            for start in starts:
                ends = self.call_method(start.fork(), ref, method)
                switched = {oid for end in ends for oid, mode in end.modes.items() if start.modes.get(oid) is not mode}
                if switched and switched <= start.modes.keys() and len(self.machine.log.forwards) == forwards:
                    if not any(key[1] == "weights" for end in ends for key in end.facts.keys() - start.facts.keys()):
                        found.add(method.name)
                        for oid in switched:
                            start.set_mode(oid, UNKNOWN_MODE)
        return found

    def _steps_of_others(self) -> set[str]:
        """The methods that others of the class call: when they are right to call is known there, and to no client."""
        return _called(self.info.mro)

    def call_method(self, state: State, ref: Ref, method: Method) -> list[State]:
        return [end for end, _ in self._ends(state, ref, method)]

    def _ends(self, state: State, ref: Ref, method: Method) -> list[tuple[State, Value]]:
        """Call a method, of an object if it takes one, with symbolic arguments."""
        state.grad = True
        frame = self.runner._frame(method.path, f"{self.info.qualname}.{method.name}", called_in=self.path)
        is_static = method.kind == "staticmethod"
        arguments = symbolic(self.machine, state, method.ir, method.path, frame, skip=0 if is_static else 1)
        if not is_static:
            arguments = arguments.behind(Class(self.info) if method.kind == "classmethod" else ref)
        if self.info.is_module and method.name == "forward":
            frame.in_forward = True
        with self.machine.at_most(METHOD_BUDGET):
            ends = self.runner._call(state, method.function, arguments, frame, method.ir)
        if not frame.in_forward:
            self.runner._returned(ends, method.name)
        return ends

    def call(self, state: State, function: Function, arguments: Arguments, ir: FunctionIR) -> list[tuple[State, Value]]:
        """Call a method with these arguments."""
        return self.runner._call(state, function, arguments, self.frame, ir)


def _called(classes: Iterable[ClassInfo]) -> set[str]:
    """What the methods of these classes call on themselves, other than their own name."""
    values = (value for each in classes if not each.is_stub for value in each.attributes.values())
    functions = [value.function if isinstance(value, Wrapped) else value for value in values]
    return {name for each in functions if isinstance(each, Function) for name in called_on_self(each.ir) - {each.ir.name}}

"""Where programs start, and what is run from there.

Each file that nothing imports, or that guards a main part, is a program. Then come the functions and classes that no program
reached, with symbolic arguments: a class is used as its most general client would use it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import NamedTuple

from modelint.events import Cause
from modelint.interpreter import calls, classes, models, modes
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.attributes import get_attribute
from modelint.interpreter.frame import Frame
from modelint.interpreter.joins import join_all, merge
from modelint.interpreter.linker import Linker
from modelint.interpreter.machine import Machine
from modelint.interpreter.state import UNKNOWN_MODE, Mode, Object, State, deep
from modelint.interpreter.timeline import Recorder, RecordingMachine
from modelint.interpreter.unresolved import HARMLESS_ROOTS
from modelint.interpreter.values import (
    UNKNOWN,
    Class,
    ClassInfo,
    Data,
    Function,
    Partial,
    Ref,
    Tuple,
    Value,
    Wrapped,
    provenance,
)
from modelint.ir.module import FunctionIR, ModuleIR
from modelint.program.classes import called_on_self
from modelint.program.relevance import Relevance

PROGRAM_BUDGET = 100_000
"""IR steps that one program may take."""
ENTRY_BUDGET = 40_000
"""IR steps that a function or class which nobody calls may take."""
METHOD_BUDGET = 20_000
"""IR steps of these that one call of a method of such a class may take, so that the others have their turn."""
DROPOUTS = frozenset(
    "dropout dropout1d dropout2d dropout3d alpha_dropout feature_alpha_dropout scaled_dot_product_attention Dropout Dropout1d Dropout2d"
    " Dropout3d AlphaDropout multi_head_attention_forward".split()
)
CLIENT = "__modelint_client__"
"""A method of a stub class that does what a framework does with an object that the project itself never hands to it."""


class Runner:
    """Runs all programs and entries of a project on one machine."""

    def __init__(
        self,
        linker: Linker,
        modules: Sequence[ModuleIR],
        relevant: frozenset[str],
        starting: frozenset[str] | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        self.linker = linker
        self.starting = frozenset(ir.path for ir in modules) if starting is None else starting
        self.modules = {ir.path: ir for ir in modules}
        self.machine = Machine(linker) if recorder is None else RecordingMachine(linker, recorder)
        self.relevance = Relevance(modules, relevant)
        self.entries = 0
        self.cut_entries = 0
        self.failures: list[tuple[str, str, BaseException]] = []
        self.ends: dict[str, State] = {}

    def run(self) -> None:
        roots = self._roots()
        # What programs import comes first, in their order: where modules import each other in a circle, the order decides.
        for path in sorted(self.modules, key=lambda path: (path not in roots, path)):
            self.linker.script = path if path in roots else None
            for imported in self.linker.imports_of(path, self.modules[path]):
                self.budgeted(path, "<import>", partial(self.linker.ensure, self.machine, imported))
        self.linker.script = None
        for path in sorted(self.modules):
            if path not in roots or self.modules[path].has_main_guard:
                self.budgeted(path, "<import>", partial(self.linker.ensure, self.machine, path))
        self._name_models()
        for path in sorted(self.modules):
            if path in roots and path in self.starting:
                self.budgeted(path, "<module>", partial(self._run_program, path))
        for path in sorted(self.modules):
            if path in self.starting:
                self._run_uncalled(path)

    def _roots(self) -> set[str]:
        imported: set[str] = set()
        for path, ir in self.modules.items():
            self.linker.script = path if ir.has_main_guard else None
            imported.update(target for target in self.linker.imports_of(path, ir) if target != path)
        self.linker.script = None
        return {path for path, ir in self.modules.items() if path not in imported or ir.has_main_guard}

    def budgeted(self, path: str, name: str, run: Callable[[], object]) -> None:
        machine = self.machine
        seen = len(machine.log.forwards)
        machine.begin(PROGRAM_BUDGET if name.startswith("<") else ENTRY_BUDGET)
        self.entries += 1
        try:
            run()
        except RecursionError:
            machine.exhausted = True
        except Exception as error:
            if machine.strict:
                raise
            self.failures.append((path, name, error))
        if machine.exhausted:
            self.cut_entries += 1
            machine.log.use(frozenset(range(seen, len(machine.log.forwards))), "cut")

    def _run_program(self, path: str) -> None:
        self.linker.script = path
        state = self.machine.base.fork()
        self.ends[path] = self.linker.run_top_level(self.machine, state, path, "__main__")
        self.linker.script = None

    def _name_models(self) -> None:
        """Whoever mentions a model class, or a class that has to do with models, matters."""
        for ir in self.modules.values():
            for cls in ir.classes:
                if any(base.rpartition(".")[2].endswith("Module") for base in cls.bases):
                    self.relevance.add(cls.name)
        builders = Relevance(self.modules.values(), {*self.relevance.words, *self.linker.library_models(self.machine)})
        for path in self.modules:
            namespace = self.linker.namespace(self.machine, self.machine.base, path)
            for name, value in namespace.attributes.items():
                if models.module_ids(self.machine, self.machine.base, value):
                    builders.add(str(name))
                    self.relevance.add(str(name))
        for ir in self.modules.values():
            for cls in ir.classes:
                if any(
                    self.relevance.matters(ir.path, each)
                    for each in ir.functions
                    if each.qualname.startswith(f"{cls.qualname}.")
                ):
                    builders.add(cls.name)  # an object whose methods matter is not to be lost on the way
        self._name_tables(builders)
        self.machine.volatile = self.relevance.written_elsewhere()
        self.machine.relevance, self.machine.builders = self.relevance, builders

    def _name_tables(self, builders: Relevance) -> None:
        """Whoever mentions a table of functions or classes of which one may build a model may build one."""
        base = self.machine.base
        tables = {
            str(name): deep(base, [value])
            for path in self.modules
            for name, value in self.linker.namespace(self.machine, base, path).attributes.items()
            if type(value) in (Ref, Tuple)
        }
        growing = True
        while growing:
            found = [
                name
                for name, held in tables.items()
                if name not in builders.words and any(_builds(builders, each) for each in held)
            ]
            for name in found:
                builders.add(name)
            growing = bool(found)

    # -- what nobody calls

    def _run_uncalled(self, path: str) -> None:
        ir = self.modules[path]
        if path not in self.ends and not self.linker.is_loaded(path):
            return
        for function in ir.functions[1:]:
            if self._is_entry(path, function):
                self.budgeted(path, function.qualname, partial(self._run_function, path, function))
        for index, cls in enumerate(ir.classes):
            if cls.qualname.count(".") == 0:
                self._run_class(path, index)

    def _is_entry(self, path: str, function: FunctionIR) -> bool:
        plain = function.parent is None and function.name == function.qualname
        return plain and (path, function.index) not in self.machine.reached and self._matters(path, function)

    def _matters(self, path: str, function: FunctionIR) -> bool:
        return self.relevance.matters(path, function)

    def state_of(self, path: str) -> State:
        base = self.ends.get(path)
        state = (base if base is not None else self.machine.base).fork()
        state.locals, state.stack, state.grad = {}, (), True
        return state

    def _frame(self, path: str, name: str) -> Frame:
        frame = Frame(self.modules[path].functions[0], path, is_stub=False, concrete=False)
        frame.context = self.machine.identity(("entry", path, name))
        return frame

    def _run_function(self, path: str, ir: FunctionIR) -> None:
        state = self.state_of(path)
        value = self.linker.namespace(self.machine, state, path).attributes.get(ir.name)
        if value is None or type(value) is Class:
            return
        frame = self._frame(path, ir.qualname)
        function = value if type(value) is Function else Function(ir, path, (), ())
        arguments = self._symbolic(state, ir, path, frame, skip=0)
        ends = self._call(state, value if type(value) is Function and value.ir is ir else function, arguments, frame, ir)
        self._returned(ends, ir.name)

    def _call(
        self, state: State, function: Value, arguments: Arguments, frame: Frame, ir: FunctionIR
    ) -> list[tuple[State, Value]]:
        machine = self.machine
        ends = machine.call_entry(state, function, arguments, frame, ir)
        machine.raising.clear()
        return ends

    def _returned(self, ends: Iterable[tuple[State, Value]], name: str) -> None:
        for state, value in ends:
            source = provenance(deep(state, [value]))
            self.machine.log.use(source.data, f"returned:{name}")
            self.machine.log.use(source.graph, "escaped")

    def _symbolic(self, state: State, ir: FunctionIR, path: str, frame: Frame, skip: int) -> Arguments:
        """Unknown arguments; an annotation gives the class of a model."""
        values: dict[str, Value] = {}
        for parameter in ir.parameters[skip:]:
            if parameter.kind not in ("positional", "normal", "keyword"):
                continue
            key = ("parameter", path, ir.index, parameter.name, frame.context)
            values[parameter.name] = self._annotated(state, parameter.annotation, path, key) or Data(key)
        return Arguments((), values, None)

    def _annotated(self, state: State, annotation: str, path: str, key: tuple[object, ...]) -> Value | None:
        if not annotation:
            return None
        value = self._resolve(state, annotation, path)
        if type(value) is not Class or not value.info.is_module:
            return None
        oid = self.machine.identity(("annotated", key))
        self.machine.log.note(oid, "annotation")
        state.add(oid, Object("symbol", value.info))
        state.set_mode(oid, UNKNOWN_MODE)
        return Ref(oid)

    def _resolve(self, state: State, dotted: str, path: str) -> Value | None:
        first, *rest = dotted.split(".")
        value = self.linker.namespace(self.machine, state, path).attributes.get(first)
        frame = self._frame(path, dotted)
        for name in rest:
            if value is None:
                return None
            found = get_attribute(self.machine, state, value, name, frame, frame.ir.header)
            value = found[0][1] if len(found) == 1 and found[0][0] is state else None
        return value

    # -- classes
    def _run_class(self, path: str, index: int) -> None:
        ir = self.modules[path].classes[index]
        state = self.state_of(path)
        value = self.linker.namespace(self.machine, state, path).attributes.get(ir.name)
        if type(value) is not Class or value.info.ir is not ir:
            return
        client = Client(self, path, value.info)
        if client.is_needed():
            self.budgeted(path, ir.qualname, client.run)
        if client.has_dropout():
            self.budgeted(path, ir.qualname, client.probe_dropout)


def _builds(builders: Relevance, value: Value) -> bool:
    if isinstance(value, Partial):
        return _builds(builders, value.function)
    if isinstance(value, Function):
        return builders.matters(value.module, value.ir)
    return isinstance(value, Class) and (value.info.is_module or value.info.name in builders.words)


class Method(NamedTuple):
    """A method of a class: what the class has under its name, the function that is called, which a decorator may have given, the
    code as written in `path`, and whether the class defines it itself."""

    name: str
    value: Value
    function: Function
    path: str
    ir: FunctionIR
    is_own: bool


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
                    if not (type(value) is Wrapped and value.kind in ("staticmethod", "property")):
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
        return any(method.is_own and self._matters(method) and not self._was_reached(method) for method in self.methods)

    def _matters(self, method: Method) -> bool:
        return self.runner._matters(method.path, method.ir)

    def _was_reached(self, method: Method) -> bool:
        return (method.path, method.ir.index) in self.machine.reached

    def has_dropout(self) -> bool:
        """Its `forward` may hold a dropout that does not follow the mode."""
        found = self.info.lookup("forward")
        if not self.info.is_module or found is None or found[1] is not self.info:
            return False
        return any(
            not DROPOUTS.isdisjoint(value.ir.words) for value in self.info.attributes.values() if type(value) is Function
        )

    def probe_dropout(self) -> None:
        """Run `forward` with everything in eval mode: a dropout that is active there ignores the mode."""
        state = self.runner.state_of(self.path)
        starts, ref = self.create(state)
        found = self.info.lookup("forward")
        if ref is None or found is None or type(found[0]) is not Function:
            return
        cause = Cause("called", self.machine.site(self.frame, self.frame.ir.header))
        for start in starts[:2]:
            for oid in models.tree(self.machine, start, ref.oid):
                start.set_mode(oid, Mode(eval=cause))
            self.machine.probing_dropout = True
            try:
                self._method(start, ref, Method("forward", found[0], found[0], self.path, found[0].ir, is_own=True))
            finally:
                self.machine.probing_dropout = False

    def _hook(self) -> Value | None:
        found = self.info.lookup(CLIENT)
        return found[0] if found is not None else None

    def create(self, state: State) -> tuple[list[State], Ref | None]:
        """An object of the class, made with symbolic arguments."""
        init = self.info.lookup("__init__")
        given = Arguments((), {}, None)
        if init is not None and type(init[0]) is Function and not init[1].is_stub:
            given = self.runner._symbolic(state, init[0].ir, self.path, self.frame, skip=1)
        elif self.info.fields or init is None:
            given = Arguments((), {}, None)
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
            self._switched_by_others(start, before)
        self._orders(starts[:2], ref, before)

    def _switched_by_others(self, state: State, before: AbstractSet[int]) -> None:
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
        """Every method on a new object, then every one after each that changed something. Where the budget does not allow for all, what
        the class defines itself goes before what it inherits."""
        steps = self._steps_of_others()
        changed: dict[object, State] = {}
        tried: set[tuple[object, str]] = set()
        for methods in ([method for method in self.methods if method.is_own], self.methods):
            for method in methods:
                if (None, method.name) not in tried and self._matters(method):
                    tried.add((None, method.name))
                    ends = [end for start in starts for end in self._method(start.fork(), ref, method)]
                    end = join_all(merge(ends)[:1])
                    if end is not None and any(self._changes(start, end) for start in starts):
                        self._switched_by_others(end, before)
                        changed.setdefault(self._situation(end, ref), end)
            for situation, after in changed.items():
                for method in methods:
                    if method.name not in steps and (situation, method.name) not in tried and self._matters(method):
                        tried.add((situation, method.name))
                        self._method(after.fork(), ref, method)

    def _steps_of_others(self) -> set[str]:
        """The methods that others of the class call: when they are right to call is known there, and to no client."""
        own = (value for base in self.info.mro if not base.is_stub for value in base.attributes.values())
        functions = [value.function if isinstance(value, Wrapped) else value for value in own]
        return {name for each in functions if isinstance(each, Function) for name in called_on_self(each.ir) - {each.ir.name}}

    def _method(self, state: State, ref: Ref, method: Method) -> list[State]:
        state.grad = True
        frame = self.runner._frame(self.path, f"{self.info.qualname}.{method.name}")
        arguments = self.runner._symbolic(state, method.ir, self.path, frame, skip=1)
        if self.info.is_module and method.name == "forward":
            frame.in_forward = True
        is_classmethod = type(method.value) is Wrapped and method.value.kind == "classmethod"
        receiver: Value = Class(self.info) if is_classmethod else ref
        with self.machine.at_most(METHOD_BUDGET):
            ends = self.runner._call(state, method.function, arguments.behind(receiver), frame, method.ir)
        if not frame.in_forward:
            self.runner._returned(ends, method.name)
        return [end for end, _ in ends]

    def call(self, state: State, function: Function, arguments: Arguments, ir: FunctionIR) -> list[tuple[State, Value]]:
        """Call a method with these arguments."""
        return self.runner._call(state, function, arguments, self.frame, ir)

    def _situation(self, state: State, ref: Ref) -> object:
        """The modes of the models in the object's attributes, and which have weights: methods that leave the same are one to
        those that come after them."""
        found = set()
        for name, value in (*state.heap[ref.oid].attributes.items(), ("", ref)):
            for oid in models.module_ids(self.machine, state, value):
                parts = models.tree(self.machine, state, oid)
                modes = tuple(mode.bits for part in parts if (mode := state.modes.get(part)) is not None)
                found.add((name, modes, tuple((part, "weights") in state.facts for part in parts)))
        return frozenset(found)

    @staticmethod
    def _changes(start: State, end: State) -> bool:
        """Whether a mode or the meaning of some weights is different now, or a model came to be."""
        if any(start.modes.get(oid) is None or start.modes[oid].bits != mode.bits for oid, mode in end.modes.items()):
            return True
        return any(key not in start.facts for key in end.facts if key[1] == "weights")


__all__ = ["UNKNOWN", "Client", "Runner"]

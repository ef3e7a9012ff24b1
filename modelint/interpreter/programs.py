"""Where programs start, and what is run from there.

Each file that nothing imports, or that guards a main part, is a program. Then come the functions and classes that no program
reached, with symbolic arguments: a class is used as its most general client would use it, and of functions that differ in constants
only, a few stand for all where they do nothing with a model but make it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from modelint.interpreter import models
from modelint.interpreter.alike import Alike
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.clients import Client
from modelint.interpreter.frame import Frame
from modelint.interpreter.library_names import library_names
from modelint.interpreter.linker import Linker
from modelint.interpreter.machine import Machine
from modelint.interpreter.parameters import symbolic
from modelint.interpreter.state import State, deep
from modelint.interpreter.timeline import Recorder, RecordingMachine
from modelint.interpreter.values import (
    Class,
    Function,
    Partial,
    Ref,
    Tuple,
    Value,
    provenance,
)
from modelint.ir.module import FunctionIR, ModuleIR
from modelint.program.relevance import Relevance

PROGRAM_BUDGET = 200_000
"""IR steps that one program may take."""
IMPORT_BUDGET = 100_000
"""IR steps that importing a module, with all that it imports, may take."""
ENTRY_BUDGET = 40_000
"""IR steps that a function or class which nobody calls may take."""
FRAMEWORK_BUDGET = 60_000
"""The same for a class that a framework runs: it trains and evaluates in one go."""


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
        self._alike = Alike(self.machine)
        self._shows_all = recorder is not None

    def run(self) -> None:
        roots = self._roots()
        # What programs import comes first, in their order: where modules import each other in a circle, the order decides.
        for path in sorted(self.modules, key=lambda path: (path not in roots, path)):
            self.linker.script = path if path in roots else None
            for imported in self.linker.imports_of(path, self.modules[path]):
                self.budgeted(path, "<import>", partial(self.linker.ensure, self.machine, imported), IMPORT_BUDGET)
        self.linker.script = None
        for path in sorted(self.modules):
            if path not in roots or self.modules[path].has_main_guard:
                self.budgeted(path, "<import>", partial(self.linker.ensure, self.machine, path), IMPORT_BUDGET)
        self._name_models()
        self.machine.base.heap.settle()
        for path in sorted(self.modules):
            if path in roots and path in self.starting:
                self.budgeted(path, "<module>", partial(self._run_program, path), PROGRAM_BUDGET)
        uncalled = [path for path in sorted(self.modules) if path in self.starting]
        for path in uncalled:
            self._run_functions(path)
        for path in uncalled:
            self._run_classes(path)

    def _roots(self) -> set[str]:
        imported: set[str] = set()
        for path, ir in self.modules.items():
            self.linker.script = path if ir.has_main_guard else None
            imported.update(target for target in self.linker.imports_of(path, ir) if target != path)
        self.linker.script = None
        return {path for path, ir in self.modules.items() if path not in imported or ir.has_main_guard}

    def budgeted(self, path: str, name: str, run: Callable[[], object], budget: int = ENTRY_BUDGET) -> None:
        machine = self.machine
        machine.begin(budget)
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
        builders = Relevance(
            self.modules.values(), {*self.relevance.words, *library_names(self.machine, self.modules.values())}
        )
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

    def _run_functions(self, path: str) -> None:
        ir = self.modules[path]
        if path not in self.ends and not self.linker.is_loaded(path):
            return
        for function in ir.functions[1:]:
            if self._is_entry(path, function) and (self._shows_all or not self._alike.is_known(path, function)):
                with self._alike.watch(path, function):
                    self.budgeted(path, function.qualname, partial(self._run_function, path, function))

    def _run_classes(self, path: str) -> None:
        ir = self.modules[path]
        if path not in self.ends and not self.linker.is_loaded(path):
            return
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
        state.locals, state.stack, state.grad, state.changes = {}, (), True, set()
        return state

    def _frame(self, path: str, name: str, called_in: str = "") -> Frame:
        """What calls an entry whose code is in the file `path`; `called_in` tells entries of the same name apart."""
        frame = Frame(self.modules[path].functions[0], path, is_stub=False, concrete=False)
        frame.context = self.machine.identity(("entry", called_in or path, name))
        return frame

    def _run_function(self, path: str, ir: FunctionIR) -> None:
        state = self.state_of(path)
        value = self.linker.namespace(self.machine, state, path).attributes.get(ir.name)
        if value is None or type(value) is Class:
            return
        frame = self._frame(path, ir.qualname)
        function = value if type(value) is Function else Function(ir, path, (), ())
        arguments = symbolic(self.machine, state, ir, path, frame, skip=0)
        ends = self._call(state, value if type(value) is Function and value.ir is ir else function, arguments, frame, ir)
        self._returned(ends, ir.name)
        for end, made in ends:
            obj = end.heap.get(made.oid) if type(made) is Ref else None
            if obj is not None and obj.cls is not None and obj.cls.module in self.modules:
                Client(self, obj.cls.module, obj.cls).use(end, made)

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

    # -- classes
    def _run_class(self, path: str, index: int) -> None:
        ir = self.modules[path].classes[index]
        state = self.state_of(path)
        value = self.linker.namespace(self.machine, state, path).attributes.get(ir.name)
        if type(value) is not Class or value.info.ir is not ir:
            return
        client = Client(self, path, value.info)
        if client.is_needed():
            self.budgeted(path, ir.qualname, client.run, FRAMEWORK_BUDGET if client.is_run_by_framework else ENTRY_BUDGET)
        if client.has_dropout():
            self.budgeted(path, ir.qualname, client.probe_dropout)


def _builds(builders: Relevance, value: Value) -> bool:
    if isinstance(value, Partial):
        return _builds(builders, value.function)
    if isinstance(value, Function):
        return builders.matters(value.module, value.ir)
    return isinstance(value, Class) and (value.info.is_module or value.info.name in builders.words)

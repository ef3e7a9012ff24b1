"""Connects the modules of a project with each other and with the stubs: imports, namespaces, classes and their bases.

A module's top level is interpreted once, into the base state that all programs of the project start from; modules that it
imports come first. A stub wins over source, also where the library is the project itself, except through relative imports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from modelint.interpreter import calls
from modelint.interpreter.arguments import Arguments
from modelint.interpreter.bases import is_plain, linearise
from modelint.interpreter.frame import Exits, Frame
from modelint.interpreter.heap import Object
from modelint.interpreter.joins import join_all
from modelint.interpreter.library_names import COMMON_NAMES
from modelint.interpreter.state import State
from modelint.interpreter.values import (
    CHOICES,
    UNKNOWN,
    Class,
    ClassInfo,
    Const,
    Data,
    External,
    Function,
    Module,
    Native,
    Value,
    choice,
    constant,
)
from modelint.ir import ops
from modelint.ir.module import FunctionIR, ModuleIR
from modelint.ir.walk import walk
from modelint.program.classes import called_on_self, reads_own_mode
from modelint.program.modules import Resolver
from modelint.program.stubs import INTRINSICS, PREFIX, StubLibrary
from modelint.text.excerpts import Excerpts

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine

ROOT_MARK = "__modelint_module__"
"""A stub class with this attribute is the root of all modules: what derives from it is a model."""
FUNCTIONS_MARK = "__modelint_functions__"
"""A stub module with this variable holds nothing but functions that compute."""
PICKED_MARK = "__modelint_picked__"
"""What a stub module gives for a name that is not known."""
MODE_WORDS = frozenset({"train", "eval"})
ModuleText = Callable[[str], str]


class Linker:
    """The modules of one project. `script` is the file whose program is running: imports look in its folder first."""

    def __init__(self, modules: Mapping[str, ModuleIR], resolver: Resolver, stubs: StubLibrary, text_of: ModuleText) -> None:
        self._modules = modules
        self._resolver = resolver
        self._stubs = stubs
        self.excerpts = Excerpts(text_of)
        self._done: set[str] = set()
        self._called: dict[ClassInfo, frozenset[str]] = {}
        self._words: dict[ClassInfo, frozenset[str]] = {}
        self._reads: dict[ClassInfo, bool] = {}
        self._placeholders: dict[str, ClassInfo] = {}
        self._names: dict[str, str] = {}
        self._bases: set[str] | None = None
        self.script: str | None = None
        self.root_module: ClassInfo | None = None

    # -- modules
    def module(self, path: str) -> ModuleIR:
        return self._stubs.load(path) if path.startswith(PREFIX) else self._modules[path]

    def is_stub(self, path: str) -> bool:
        return path.startswith(PREFIX)

    def dotted_module(self, path: str) -> str:
        name = self._names.get(path)
        if name is None:
            name = self._stubs.module_name(path) if self.is_stub(path) else self._resolver.module_name(path)
            self._names[path] = name
        return name

    def dotted(self, function: Function) -> str:
        """The dotted name of a function of a stub or of the project."""
        return f"{self.dotted_module(function.module)}.{function.ir.qualname}"

    def namespace(self, machine: Machine, state: State, path: str) -> Object:
        obj = state.heap.get(machine.identity(("namespace", path)))
        return obj if obj is not None else Object("namespace")

    def ensure(self, machine: Machine, path: str) -> None:
        """Interpret the top level of a module, and before it of those that it imports, into the machine's base state."""
        if path in self._done:
            return
        self._done.add(path)
        ir = self.module(path)
        for imported in self.imports_of(path, ir):
            self.ensure(machine, imported)
        machine.base = self.run_top_level(machine, machine.base, path, self.dotted_module(path))

    def is_loaded(self, path: str) -> bool:
        """Whether the top level of a module was interpreted already."""
        return path in self._done

    def loaded_stubs(self) -> list[str]:
        """The stubs that the project needs, itself or for one of them."""
        return [path for path in self._done if self.is_stub(path)]

    def imports_of(self, path: str, ir: ModuleIR) -> list[str]:
        """The modules of the project and of the stubs that a module imports anywhere."""
        found: dict[str, None] = {}
        for module, member, level in ir.imports:
            names = [module, *([f"{module}.{member}"] if member else [])]
            if level == 0:
                # Parents first, as Python does.
                pieces = module.split(".")
                names = [*(".".join(pieces[:count]) for count in range(1, len(pieces))), *names]
            for name in names:
                target = self.resolve(path, name.strip("."), level)
                if target is not None:
                    found[target] = None
        return list(found)

    def run_top_level(self, machine: Machine, state: State, path: str, name: str) -> State:
        ir = self.module(path)
        oid = machine.identity(("namespace", path))
        state.add(oid, Object("namespace", attributes={"__name__": constant(name), "__file__": UNKNOWN}))
        frame = Frame(ir.functions[0], path, is_stub=self.is_stub(path), concrete=True)
        frame.context = machine.identity(("module", path))
        state.locals = {}
        fallback = state.fork()
        ends = machine.run_block(ir.functions[0].body, [state], frame, Exits())
        machine.raising.clear()
        result = join_all(ends)
        if result is None:
            # Every path leaves by an exception, or the budget is spent: what was bound on the way is lost.
            result = fallback
        result.locals = {}
        return result

    # -- imports
    def resolve(self, importer: str, module: str, level: int) -> str | None:
        """The path of the stub or file that an import means."""
        if self.is_stub(importer):
            return self._stubs.find(_absolute(self._stubs, importer, module, level))
        if level == 0 and self._is_library(importer, module):
            return self._stubs.find(module)
        path = self._resolver.resolve(importer, module, level, script=self.script)
        return path if path in self._modules else None

    def _is_library(self, importer: str, module: str) -> bool:
        """Whether an absolute import means a library that has stubs."""
        if not self._stubs.knows(module):
            return False
        names = (module, module.partition(".")[0]) if self._stubs.yields(module) else ()
        return all(self._resolver.resolve(importer, name, script=self.script) is None for name in names)

    def import_member(self, machine: Machine, state: State, op: ops.Import, frame: Frame) -> Value:
        if op.module == INTRINSICS and frame.is_stub:
            return Native(f"{INTRINSICS}.{op.name}")
        if op.name == "*":
            self._import_all(machine, state, op, frame)
            return UNKNOWN
        wanted = op.module.partition(".")[0] if op.bind_root else op.module
        value = self._module_value(frame.module, wanted, op.level)
        if op.name is None:
            return value
        if type(value) is Module:
            return self.member(machine, state, value.path, op.name, frame)
        submodule = self.resolve(frame.module, f"{op.module}.{op.name}".strip("."), op.level)
        if submodule is not None:
            return Module(submodule)
        if op.level == 0 and self._is_library(frame.module, op.module):
            return self._from_ancestor(machine, state, op.module, op.name, frame)
        return External(f"{value.name}.{op.name}") if type(value) is External else UNKNOWN

    def _from_ancestor(self, machine: Machine, state: State, module: str, name: str, frame: Frame) -> Value:
        """A member of a module deep inside a library that has no stub of its own: libraries show their classes further up too."""
        parent = module
        while parent:
            parent = parent.rpartition(".")[0]
            path = self._stubs.find(parent) if parent else None
            if path is not None:
                value = self.member(machine, state, path, name, frame)
                if type(value) is not External:
                    return value
        return External(f"{module}.{name}")

    def _module_value(self, importer: str, module: str, level: int) -> Value:
        path = self.resolve(importer, module, level)
        return Module(path) if path is not None else External(("." * level) + module)

    def _import_all(self, machine: Machine, state: State, op: ops.Import, frame: Frame) -> None:
        path = self.resolve(frame.module, op.module, op.level)
        if path is None:
            return
        target = state.write(machine.identity(("namespace", frame.module)))
        for name, value in self.namespace(machine, state, path).attributes.items():
            if not str(name).startswith("_"):
                target.attributes[name] = value

    def from_star(self, machine: Machine, state: State, name: str, frame: Frame) -> Value | None:
        """A name that nothing in a module binds, and that `from library.module import *` may have brought where the module has no stub of
        its own: what the library shows under that name further up, or one of torch's that are called the same everywhere."""
        if self.is_stub(frame.module):
            return None
        found = None
        for module, member, level in self.module(frame.module).imports:
            if member == "*" and level == 0 and self.resolve(frame.module, module, level) is None:
                if self._is_library(frame.module, module):
                    value = self._from_ancestor(machine, state, module, name, frame)
                    if type(value) is not External:
                        return value
                found = COMMON_NAMES.get(name)
        return self._module_value(frame.module, found, 0) if found is not None else None

    def member(self, machine: Machine, state: State, path: str, name: str, frame: Frame) -> Value:
        """An attribute of a module: what its top level binds, a submodule, or what its `__getattr__` gives."""
        attributes = self.namespace(machine, state, path).attributes
        value = attributes.get(name)
        if value is not None:
            return value
        submodule = self._submodule(path, name)
        if submodule is not None:
            return Module(submodule)
        passed_on = self._passed_on(machine, state, path, name, frame)
        if passed_on is not None:
            return passed_on
        getter = attributes.get("__getattr__")
        if type(getter) is Function and self.is_stub(path):
            # In a state of its own: it makes classes, which live outside of states.
            arguments = Arguments((Const(name, str),), {}, None)
            ends = calls.call_function(machine, state.fork(), getter, arguments, frame, getter.ir.header)
            if ends and type(ends[0][1]) not in (Data, Const):
                return ends[0][1]
        return External(f"{self.dotted_module(path)}.{name}")

    def picked(self, machine: Machine, state: State, path: str) -> Value | None:
        """What a name that is not known picks from a module: what a stub says, else one of the project's functions and classes that the
        module binds, if these are few."""
        attributes = self.namespace(machine, state, path).attributes
        if self.is_stub(path):
            if FUNCTIONS_MARK in attributes:
                return External(f"{self.dotted_module(path)}.<unknown>")
            return attributes.get(PICKED_MARK)
        found = [value for name, value in attributes.items() if not str(name).startswith("_") and self._is_own(value)]
        return choice(found) if 0 < len(found) <= CHOICES else None

    def _is_own(self, value: Value) -> bool:
        """Whether it is a function or class of the project."""
        return (type(value) is Function and not self.is_stub(value.module)) or (type(value) is Class and not value.info.is_stub)

    def _passed_on(self, machine: Machine, state: State, path: str, name: str, frame: Frame) -> Value | None:
        """A name that a module of the project imports from another one, where it has not come so far: modules that import each
        other in a circle."""
        if self.is_stub(path):
            return None
        for module, member, level in self.module(path).imports:
            source = self.resolve(path, module, level) if member == name else None
            if source is not None and source != path:
                return self.namespace(machine, state, source).attributes.get(name)
        return None

    def _submodule(self, path: str, name: str) -> str | None:
        if self.is_stub(path):
            return self._stubs.find(f"{self._stubs.module_name(path)}.{name}") if self._stubs.is_package(path) else None
        if not self._resolver.is_package(path):
            return None
        found = self._resolver.resolve(path, name, 1)
        return found if found in self._modules else None

    # -- classes
    def link_class(self, info: ClassInfo, bases: Sequence[Value]) -> None:
        """Fill in what follows from the bases: resolution order, whether it is a module, whether a base is not known."""
        known = [base.info for base in bases if type(base) is Class]
        unknown = [base for base in bases if type(base) is not Class and not is_plain(base)]
        info.mro = linearise(info, known)
        info.unresolved_base = bool(unknown) or any(base.unresolved_base for base in known)
        info.external_bases = tuple(base.name for base in unknown if type(base) is External)
        info.is_module = any(base.is_module for base in known)
        if info.is_stub and info.ir is not None and any(op.name == ROOT_MARK for op in info.ir.body if type(op) is ops.Store):
            info.is_module, self.root_module = True, info
        if not info.is_module and unknown and self.root_module is not None and self._looks_like_module(info):
            info.is_module = True
            info.mro = (*info.mro, *(base for base in self.root_module.mro if base not in info.mro))

    def _looks_like_module(self, info: ClassInfo) -> bool:
        """A class with an unresolved base is a module if it registers buffers, or defines `forward` and calls parts of itself."""
        if info.ir is None:
            return False  # made by a call of `type`: there is no source to look at
        functions = [f for f in self.module(info.module).functions if f.qualname.startswith(info.ir.qualname + ".")]
        words = {word for function in functions for word in function.words}
        if "register_buffer" in words:
            return True
        methods = {function.name: function for function in functions}
        if "forward" not in methods or "__init__" not in methods:
            return False
        parts = called_on_self(methods["forward"]) - methods.keys()
        return bool({"nn", "Module"} & words) or not parts.isdisjoint(methods["__init__"].words)

    def overrides_train(self, info: ClassInfo | None) -> bool:
        if info is None or not info.is_module:
            return False
        found = info.lookup("train")
        return found is not None and not found[1].is_stub

    def called_attributes(self, info: ClassInfo) -> frozenset[str]:
        """The attributes that a class calls on itself in its `forward` and the methods that this calls."""
        if info not in self._called:
            methods = {f.name: f for base in reversed(info.mro) if not base.is_stub for f in self._methods(base)}
            pending = ["forward"] if "forward" in methods else list(methods)
            called: set[str] = set()
            while pending:
                for name in called_on_self(methods[pending.pop()]) - called:
                    called.add(name)
                    if name in methods:
                        pending.append(name)
            self._called[info] = frozenset(called)
        return self._called[info]

    def _methods(self, info: ClassInfo) -> list[FunctionIR]:
        return [value.ir for value in info.attributes.values() if type(value) is Function]

    def has_subclasses(self, info: ClassInfo) -> bool:
        """Whether the project has a class with a base of the same name."""
        if self._bases is None:
            self._bases = {base.rpartition(".")[2] for ir in self._modules.values() for cls in ir.classes for base in cls.bases}
        return info.name in self._bases

    def mark_sensitive(self, state: State, oid: int, info: ClassInfo) -> None:
        """A project's own module that reads `self.training` depends on the mode itself."""
        if info not in self._reads:
            self._reads[info] = any(
                reads_own_mode(function) for base in info.mro if not base.is_stub for function in self._methods(base)
            )
        if self._reads[info]:
            obj = state.write(oid)
            if ("other", True) not in obj.sensitive:
                obj.sensitive = (*obj.sensitive, ("other", True))

    def forward_matters(self, info: ClassInfo) -> bool:
        """Whether running the body of `forward` can change a mode: it or a method that it calls says `train` or `eval`."""
        return not MODE_WORDS.isdisjoint(self._words_of_forward(info))

    def forward_trains(self, info: ClassInfo) -> bool:
        """Whether `forward`, or a method that it calls, runs a backward pass itself."""
        return "backward" in self._words_of_forward(info)

    def _words_of_forward(self, info: ClassInfo) -> frozenset[str]:
        if info not in self._words:
            functions = {f.name: f for base in reversed(info.mro) if not base.is_stub for f in self._methods(base)}
            seen: set[str] = set()
            pending = ["forward"]
            words: set[str] = set()
            while pending:
                name = pending.pop()
                if name in seen or name not in functions:
                    continue
                seen.add(name)
                words |= set(functions[name].words)
                pending.extend(functions[name].words)
            self._words[info] = frozenset(words)
        return self._words[info]

    def placeholder(self, kind: str) -> ClassInfo:
        """The class of the leaf that stands for all leaves of a kind inside a library model."""
        if kind not in self._placeholders:
            info = ClassInfo(f"<{kind}>", f"<{kind}>", PREFIX, None, is_stub=True)
            if self.root_module is not None:
                info.mro = (info, *self.root_module.mro)
            info.is_module = True
            self._placeholders[kind] = info
        return self._placeholders[kind]

    def is_placeholder(self, info: ClassInfo) -> bool:
        return info.ir is None

    def kind_of_class(self, info: ClassInfo) -> str:
        """The kind of leaf that instances of a library's class are, "" if none."""
        for base in info.mro:
            init = base.attributes.get("__init__")
            if base.is_stub and type(init) is Function:
                for op in _constants(init.ir.body):
                    if op in ("dropout", "batch_norm", "rnn"):
                        return op
        return ""


def _constants(block: tuple[ops.Op, ...]) -> list[str]:
    return [op.value for op in walk(block) if type(op) is ops.Constant and isinstance(op.value, str)]


def _absolute(stubs: StubLibrary, importer: str, module: str, level: int) -> str:
    if level == 0:
        return module
    package = stubs.module_name(importer).split(".")
    keep = len(package) - level + (1 if stubs.is_package(importer) else 0)
    return ".".join([*package[:keep], *([module] if module else [])])

"""The real side: a program is executed under hooks that note every outermost forward with the modes of the layers below that
depend on the mode, every backward, and every optimizer step with the forwards whose gradients it used.

Which forwards a step trained is taken from autograd itself: a backward notes the forwards whose outputs its gradient passes and
the parameters that it reaches; a step uses those of the parameters it owns; clearing gradients forgets them.
"""

from __future__ import annotations

import copy
import gc
import importlib
import inspect
import io
import os
import re
import sys
import tempfile
import types
import warnings
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from tests.facts.library_kinds import LIBRARIES
from tests.facts.library_kinds import kinds_of as library_kinds_of
from tests.oracle.programs_on_disk import Program


class Place(NamedTuple):
    """A line of the program."""

    path: str
    row: int


class Leaf(NamedTuple):
    """What is compared of a mode-sensitive layer. Its path is not: the interpreter need not know the index of an element."""

    kind: str
    mode: str


@dataclass
class RealForward:
    """The outermost call of a module. `modules`: the ids of the layers; `called`: of the modules that were called inside. `holders`: for each layer, the parameters of the nearest module around it that has any, and
    whether its mode is meant: all of them are frozen, or a module around it has a `train` that chooses it. `used`: a backward went through its output. `meaningful`: its weights were trained or
    loaded before."""

    place: Place
    class_name: str
    layers: tuple[Leaf, ...]
    modules: tuple[int, ...] = field(repr=False)
    holders: tuple[tuple[frozenset[int], bool], ...]
    gradients: bool
    parameters: frozenset[int] = field(repr=False)
    meaningful: bool = False
    used: bool = False
    called: set[int] = field(default_factory=set, repr=False)
    trained: set[int] = field(default_factory=set, repr=False)
    """The parameters that a step trained with gradients of this forward."""

    @property
    def modes(self) -> frozenset[Leaf]:
        return frozenset(self.layers)

    def runs(self, module: Any) -> None:
        """A module is called inside, in a mode that counts more than the one it was in before. If it runs in both, both count."""
        mode = "train" if module.training else "eval"
        rows = list(zip(self.layers, self.modules, self.holders, strict=True))
        seen = [(leaf._replace(mode=mode), *rest) for leaf, *rest in rows if rest[0] == id(module)]
        if id(module) not in self.called:
            rows = [row for row in rows if row[1] != id(module)]
        rows += [row for row in dict.fromkeys(seen) if row not in rows]
        self.layers, self.modules, self.holders = (
            (tuple(column) for column in zip(*rows, strict=True)) if rows else ((), (), ())
        )
        self.called.add(id(module))

    def _at_work(self) -> list[tuple[Leaf, frozenset[int], bool]]:
        """Of the layers that were called: what is compared, and their holders. Others may be at work too, by another way than a call."""
        rows = zip(self.layers, self.modules, self.holders, strict=True)
        return [(leaf, *holder) for leaf, module, holder in rows if module in self.called]

    @property
    def modes_at_work(self) -> frozenset[Leaf]:
        return frozenset(leaf for leaf, _, _ in self._at_work())

    @property
    def wrongly_trained(self) -> frozenset[Leaf]:
        """Layers in eval mode of what a step trained. A recurrent layer computes the same in both modes."""
        return frozenset(
            leaf
            for leaf, (holder, meant) in zip(self.layers, self.holders, strict=True)
            if leaf.mode == "eval" and leaf.kind != "rnn" and not meant and holder & self.trained
        )

    @property
    def frozen_in_train(self) -> frozenset[Leaf]:
        """Layers in train mode of what is frozen."""
        return frozenset(leaf for leaf, _, meant in self._at_work() if leaf.mode == "train" and meant)

    @property
    def inferred_in_train(self) -> frozenset[Leaf]:
        """Layers in train mode of a trained or loaded model whose output reached no backward."""
        if self.used or not self.meaningful:
            return frozenset()
        return frozenset(leaf for leaf, _, _ in self._at_work() if leaf.mode == "train")

    @property
    def wrongly_inferred(self) -> frozenset[Leaf]:
        """Those of them whose mode cannot be meant. A recurrent layer without dropout computes the same in both modes."""
        wrong = self.inferred_in_train
        return frozenset(leaf for leaf, _, meant in self._at_work() if leaf in wrong and leaf.kind != "rnn" and not meant)


@dataclass
class Run:
    forwards: list[RealForward] = field(default_factory=list)
    steps: set[tuple[Place, Place]] = field(default_factory=set)
    """The places of a forward and of a step that trained with it."""
    output: str = ""


def missing(names: Iterable[str]) -> str | None:
    """The first library that cannot be imported here."""
    return next((name for name in names if not _imports(name)), None)


@cache
def _imports(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:  # a broken wheel raises anything
        return False
    return True


def run(program: Program, folder: str) -> Run:
    """Execute the program that lies in `folder`, once with each of its command lines, in a current folder that is empty at first,
    from a fixed seed."""
    result = Run()
    with tempfile.TemporaryDirectory() as current, _current_folder(current), _frozen_heap():
        for arguments in program.command_lines:
            _run_once(program, folder, arguments, result)
    return result


@contextmanager
def _frozen_heap() -> Iterator[None]:
    """What was there before is not looked at for garbage: frameworks collect after each training, in a heap full of libraries."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _run_once(program: Program, folder: str, arguments: list[str], result: Run) -> None:
    import torch

    main = os.path.join(folder, program.main)
    code = compile(program.files[program.main], main, "exec")
    printed = io.StringIO()
    with ExitStack() as stack:
        stack.enter_context(_importable(os.path.dirname(main)))
        module = stack.enter_context(_main_module(main))
        stack.callback(setattr, sys, "argv", sys.argv)
        sys.argv = [main, *arguments]
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(redirect_stdout(printed))
        stack.enter_context(redirect_stderr(printed))
        stack.enter_context(_hooks(result, folder))
        stack.enter_context(torch.random.fork_rng(devices=[]))
        stack.callback(torch.set_num_threads, torch.get_num_threads())
        stack.callback(torch.set_grad_enabled, torch.is_grad_enabled())
        torch.set_num_threads(1)
        torch.manual_seed(0)
        exec(code, module.__dict__)
    result.output += printed.getvalue()


@contextmanager
def _current_folder(folder: str) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _importable(folder: str) -> Iterator[None]:
    """The program's neighbours can be imported, also in place of a library of the same name that was imported before, and are forgotten
    afterwards."""
    own = {name.partition(".")[0] for name in os.listdir(folder)}
    hidden = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] in own - {"__main__"}}
    known = set(sys.modules)
    sys.path.insert(0, folder)
    importlib.invalidate_caches()
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = written
        sys.path.remove(folder)
        for name in sys.modules.keys() - known:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(folder):
                del sys.modules[name]
        sys.modules.update(hidden)


@contextmanager
def _main_module(path: str) -> Iterator[types.ModuleType]:
    """Classes of the program live in a `__main__` of its own."""
    module = types.ModuleType("__main__")
    module.__file__ = path
    before = sys.modules["__main__"]
    sys.modules["__main__"] = module
    try:
        yield module
    finally:
        sys.modules["__main__"] = before


# ------------------------------------------------------------------ which layers depend on the mode
def kinds_of(module: Any) -> set[str]:
    """What a module itself does differently by mode. A class of the program does if its forward reads `self.training`."""
    cls = type(module)
    if cls.__name__.endswith("Model") and cls.__module__.startswith("peft.tuners"):
        return set()  # reads its flag only to merge weights
    library = cls.__module__.partition(".")[0]
    if library in LIBRARIES or library in ("torch", "torchvision", "timm"):
        return library_kinds_of(module)
    kinds = {"other"} if _forward_reads_training(cls) else set()
    for base in cls.__mro__[1:]:
        if base.__module__.startswith("torch.nn.modules") and base.__name__ not in (
            "Module",
            "Sequential",
            "ModuleList",
            "ModuleDict",
        ):
            return kinds | library_kinds_of(module)
    return kinds


@cache
def _forward_reads_training(cls: type) -> bool:
    seen: set[str] = set()
    pending = ["forward"]
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        method = getattr(cls, name, None)
        module = getattr(method, "__module__", "") or ""
        if not inspect.isfunction(method) or module.startswith(("torch", "lightning")):
            continue
        try:
            text = inspect.getsource(method)
        except (OSError, TypeError):
            continue
        if re.search(r"\bself\.training\b", text):
            return True
        pending.extend(re.findall(r"\bself\.(\w+)\(", text))
    return False


def _layers(model: Any, folder: str) -> tuple[tuple[Leaf, ...], tuple[int, ...], tuple[tuple[frozenset[int], bool], ...]]:
    leaves, modules, holders, seen = [], [], [], set()
    below: dict[int, tuple[frozenset[int], bool]] = {}
    _parameters(model, below)
    chosen: set[int] = set()

    def visit(module: Any, holder: tuple[frozenset[int], bool]) -> None:
        if id(module) in seen:
            return
        seen.add(id(module))
        if type(module).train.__code__.co_filename.startswith(folder):
            chosen.update(_chosen(module))
        parameters, trainable = below[id(module)]
        if parameters:
            holder = (parameters, not trainable)
        for kind in sorted(kinds_of(module)):
            leaves.append(Leaf(kind, "train" if module.training else "eval"))
            modules.append(id(module))
            holders.append((holder[0], holder[1] or id(module) in chosen))
        for child in module.children():
            visit(child, holder)

    visit(model, (frozenset(), False))
    return tuple(leaves), tuple(modules), tuple(holders)


def _chosen(module: Any) -> set[int]:
    """The modules below one with a `train` of its own that do not simply follow what that is called with."""
    follower = copy.deepcopy(module)
    found = set()
    tracer = sys.gettrace()
    sys.settrace(None)  # this is no part of what the program does
    for mode in (False, True):
        follower.train(mode)
        pairs = zip(module.modules(), follower.modules(), strict=True)
        found.update(id(part) for part, copied in pairs if copied.training is not mode)
    sys.settrace(tracer)
    return found


def _parameters(module: Any, below: dict[int, tuple[frozenset[int], bool]]) -> tuple[frozenset[int], bool]:
    """The parameters of a module and all below it, and whether any is trainable; noted in `below` for each module."""
    if id(module) not in below:
        own = [parameter for parameter in module._parameters.values() if parameter is not None]
        parts = [_parameters(child, below) for child in module.children()]
        below[id(module)] = (
            frozenset(map(id, own)).union(*(parameters for parameters, _ in parts)),
            any(parameter.requires_grad for parameter in own) or any(trainable for _, trainable in parts),
        )
    return below[id(module)]


# ------------------------------------------------------------------ hooks
class _Recorder:
    """What hooks share. `pending`: by forward, the parameters that hold gradients of it which no step has used or cleared."""

    def __init__(self, result: Run, folder: str) -> None:
        self.result, self.folder = result, folder + os.sep
        self.inside: list[Any] = []
        self.depth = 0
        self.touched: dict[int, RealForward] = {}
        self.pending: dict[int, tuple[RealForward, set[int]]] = {}
        self.meaningful: set[int] = set()
        self.alive: dict[int, weakref.ref[Any]] = {}

    def place(self) -> Place:
        """The innermost line of the program on the stack."""
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename.startswith(self.folder):
                return Place(os.path.relpath(frame.f_code.co_filename, self.folder), frame.f_lineno)
            frame = frame.f_back  # type: ignore[assignment]
        return Place("", 0)

    def before(self, module: Any, _: Any) -> None:
        if not self.inside:
            self.result.forwards.append(self._forward(module))
        self.inside.append(module)
        self.result.forwards[-1].runs(module)

    def _forward(self, module: Any) -> RealForward:
        import torch

        layers, modules, holders = _layers(module, self.folder)
        parameters = frozenset(self.identity(p) for p in module.parameters())
        meaningful = bool(parameters & self.meaningful)
        return RealForward(
            self.place(), type(module).__name__, layers, modules, holders, torch.is_grad_enabled(), parameters, meaningful
        )

    def identity(self, parameter: Any) -> int:
        """The parameter's id; what was known of an earlier object with the same id is forgotten."""
        known = self.alive.get(id(parameter))
        if known is None or known() is not parameter:
            self.alive[id(parameter)] = weakref.ref(parameter)
            self.meaningful.discard(id(parameter))
            for _, held in self.pending.values():
                held.discard(id(parameter))
        return id(parameter)

    def after(self, module: Any, _: Any, output: Any) -> None:
        self.inside.pop()
        if self.inside:
            return
        forward = self.result.forwards[-1]
        for tensor in _tensors(output):
            if tensor.requires_grad:
                tensor.register_hook(lambda gradient, forward=forward: self._passed(forward))

    def _passed(self, forward: RealForward) -> None:
        forward.used = True
        if self.depth:
            self.touched[id(forward)] = forward

    def backward(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def backward(*args: Any, **kwargs: Any) -> Any:
            self.depth += 1
            try:
                return original(*args, **kwargs)
            finally:
                self.depth -= 1
                if not self.depth:
                    for forward in self.touched.values():
                        self.pending.setdefault(id(forward), (forward, set()))[1].update(forward.parameters)
                    self.touched.clear()

        return backward

    def stepped(self, optimizer: Any, *_: Any) -> None:
        owned = {id(p) for group in optimizer.param_groups for p in group["params"] if p.grad is not None}
        place = self.place()
        for forward, held in self.pending.values():
            if held & owned:
                forward.trained |= held & owned
                self.result.steps.add((forward.place, place))
        self.meaningful |= owned

    def clears(self, original: Callable[..., None]) -> Callable[..., None]:
        def zero_grad(target: Any, *args: Any, **kwargs: Any) -> None:
            groups = (
                target.parameters() if hasattr(target, "parameters") else (p for g in target.param_groups for p in g["params"])
            )
            cleared = set(map(id, groups))
            for key, (_, held) in list(self.pending.items()):
                held -= cleared
                if not held:
                    del self.pending[key]
            original(target, *args, **kwargs)

        return zero_grad

    def copies(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def deepcopy(parameter: Any, memo: Any) -> Any:
            result = original(parameter, memo)
            if self.identity(parameter) in self.meaningful:
                self.meaningful.add(self.identity(result))
            return result

        return deepcopy

    def loads(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def load_state_dict(module: Any, *args: Any, **kwargs: Any) -> Any:
            result = original(module, *args, **kwargs)
            self.meaningful.update(self.identity(p) for p in module.parameters())
            return result

        return load_state_dict


@contextmanager
def _hooks(result: Run, folder: str) -> Iterator[None]:
    import torch
    from torch.nn.modules import module as modules
    from torch.optim import optimizer as optimizers

    recorder = _Recorder(result, folder)
    with ExitStack() as stack:
        for handle in (
            modules.register_module_forward_pre_hook(recorder.before),
            modules.register_module_forward_hook(recorder.after, always_call=True),
            optimizers.register_optimizer_step_post_hook(recorder.stepped),
        ):
            stack.callback(handle.remove)
        for owner, name, wrap in (
            (torch.nn.Module, "zero_grad", recorder.clears),
            (torch.optim.Optimizer, "zero_grad", recorder.clears),
            (torch.nn.Module, "load_state_dict", recorder.loads),
            (torch.nn.Parameter, "__deepcopy__", recorder.copies),
            (torch.autograd, "backward", recorder.backward),
        ):
            original = getattr(owner, name)
            stack.callback(setattr, owner, name, original)
            setattr(owner, name, wrap(original))
        yield


def _tensors(value: Any) -> Iterator[Any]:
    import torch

    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _tensors(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _tensors(item)

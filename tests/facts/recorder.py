"""The real side of the fact tests, and the comparison with the abstract one.

A fact is a small program. It is executed with the real libraries, with a builtin `reveal_mode(model)` that notes the modes of the
model's own flag and of every layer below it that depends on the mode; and it is interpreted, where `reveal_mode` says what the
interpreter believes. The comment on the line is the claim that both are compared with:

    model = nn.Sequential(nn.Dropout(), backbone)
    reveal_mode(model)  # reveals: self train, dropout train+eval

Each entry is a kind of layer and the modes of the layers of that kind, `self` is the model's own flag. `unknown` stands for layers
that a stub does not enumerate: the real layers then have one of its modes, whatever their kind. `# reveals: nothing` for an object
that is no module in reality.
"""

from __future__ import annotations

import builtins
import gc
import importlib
import inspect
import itertools
import os
import re
import sys
import tempfile
import textwrap
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

Reveals = dict[int, dict[str, set[str]]]
"""By line: by kind, the modes of the layers of that kind."""

FILENAME = "fact.py"
CLAIM = re.compile(r"reveal_mode\(.*#\s*reveals:\s*(.+)$")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")


def claims(source: str) -> Reveals:
    """What the comments of a program say that `reveal_mode` shows."""
    found: Reveals = {}
    for number, line in enumerate(source.splitlines(), 1):
        if match := CLAIM.search(line):
            entries = [] if match[1] == "nothing" else [entry.split() for entry in match[1].split(",")]
            found[number] = {kind: set(modes.split("+")) for kind, modes in entries}
    return found


def require(*libraries: str) -> None:
    """Skip the test with the reason where a library cannot be imported, for whatever reason."""
    for library in libraries:
        if (reason := _import_problem(library)) is not None:
            pytest.skip(f"{library} cannot be imported here: {reason}")


@cache
def _import_problem(library: str) -> str | None:
    try:
        importlib.import_module(library)
    except Exception as problem:  # a broken wheel raises anything
        return f"{type(problem).__name__}: {str(problem).splitlines()[0] if str(problem) else ''}"[:200]
    return None


# -- which real layers depend on the mode

KindOf = Callable[[Any], Iterable[str]]
_KINDS: dict[str, KindOf] = {}


def kinds_by_class(*class_names: str) -> Callable[[KindOf], KindOf]:
    """Register what a module is, by the name of one of its classes (unqualified)."""

    def register(function: KindOf) -> KindOf:
        _KINDS.update(dict.fromkeys(class_names, function))
        return function

    return register


def _when(condition: object, kind: str) -> tuple[str, ...]:
    return (kind,) if condition else ()


@kinds_by_class("_DropoutNd")
def _dropout(module: Any) -> Iterable[str]:
    return _when(module.p > 0, "dropout")


@kinds_by_class("DropPath", "DropPath2d", "StochasticDepth", "DropBlock2d")
def _stochastic_depth(module: Any) -> Iterable[str]:
    return _when(getattr(module, "drop_prob", None) or getattr(module, "p", 0), "dropout")


@kinds_by_class("_NormBase")
def _running_statistics(module: Any) -> Iterable[str]:
    return _when(module.track_running_stats, "batch_norm")


@kinds_by_class("RNNBase")
def _recurrent(module: Any) -> Iterable[str]:
    return ("rnn", *_when(module.dropout > 0 and module.num_layers > 1, "dropout"))


@kinds_by_class("MultiheadAttention")
def _attention(module: Any) -> Iterable[str]:
    return _when(module.dropout > 0, "dropout")


@kinds_by_class("RReLU")
def _random_slope(module: Any) -> Iterable[str]:
    return _when(module.lower != module.upper, "other")


@kinds_by_class("_SpectralNorm")
def _spectral_norm(module: Any) -> Iterable[str]:
    return ("other",)


@kinds_by_class("PatchDropout")
def _patch_dropout(module: Any) -> Iterable[str]:
    return _when(module.prob > 0, "dropout")


@kinds_by_class("DualGraphModule", "AttentionPool2d")
def _none(module: Any) -> Iterable[str]:
    return ()  # chooses between two graphs over the same parts; hands its flag to an attention without dropout


PLAIN = {
    # Read their own flag and do the same, up to rounding, in both modes.
    "TransformerEncoderLayer", "TransformerEncoder", "Sequential", "ModuleList", "ModuleDict",
}  # fmt: skip


SWITCHES = {"__init__", "train", "eval", "predict", "generate", "reset_classifier", "freeze", "unfreeze"}


def kinds_of(module: Any) -> set[str]:
    """What a module itself does differently by mode (its parts not counted)."""
    names = [cls.__name__ for cls in _written_class(module).__mro__]
    for name in names:
        if name in _KINDS:
            return set(_KINDS[name](module))
    hooks = getattr(module, "_forward_pre_hooks", {}).values()
    if any(type(hook).__name__ == "SpectralNorm" for hook in hooks):
        return {"other"}
    if names[0] in PLAIN or type(module).__module__.startswith("torch.nn.modules") or not _reads_training(type(module)):
        return set()
    rates = [value for name, value in vars(module).items() if "drop" in name and isinstance(value, (int, float))]
    rates += [getattr(part, "p", 0) for name, part in module.named_children() if "drop" in name]
    if rates:
        return {"dropout"} if any(rate > 0 for rate in rates) else set()
    return {"other"}


def _written_class(module: Any) -> type:
    """The class in the source, also of a scripted module."""
    from torch import nn

    return getattr(nn, getattr(module, "original_name", ""), type(module))


@cache
def _reads_training(cls: type) -> bool:
    """Whether a class of a library reads its own flag. Where it has rates of dropout, that is taken to be what the flag is for."""
    classes = itertools.takewhile(lambda base: not base.__module__.startswith("torch.nn.modules"), cls.__mro__)
    return any(_source_reads_training(base) for base in classes)


@cache
def _source_reads_training(cls: type) -> bool:
    """Whether a method other than those that set or choose a mode reads the flag."""
    methods = [value for name, value in vars(cls).items() if inspect.isfunction(value) and name not in SWITCHES]
    try:
        return any("self.training" in inspect.getsource(method) for method in methods)
    except OSError:
        return False


def modes_of(model: Any) -> dict[str, set[str]]:
    """By kind, the modes of the layers below; nothing for what is no module."""
    if not hasattr(model, "modules") or not isinstance(getattr(model, "training", None), bool):
        return {}
    modes = {"self": {_name(model.training)}}
    for module in model.modules():
        for kind in kinds_of(module):
            modes.setdefault(kind, set()).add(_name(module.training))
    return modes


def _name(training: bool) -> str:
    return "train" if training else "eval"


# -- events of a real run


@dataclass(frozen=True)
class RealForward:
    """The outermost call of a module. `line` is the program's line that led to it."""

    class_name: str
    line: int
    modes: dict[str, set[str]]
    gradients: bool
    parameters: frozenset[int] = field(repr=False)


@dataclass(frozen=True)
class RealStep:
    """An optimizer step. `forwards`: the lines of those whose graph a backward went through and that the optimizer owns."""

    optimizer: str
    line: int
    forwards: tuple[int, ...]


@dataclass
class Run:
    reveals: Reveals
    forwards: list[RealForward]
    steps: list[RealStep]
    namespace: dict[str, Any] = field(repr=False)


def run(source: str) -> Run:
    """Execute a program under hooks, in an empty folder that is gone afterwards. Each run starts from the same seed."""
    import torch

    result = Run({}, [], [], {"__name__": "__main__", "__file__": FILENAME})
    code = compile(textwrap.dedent(source), FILENAME, "exec")
    with ExitStack() as stack:
        stack.enter_context(_inside(stack.enter_context(tempfile.TemporaryDirectory())))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(_reveal_mode(result.reveals))
        stack.enter_context(_event_hooks(result))
        stack.enter_context(torch.random.fork_rng())
        threads = torch.get_num_threads()
        stack.callback(torch.set_num_threads, threads)
        torch.set_num_threads(1)
        torch.manual_seed(0)
        stack.callback(torch.set_default_device, None)
        gradients = torch.is_grad_enabled()
        stack.callback(torch.set_grad_enabled, gradients)
        exec(code, result.namespace)
    gc.collect()
    return result


@contextmanager
def _inside(folder: str) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _reveal_mode(reveals: Reveals) -> Iterator[None]:
    def reveal_mode(model: Any) -> Any:
        seen = reveals.setdefault(sys._getframe(1).f_lineno, {})
        for kind, modes in modes_of(model).items():
            seen.setdefault(kind, set()).update(modes)
        return model

    builtins.reveal_mode = reveal_mode  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.reveal_mode  # type: ignore[attr-defined]


def _line() -> int:
    """The innermost line of the program on the stack."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename == FILENAME:
            return frame.f_lineno
        frame = frame.f_back  # type: ignore[assignment]
    return 0


@contextmanager
def _event_hooks(result: Run) -> Iterator[None]:
    import torch
    from torch.nn.modules import module as modules
    from torch.optim import optimizer as optimizers

    inside: list[Any] = []
    passed: dict[int, RealForward] = {}  # forwards that a backward went through, still to be used by a step

    def before(module: Any, _: Any) -> None:
        if not inside:
            parameters = frozenset(map(id, module.parameters()))
            result.forwards.append(
                RealForward(type(module).__name__, _line(), modes_of(module), torch.is_grad_enabled(), parameters)
            )
        inside.append(module)

    def after(module: Any, _: Any, output: Any) -> None:
        inside.pop()
        if not inside:
            forward = result.forwards[-1]
            for tensor in _tensors(output):
                if tensor.requires_grad:
                    tensor.register_hook(lambda gradient: passed.update({id(forward): forward}))

    def stepped(optimizer: Any, *_: Any) -> None:
        owned = {id(p) for group in optimizer.param_groups for p in group["params"] if p.grad is not None}
        lines = tuple(sorted(forward.line for forward in passed.values() if forward.parameters & owned))
        result.steps.append(RealStep(type(optimizer).__name__, _line(), lines))

    def clears(original: Callable[..., None]) -> Callable[..., None]:
        def zero_grad(self: Any, *args: Any, **kwargs: Any) -> None:
            groups = self.parameters() if hasattr(self, "parameters") else (p for g in self.param_groups for p in g["params"])
            cleared = set(map(id, groups))
            for key in [key for key, forward in passed.items() if forward.parameters & cleared]:
                del passed[key]
            original(self, *args, **kwargs)

        return zero_grad

    with ExitStack() as stack:
        for handle in (
            modules.register_module_forward_pre_hook(before),
            modules.register_module_forward_hook(after, always_call=True),
            optimizers.register_optimizer_step_post_hook(stepped),
        ):
            stack.callback(handle.remove)
        for cls in (torch.nn.Module, torch.optim.Optimizer):
            stack.callback(setattr, cls, "zero_grad", cls.zero_grad)
            cls.zero_grad = clears(cls.zero_grad)  # type: ignore[method-assign]
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


# -- the comparison


def interpreted_steps(source: str) -> set[tuple[int, int]]:
    """The lines of each optimizer step and of each forward that it trains, as the interpreter believes."""
    from modelint.events import TrainingStep
    from modelint.testing import events

    steps = [event for event in events(source) if isinstance(event, TrainingStep)]
    return {(step.step.span.row, forward.site.span.row) for step in steps if step.step is not None for forward in step.forwards}


def check_real(source: str, *libraries: str) -> Run:
    """The real libraries do what the program's comments claim."""
    require("torch", *libraries)
    source = textwrap.dedent(source)
    real = run(source)
    claimed = claims(source)
    assert claimed, "a fact claims something"
    wrong = [
        f"line {line}: claimed {text(claimed[line])}, measured {text(real.reveals[line])}"
        for line in claimed
        if line in real.reveals and not agrees(claimed[line], real.reveals[line])
    ]
    assert not wrong, "\n".join(wrong)
    assert set(claimed) <= set(real.reveals), "every claim is reached"
    return real


def agrees(claim: dict[str, set[str]], real: dict[str, set[str]]) -> bool:
    """Whether measured modes are what is claimed: exactly, except for layers under `unknown`."""
    others = claim.get("unknown")
    for kind in claim.keys() | real.keys():
        if kind == "unknown" or "unknown" in claim.get(kind, ()):
            continue
        if kind not in claim and others is not None and ("unknown" in others or real[kind] <= others):
            continue
        if claim.get(kind) != real.get(kind):
            return False
    return True


def check_abstract(source: str) -> None:
    """The interpreter believes exactly what the program's comments claim."""
    from modelint.testing import reveals

    source = textwrap.dedent(source)
    found = reveals(source)
    wrong = [
        f"line {line}: claimed {text(claim)}, interpreted {text(found.get(line, {}))}"
        for line, claim in claims(source).items()
        if not believed(claim, found.get(line, {}))
    ]
    assert not wrong, "\n".join(wrong)


def believed(claim: dict[str, set[str]], found: dict[str, set[str]]) -> bool:
    """Whether the interpreter agrees. It keeps no flag of a module that is the same in both modes, and shows nothing of a value
    that may be no module."""
    known = {kind: modes for kind, modes in claim.items() if modes != {"unknown"}}
    if not found and (not known or claim.keys() == {"self"}):
        return True
    claim = claim if "self" in found else {kind: modes for kind, modes in claim.items() if kind != "self"}
    return found == claim


STEP = re.compile(r"#\s*(forward|step): ?(.*)$")


def check_steps(source: str, *libraries: str, real: bool) -> None:
    """Which forwards each optimizer step trains: `# forward: a` labels a forward, `# step: a, b` claims them (`# step:` none)."""
    source = textwrap.dedent(source)
    labels: dict[int, str] = {}
    claimed: dict[int, set[str]] = {}
    for number, line in enumerate(source.splitlines(), 1):
        if match := STEP.search(line):
            if match[1] == "forward":
                labels[number] = match[2]
            else:
                claimed[number] = set(filter(None, match[2].split(", ")))
    found: dict[int, set[str]] = {line: set() for line in claimed}
    if real:
        require("torch", *libraries)
        pairs = [(step.line, forward) for step in run(source).steps for forward in step.forwards]
    else:
        pairs = list(interpreted_steps(source))
    for step, forward in pairs:
        found.setdefault(step, set()).add(labels.get(forward, f"line {forward}"))
    assert found == claimed


def text(modes: dict[str, set[str]]) -> str:
    order = ["self", "dropout", "batch_norm", "rnn", "other", "unknown"]
    return ", ".join(f"{kind} {'+'.join(sorted(modes[kind], reverse=True))}" for kind in order if kind in modes) or "nothing"


def programs(text: str) -> dict[str, str]:
    """Several programs in one text, each under a line `## name`. What stands before the first such line begins each of them."""
    start, *parts = re.split(r"^## (.+)\n", textwrap.dedent(text).lstrip("\n"), flags=re.MULTILINE)
    return {name.strip(): start + body for name, body in zip(parts[::2], parts[1::2], strict=True)}

"""What a model is: its modes, its mode-sensitive layers, and what its forwards do in either mode."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import nn

from modelint.probe.inside.cudnn import is_refusal
from modelint.probe.inside.inputs import candidates
from modelint.probe.inside.kinds import details_of, has_moved, versions_of
from modelint.probe.inside.layers import Found, sensitive
from modelint.probe.inside.lineage import tensors_in

Run = Callable[[], list[torch.Tensor]]


def layers_as_made(model: nn.Module, is_users: Callable[[object], bool]) -> list[list[Any]]:
    """Path, kind, whether in train mode, and settings of each sensitive layer."""
    return [
        [found.path, found.kind, found.module.training, details_of(found.module, found.kind)]
        for found in sensitive(model, is_users)
    ]


def runner(model: nn.Module, example: str) -> tuple[str, Run | None]:
    """Where inputs were found that the model takes, and its forward with them; or why the best ones were none."""
    placed = (parameter.device for parameter in model.parameters() if not parameter.is_meta)
    device = next(placed, torch.device("cpu"))
    dtype = next((parameter.dtype for parameter in model.parameters() if parameter.is_floating_point()), torch.float32)
    problems: list[str] = []
    for source, keywords, positional in candidates(model, example):
        moved = {name: _moved(value, device, dtype) for name, value in keywords.items()}
        given = tuple(_moved(value, device, dtype) for value in positional)

        def run(given: tuple[Any, ...] = given, moved: dict[str, Any] = moved) -> list[torch.Tensor]:
            return [tensor for tensor in tensors_in(model(*given, **moved)) if tensor.is_floating_point()]

        try:
            with in_mode(model, False), torch.no_grad():
                outputs = run()
            if outputs and all(output.isfinite().all() for output in outputs):
                return source, run
            if outputs:
                problems.append(f"with {source} its outputs are not finite")
        except Exception as error:  # a stranger's model, fed by guess
            said = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"
            problems.append(f"it does not take {source}: {said}" if example else f"no inputs are known that it takes: {said}")
    return (problems or ["no inputs are known for it"])[0], None


def compared(model: nn.Module, run: Run) -> dict[str, float]:
    """The largest differences of outputs: between two forwards in train mode, two in eval mode, and one in each."""
    with kept(model), torch.no_grad():
        with in_mode(model, True):
            first, second = run(), run()
        with in_mode(model, False):
            third, fourth = run(), run()
    return {"train": difference(first, second), "eval": difference(third, fourth), "between": difference(first, third)}


def recurrent_backward(model: nn.Module, run: Run) -> str:
    """What cuDNN says of a backward through the model in eval mode; "" if the backward works. Whatever else ends it is raised, as is a
    `LookupError` if the model is frozen."""
    with in_mode(model, False):
        outputs = [output for output in run() if output.requires_grad]
        if not outputs:
            raise LookupError("no gradient comes of its outputs")
        try:
            torch.autograd.backward([output.sum() for output in outputs])
        except RuntimeError as error:
            if not is_refusal(str(error)):
                raise
            return str(error).splitlines()[0]
    return ""


def moved_statistics(model: nn.Module, run: Run, is_users: Callable[[object], bool]) -> list[Found]:
    """The layers whose running statistics one training step moves."""
    layers = [found for found in sensitive(model, is_users) if found.kind == "batch_norm"]
    before = [versions_of(found.module) for found in layers]
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    with in_mode(model, True):
        loss = sum(output.pow(2).mean() for output in run())
        if trained and isinstance(loss, torch.Tensor) and loss.requires_grad:
            optimizer = torch.optim.SGD(trained, lr=0.01)
            torch.autograd.backward(loss)
            optimizer.step()
    return [found for found, versions in zip(layers, before, strict=True) if has_moved(found.module, versions)]


@contextlib.contextmanager
def in_mode(model: nn.Module, mode: bool) -> Iterator[None]:
    """The whole model in one mode, and every part back in its own afterwards."""
    before = [(part, part.training) for part in model.modules()]
    model.train(mode)
    try:
        yield
    finally:
        for part, training in before:
            part.training = training


@contextlib.contextmanager
def kept(model: nn.Module) -> Iterator[None]:
    """What forwards in train mode write is undone."""
    before = {name: buffer.clone() for name, buffer in model.named_buffers()}
    try:
        yield
    finally:
        for name, buffer in model.named_buffers():
            if name in before:
                buffer.copy_(before[name])


def _moved(value: Any, device: torch.device, dtype: torch.dtype) -> Any:
    if isinstance(value, dict):
        return {name: _moved(each, device, dtype) for name, each in value.items()}
    if not isinstance(value, torch.Tensor):
        return value
    return value.to(device, dtype) if value.is_floating_point() else value.to(device)


def difference(one: list[torch.Tensor], other: list[torch.Tensor]) -> float:
    """The largest one, of numbers that are finite in both: an answer is JSON, which has no others."""
    pairs = [(a.cpu().double() - b.cpu().double()).abs() for a, b in zip(one, other, strict=False) if a.shape == b.shape]
    finite = [pair[pair.isfinite()] for pair in pairs]
    return max((float(pair.max()) for pair in finite if pair.numel()), default=0.0)

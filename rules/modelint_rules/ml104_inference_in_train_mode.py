"""Evaluation or prediction runs in train mode.

## What it does

Finds forwards whose output is only looked at, of a model whose weights were trained or loaded, while layers that depend on the
mode are in train mode. An output counts as only looked at if it is compared, converted, printed, saved or returned under
`torch.no_grad()`, and no backward depends on it. Where a method of the model hands out what its parts made of its arguments, as
`model.encode(x)` does, it is the call of the method that is judged: the mode is for its caller to set, and of the whole model.

Of a model whose class cannot be found, and that the program trains and evaluates without ever setting a mode, nothing says that the mode
matters: the rule is silent.

## Why is this bad?

Dropout throws away parts of the signal, so the numbers are noisy and too low. BatchNorm normalises with the statistics of the
evaluation batch and, worse, updates its running statistics with them unless its `momentum` is zero, also under `no_grad`: evaluating
changes the model.

## Example

```python
import torch
from torch import nn


def main(loader):
    model = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8), nn.Linear(8, 2))
    model.load_state_dict(torch.load("model.pt"))
    with torch.no_grad():
        for x in loader:
            print(model(x).argmax(1))  # expect: ML104
```

## Use instead

```python
import torch
from torch import nn


def main(loader):
    model = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8), nn.Linear(8, 2))
    model.load_state_dict(torch.load("model.pt"))
    model.eval()
    with torch.no_grad():
        for x in loader:
            print(model(x).argmax(1))
```

## Fix safety

Safe: `eval()` before the loop, or the `with torch.no_grad():`, in which the model infers; where training goes on afterwards, also
`train()` there. Unsafe where a part of the model is meant to stay in train mode. Monte Carlo dropout and re-estimating BatchNorm
statistics need train mode. The rule takes it to be meant, and is silent, where a function that takes no step sets `train()` for the
forward, both by itself or through the functions that it calls (a `forward` that sets it for its whole object is none of them), where a
loop runs the model again with the same input, and where a trainer's own training step generates what it goes on to train with.

## References

- [`torch.nn.Module.eval`](https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.eval)
- [Autograd mechanics: evaluation mode and `no_grad` are different things](https://pytorch.org/docs/stable/notes/autograd.html#evaluation-mode-nn-module-eval)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import (
    Category,
    Finding,
    InferenceForward,
    LayerKind,
    Rule,
    RuleContext,
    SetMode,
    cause_story,
    forward_story,
    part_name,
    wrong_parts,
)

RULE = Rule(
    "ML104",
    "inference-in-train-mode",
    Category.MODE,
    since="0.1",
    family="inference-in-train-mode",
    rank=2,
    premise="sensitive",
)

EFFECTS: tuple[tuple[LayerKind, str], ...] = (
    ("dropout", "dropout is active"),
    ("batch_norm", "BatchNorm normalises by the batch"),
    ("other", "its layers behave as in training"),
    ("unknown", "its layers may behave as in training"),
)


@RULE.on(InferenceForward)
def check(event: InferenceForward, context: RuleContext) -> Iterator[Finding]:
    forward = event.forward
    if forward.model.adapter:
        return
    for part in wrong_parts(forward, "train"):
        if part.only_recurrent or (part.kinds == {"unknown"} and part.cause.kind == "created" and event.in_training):
            continue
        name = part_name(forward.model, part.path)
        effects = " and ".join([text for kind, text in EFFECTS if kind in part.kinds][:2])
        yield context.report(
            f"`{name}` infers {'partly ' if part.partial else ''}in train mode: {effects}",
            subject=(forward.model.key, part.path),
            site=forward.site,
            story=forward_story(forward, "inference in train mode", after=cause_story(part.cause, "train")),
            certain=part.certain and event.weights_everywhere and event.reason != "returned_without_gradients",
            notes=(*part.layer_notes, *forward.notes, f"call `{name}.eval()` before it"),
            repair=SetMode("eval", forward, part.path, part.cause),
        )

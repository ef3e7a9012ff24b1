"""A frozen part of what is trained runs in train mode.

## What it does

Finds frozen teachers, encoders and backbones with BatchNorm or dropout that run in train mode in a training step, where the code shows
that eval mode is meant: it called `eval()` on the part and a later `train()` of what holds the part undid that, or the part was loaded,
frozen, and its mode was never set. Of a library's model whose layers are not known, as those of `AutoModel.from_pretrained(name)`, it
is likely where the program called `eval()` on that very model.

A moving average or another copy that the program keeps writing to is found only if the code had put it in eval mode.

## Why is this bad?

`requires_grad_(False)` freezes the weights and nothing else. In train mode BatchNorm goes on to normalise by the batch and to move its
running statistics, and dropout makes the targets of a teacher random. `nn.Module.train` sets the mode of every part, also of those
that were put in eval mode before.

## Example

```python
import torch
from torch import nn


class Student(nn.Module):
    def __init__(self, teacher):
        super().__init__()
        self.teacher = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8))
        self.teacher.load_state_dict(torch.load("teacher.pt"))
        self.teacher.requires_grad_(False)
        self.teacher.eval()
        self.net = nn.Linear(8, 8)

    def forward(self, x):
        return nn.functional.mse_loss(self.net(x), self.teacher(x))


def main(batches):
    model = Student(torch.load("teacher.pt"))
    optimizer = torch.optim.SGD(model.net.parameters(), lr=0.1)
    model.train()
    for x in batches:
        optimizer.zero_grad()
        model(x).backward()  # expect: ML109
        optimizer.step()


main(torch.load("training.pt"))
```

## Use instead

```python
import torch
from torch import nn


class Student(nn.Module):
    def __init__(self, teacher):
        super().__init__()
        self.teacher = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8))
        self.teacher.load_state_dict(torch.load("teacher.pt"))
        self.teacher.requires_grad_(False)
        self.teacher.eval()
        self.net = nn.Linear(8, 8)

    def train(self, mode=True):
        super().train(mode)
        self.teacher.eval()
        return self

    def forward(self, x):
        return nn.functional.mse_loss(self.net(x), self.teacher(x))


def main(batches):
    model = Student(torch.load("teacher.pt"))
    optimizer = torch.optim.SGD(model.net.parameters(), lr=0.1)
    model.train()
    for x in batches:
        optimizer.zero_grad()
        model(x).backward()
        optimizer.step()


main(torch.load("training.pt"))
```

## Fix safety

Unsafe: the class whose method called `eval()` on the part gets an override of `train()` that does it again, if it has none.

## References

- [`torch.nn.Module.train`](https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.train)
- [PyTorch: `requires_grad`, `no_grad` and `eval()` are three different things](https://pytorch.org/docs/stable/notes/autograd.html#locally-disable-grad-doc)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import (
    Category,
    Cause,
    Finding,
    FrozenForward,
    KeepInEval,
    LayerState,
    LeftInTrain,
    Rule,
    RuleContext,
    Story,
    cause_story,
    forward_story,
    part_name,
)

RULE = Rule("ML109", "frozen-part-in-train-mode", Category.MODE, since="0.1", premise="sensitive")


@RULE.on(FrozenForward)
def check(event: FrozenForward, context: RuleContext) -> Iterator[Finding]:
    forward = event.forward
    parts: dict[LeftInTrain, list[LayerState]] = {}
    for layer in forward.layers:
        if layer.left_in_train is not None and layer.train is not None:
            parts.setdefault(layer.left_in_train, []).append(layer)
    for left, layers in parts.items():
        loaded = left.shown_by.kind == "loaded"
        why = "loaded and never put in eval mode" if loaded else "what holds it undid its `eval()`"
        name = part_name(forward.model, left.part)
        yield context.report(
            f"`{name}` is frozen, but runs in train mode: {why}",
            subject=(forward.model.key, left.part),
            site=forward.site,
            story=forward_story(forward, "forward pass in train mode", after=_story(left.shown_by, layers)),
            certain=forward.concrete and all(layer.certain for layer in layers),
            notes=(
                f"in train mode: {_listed(layers)}",
                f"call `{name}.eval()` after every `train()`, or override `train()` to keep it there",
            ),
            repair=None if loaded else KeepInEval(left.shown_by.site),
        )


def _story(cause: Cause, layers: list[LayerState]) -> Story:
    train = next(layer.train for layer in layers if layer.train is not None)
    if cause.kind == "loaded":
        return (*cause_story(train, "train"), ("loaded here", cause.site))
    return (*cause_story(cause, "eval"), *cause_story(train, "train"))


def _listed(layers: list[LayerState]) -> str:
    names = [f"`{layer.path}`" if layer.path else "the module itself" for layer in layers]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")

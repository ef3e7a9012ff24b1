"""Training goes on in the eval mode that an evaluation left behind.

## What it does

Finds training steps that run in eval mode because something earlier called `eval()` on the model and nothing called `train()`
since: an evaluation in the middle of an epoch, the evaluation at the end of the last epoch, a `predict` or `encode` of a library
that switches the mode for good, a function that saves or exports the model.

Eval mode that the function of the training step sets before the step is taken to be meant, and is not reported, where nothing ever
sets train mode and no inference runs in the mode of that call. An evaluation may set eval mode once more.

## Why is this bad?

From that point on dropout does nothing and BatchNorm neither uses nor updates batch statistics. The first epoch, or the first
hundred steps, are right, so a short test shows nothing.

## Example

```python
import torch
from torch import nn


def evaluate(model, loader):
    model.eval()
    correct = 0
    with torch.no_grad():
        for x, y in loader:
            correct += (model(x).argmax(1) == y).sum().item()
    return correct


def main(loader, validation):
    model = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5), nn.Linear(8, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(10):
        for x, y in loader:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)  # expect: ML103
            loss.backward()
            optimizer.step()
        print(evaluate(model, validation))
```

## Use instead

```python
import torch
from torch import nn


def evaluate(model, loader):
    model.eval()
    correct = 0
    with torch.no_grad():
        for x, y in loader:
            correct += (model(x).argmax(1) == y).sum().item()
    return correct


def main(loader, validation):
    model = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5), nn.Linear(8, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(10):
        model.train()
        for x, y in loader:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
        print(evaluate(model, validation))
```

## Fix safety

Safe where there is one place: `train()` before the batches of an epoch, in the function that trains, or right after an evaluation
that happens between two batches. Unsafe at the top level of a script without a loop, and where a part of the model is meant to
stay in eval mode. To restore the mode in the evaluation itself is the better repair where it has many callers; that is left to you.

## References

- [`torch.nn.Module.eval`](https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.eval)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import (
    Category,
    Cause,
    Finding,
    Forward,
    Rule,
    RuleContext,
    SetMode,
    TrainingStep,
    cause_story,
    forward_story,
    part_name,
    short_name,
    training_story,
    wrong_parts,
)

RULE = Rule(
    "ML103", "train-mode-not-restored", Category.MODE, since="0.1", family="trained-in-eval-mode", rank=3, premise="sensitive"
)


@RULE.on(TrainingStep)
def check(step: TrainingStep, context: RuleContext) -> Iterator[Finding]:
    for forward in step.forwards:
        for part in wrong_parts(forward, "eval"):
            if part.cause.kind not in ("called", "library") or part.only_recurrent:
                continue
            name = part_name(forward.model, part.path)
            story = forward_story(forward, "forward pass in eval mode", after=cause_story(part.cause, "eval"))
            yield context.report(
                f"`{name}` is trained in the eval mode that {_who(part.cause, forward)}",
                subject=(forward.model.key, part.path),
                site=forward.site,
                story=training_story(step, story),
                certain=part.certain and step.owned,
                notes=(*part.layer_notes, *forward.notes, f"call `{name}.train()` before the loop goes on"),
                repair=None if step.trainer else SetMode("train", forward, part.path, part.cause),
            )


def _who(cause: Cause, forward: Forward) -> str:
    """Who left the mode behind, for the message."""
    if cause.kind == "library":
        return f"`{short_name(cause.by)}` leaves behind"
    same = (cause.site.path, cause.site.function) == (forward.site.path, forward.site.function)
    if same or cause.site.function == "<module>":
        return "an earlier `eval()` sets"
    return f"`{short_name(cause.site.function)}` leaves behind"

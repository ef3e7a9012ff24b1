"""A recurrent layer is trained in eval mode, which cuDNN refuses.

## What it does

Finds training steps whose backward goes through an `nn.RNN`, `nn.LSTM` or `nn.GRU` in eval mode.

## Why is this bad?

On a GPU these layers run in cuDNN, whose backward raises in eval mode: "cudnn RNN backward can only be called in training mode". On
a CPU the same code works, so a test on a laptop does not show it.

Where other layers of the model are wrong too, the rule about these speaks and mentions the recurrent ones.

## Example

```python
import torch
from torch import nn


def main(loader, validation):
    model = nn.LSTM(8, 8)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(10):
        for x, y in loader:
            optimizer.zero_grad()
            output, _ = model(x)  # expect: ML107
            nn.functional.mse_loss(output, y).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            for x, y in validation:
                print(nn.functional.mse_loss(model(x)[0], y).item())


main(torch.load("training.pt"), torch.load("validation.pt"))
```

## Use instead

```python
import torch
from torch import nn


def main(loader, validation):
    model = nn.LSTM(8, 8)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(10):
        model.train()
        for x, y in loader:
            optimizer.zero_grad()
            output, _ = model(x)
            nn.functional.mse_loss(output, y).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            for x, y in validation:
                print(nn.functional.mse_loss(model(x)[0], y).item())


main(torch.load("training.pt"), torch.load("validation.pt"))
```

## Fix safety

Safe where there is one place: `train()` before the batches of an epoch, or right after an evaluation between two batches.

## References

- [pytorch#15788](https://github.com/pytorch/pytorch/issues/15788)
- [`torch.nn.LSTM`](https://pytorch.org/docs/stable/generated/torch.nn.LSTM.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import (
    Category,
    Finding,
    Rule,
    RuleContext,
    SetMode,
    TrainingStep,
    cause_story,
    forward_story,
    part_name,
    training_story,
    wrong_parts,
)

RULE = Rule(
    "ML107", "rnn-backward-in-eval-mode", Category.MODE, since="0.1", family="trained-in-eval-mode", rank=4, premise="recurrent"
)


@RULE.on(TrainingStep)
def check(step: TrainingStep, context: RuleContext) -> Iterator[Finding]:
    for forward in step.forwards:
        if forward.layers_known != "some":
            continue
        for part in wrong_parts(forward, "eval"):
            if not part.only_recurrent:
                continue
            name = part_name(forward.model, part.path)
            story = forward_story(forward, "forward pass in eval mode", after=cause_story(part.cause, "eval"))
            yield context.report(
                f"`{name}` is recurrent and trained in eval mode, where cuDNN's backward raises",
                subject=(forward.model.key, part.path),
                site=forward.site,
                story=training_story(step, story),
                certain=part.certain and step.owned,
                notes=(*part.layer_notes, *forward.notes, f"call `{name}.train()` before the loop goes on"),
                repair=None if step.trainer else SetMode("train", forward, part.path, part.cause),
            )

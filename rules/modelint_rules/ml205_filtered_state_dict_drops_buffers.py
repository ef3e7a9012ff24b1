"""A checkpoint holds the parameters of a model and leaves out its BatchNorm statistics.

## What it does

Finds saves of what `named_parameters()` gives, filtered by `requires_grad` or not, of a model whose BatchNorm layers were in train mode
before, where nothing else in the program saves the model whole.

## Why is this bad?

The running mean and variance of BatchNorm are buffers and no parameters, and training moves them. A model that is restored from such a
file has the trained weights and the statistics of before the training: its outputs are others than those that were measured. Since the
keys are missing, the file can only be loaded with `strict=False`, which says nothing about them.

## Example

```python
import torch
from torch import nn


def main(batches):
    model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.Flatten(), nn.LazyLinear(2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    model.train()
    for x, y in batches:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    trained = {name: weight for name, weight in model.named_parameters() if weight.requires_grad}
    torch.save(trained, "model.pt")  # expect: ML205


main(torch.load("training.pt"))
```

## Use instead

```python
import torch
from torch import nn


def main(batches):
    model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.Flatten(), nn.LazyLinear(2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    model.train()
    for x, y in batches:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    trained = {name: weight for name, weight in model.named_parameters() if weight.requires_grad}
    trained.update(model.named_buffers())
    torch.save(trained, "model.pt")


main(torch.load("training.pt"))
```

## Fix safety

No fix: what else the file should hold depends on how it is loaded.

## References

- [PyTorch: a `state_dict` holds parameters and persistent buffers](https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.state_dict)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import Category, Finding, Rule, RuleContext, Saved, calls_story

RULE = Rule("ML205", "filtered-state-dict-drops-buffers", Category.SAVE, since="0.1", premise="moving")


@RULE.on(Saved)
def check(event: Saved, context: RuleContext) -> Iterator[Finding]:
    moved = [layer for layer in event.moved if layer.kind == "batch_norm"]
    if event.contents != "parameters" or not moved:
        return
    if any(other.contents == "everything" for other in context.about(event.model, Saved)):
        return
    name = event.model.text or event.model.class_name
    yield context.report(
        f"`{name}` is saved without its BatchNorm statistics, which training moved",
        subject=(event.model.key, ""),
        site=event.site,
        story=(*calls_story(event.calls, event.site), ("saves parameters only", event.site)),
        certain=all(layer.certain for layer in moved),
        notes=(
            f"{len(moved)} BatchNorm layer{'s are' if len(moved) > 1 else ' is'} left out: `named_parameters()` gives no buffers",
            "save `state_dict()`, or `named_buffers()` too",
        ),
    )

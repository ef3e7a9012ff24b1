"""An adapter is saved without the BatchNorm statistics that training moved.

## What it does

Finds PEFT saves (`save_pretrained`, `get_peft_model_state_dict`) of a model whose BatchNorm layers were in train mode during
training and are not named in `modules_to_save`.

## Why is this bad?

In train mode every forward updates the running mean and variance of BatchNorm, also where its weights are frozen. They are
buffers, and PEFT saves parameters of the adapter only: the loaded adapter meets the statistics of the base model, for which it was
not trained. Its outputs are different from those that were measured before saving. No PEFT version saves them by itself.

## Example

```python
import torch
from peft import LoraConfig, get_peft_model
from torchvision.models import resnet18


def main(batches):
    model = get_peft_model(resnet18(weights="DEFAULT"), LoraConfig(target_modules=["conv1", "conv2"]))
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    for x, y in batches:
        torch.nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
        optimizer.zero_grad()
    model.save_pretrained("adapter")  # expect: ML201
```

## Use instead

```python
import torch
from peft import LoraConfig, get_peft_model
from torchvision.models import resnet18


def main(batches):
    config = LoraConfig(target_modules=["conv1", "conv2"], modules_to_save=["bn1", "bn2", "downsample.1", "fc"])
    model = get_peft_model(resnet18(weights="DEFAULT"), config)
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    for x, y in batches:
        torch.nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
        optimizer.zero_grad()
    model.save_pretrained("adapter")
```

## Fix safety

Unsafe: the BatchNorm layers are named in `modules_to_save`, beside what is named there already, where the configuration is
written in the program and the names of the layers are known. This trains their weights too; to leave them as they are, keep them
in eval mode while training.

## References

- [PEFT troubleshooting: BatchNorm layers need `modules_to_save`](https://huggingface.co/docs/peft/developer_guides/troubleshooting)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import (
    AdapterAttached,
    Category,
    Finding,
    NameModules,
    Rule,
    RuleContext,
    Saved,
    Story,
    calls_story,
    cause_story,
)

RULE = Rule("ML201", "adapter-save-omits-batch-norm", Category.SAVE, since="0.1", premise="statistics")


@RULE.on(Saved)
def check(event: Saved, context: RuleContext) -> Iterator[Finding]:
    moved = [layer for layer in event.moved if layer.kind == "batch_norm" and not layer.intended]
    if event.contents != "adapter" or event.named is None or not moved:
        return
    name = event.model.text or event.model.class_name
    attached = next(iter(context.about(event.model, AdapterAttached)), None)
    names = ", ".join(f'"{name}"' for name in event.normalization_names)
    yield context.report(
        f"`{name}` is saved without the BatchNorm statistics that training moved",
        subject=(event.model.key, ""),
        site=event.site,
        story=_story(event),
        certain=all(layer.certain and layer.mode == "train" for layer in moved),
        notes=(
            f"{len(moved)} BatchNorm layer{'s are' if len(moved) > 1 else ' is'} left out",
            f"name them: `modules_to_save=[{names}]`" if names else "name them in `modules_to_save`, or keep them in eval mode",
        ),
        repair=NameModules(attached.site, event.normalization_names) if attached is not None else None,
    )


def _story(event: Saved) -> Story:
    """What put the layers in train mode, the forward that moved them, and the save."""
    cause = next((layer.train for layer in event.moved if layer.train is not None), None)
    before = cause_story(cause, "train") if cause is not None else ()
    moving = (("this forward moves the running statistics", event.moved_by),) if event.moved_by is not None else ()
    return (*before, *moving, *calls_story(event.calls, event.site), ("saves the adapter only", event.site))

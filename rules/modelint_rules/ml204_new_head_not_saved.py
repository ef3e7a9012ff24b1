"""A new head of a pretrained model is left out of the adapter's checkpoint.

## What it does

Finds PEFT saves (`save_pretrained`, `get_peft_model_state_dict`) of a pretrained model that got a new layer, a classifier for instance, which
`modules_to_save` does not name.

## Why is this bad?

PEFT freezes everything but the adapter, so the head stays as it was initialised; and it saves the adapter only, so that whoever loads it
gets another random head. `modules_to_save` does both: the head is trained and saved. For the task types `SEQ_CLS`, `TOKEN_CLS` and
`QUESTION_ANS` PEFT names the usual heads itself.

## Example

```python
import torch
from peft import LoraConfig, get_peft_model
from torch import nn
from torchvision.models import vit_b_16


def main(batches):
    model = vit_b_16(weights="DEFAULT")
    model.heads = nn.Linear(768, 10)
    config = LoraConfig(target_modules=["out_proj"])
    model = get_peft_model(model, config)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    for x, y in batches:
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
        optimizer.zero_grad()
    model.save_pretrained("adapter")  # expect: ML204


main(torch.load("training.pt"))
```

## Use instead

```python
import torch
from peft import LoraConfig, get_peft_model
from torch import nn
from torchvision.models import vit_b_16


def main(batches):
    model = vit_b_16(weights="DEFAULT")
    model.heads = nn.Linear(768, 10)
    config = LoraConfig(target_modules=["out_proj"], modules_to_save=["heads"])
    model = get_peft_model(model, config)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    for x, y in batches:
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
        optimizer.zero_grad()
    model.save_pretrained("adapter")


main(torch.load("training.pt"))
```

## Fix safety

Unsafe: the head is named in `modules_to_save`, beside what is named there already, where the configuration is written in the program. It
is trained then, which it was not before.

## References

- [PEFT: `modules_to_save`](https://huggingface.co/docs/peft/developer_guides/troubleshooting#randomly-initialized-layers)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import AdapterAttached, Category, Finding, NameModules, NewPart, Rule, RuleContext, Saved, calls_story
from modelint_rules._layers import WITH_STATE

RULE = Rule("ML204", "new-head-not-saved", Category.SAVE, since="0.1")


@RULE.on(Saved)
def check(event: Saved, context: RuleContext) -> Iterator[Finding]:
    if event.contents != "adapter" or event.named is None:
        return
    new = [part for part in event.new if _has_weights(part) and not _is_saved_otherwise(part, context)]
    if not new:
        return
    attached = next(iter(context.about(event.model, AdapterAttached)), None)
    heads = tuple(part.path.removeprefix("base_model.model.") for part in new)
    named = ", ".join(f'"{head}"' for head in heads)
    name = event.model.text or event.model.class_name
    yield context.report(
        f"`{name}` is saved without its new part{'s' if len(heads) > 1 else ''} {_listed(heads)}",
        subject=(event.model.key, ""),
        site=event.site,
        story=(
            *(("a new layer, not loaded", part.created) for part in new[:1]),
            *((("an adapter is attached here, the rest frozen", attached.site),) if attached is not None else ()),
            *calls_story(event.calls, event.site),
            ("saves the adapter only", event.site),
        ),
        certain=True,
        notes=(f"name {'them' if len(heads) > 1 else 'it'}: `modules_to_save=[{named}]`",),
        repair=NameModules(attached.site, heads) if attached is not None else None,
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")


def _has_weights(part: NewPart) -> bool:
    return any(name.startswith("torch.nn.") and name.rpartition(".")[2] in WITH_STATE for name in part.classes)


def _is_saved_otherwise(part: NewPart, context: RuleContext) -> bool:
    return any(other.contents != "adapter" for key in part.keys for other in context.about_key(key, Saved))

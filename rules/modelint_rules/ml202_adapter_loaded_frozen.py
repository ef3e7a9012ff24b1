"""An adapter is loaded frozen and then trained.

## What it does

Finds training steps of a model that `PeftModel.from_pretrained` (or `AutoPeftModel...`) returned without `is_trainable=True`.

## Why is this bad?

The default loads an adapter for inference: none of its parameters requires gradients, and the whole model is in eval mode.
Calling `train()` changes the mode only. If something else in the loss requires gradients, or the optimizer was given all
parameters, the steps change nothing and nothing fails.

## Example

```python
import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM


def main(batches):
    base = AutoModelForCausalLM.from_pretrained("gpt2")
    model = PeftModel.from_pretrained(base, "adapter")  # expect: ML202
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    for batch in batches:
        model(**batch).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
```

## Use instead

```python
import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM


def main(batches):
    base = AutoModelForCausalLM.from_pretrained("gpt2")
    model = PeftModel.from_pretrained(base, "adapter", is_trainable=True)
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    for batch in batches:
        model(**batch).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
```

## Fix safety

Safe: `is_trainable=True` is what a program that trains the adapter means. Unsafe where `is_trainable=False` is written.

## References

- [PEFT: `PeftModel.from_pretrained`](https://huggingface.co/docs/peft/package_reference/peft_model)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import (
    AdapterLoaded,
    Category,
    Finding,
    Rule,
    RuleContext,
    SetArgument,
    TrainingStep,
    forward_story,
    short_name,
    training_story,
)

RULE = Rule("ML202", "adapter-loaded-frozen", Category.SAVE, since="0.1", premise="frozen")


@RULE.on(TrainingStep)
def check(step: TrainingStep, context: RuleContext) -> Iterator[Finding]:
    for forward in step.forwards:
        loads = context.about(forward.model, AdapterLoaded)
        if forward.model.unfrozen or any(load.trainable is not False for load in loads) or not forward.feasible:
            continue
        for load in loads:
            name = forward.model.text or forward.model.class_name
            who = f"`{short_name(load.model.loader)}`" if load.model.loader else "its loader"
            story = forward_story(
                forward, "forward pass", after=(("loaded for inference here, all parameters frozen", load.site),)
            )
            yield context.report(
                f"`{name}` is trained with a frozen adapter, as {who} returned it",
                subject=(forward.model.key, ""),
                site=load.site,
                evidence=forward.site,
                story=training_story(step, story),
                certain=forward.concrete and step.owned,
                notes=("load it with `is_trainable=True`",),
                repair=SetArgument(load.site, "is_trainable", "True"),
            )

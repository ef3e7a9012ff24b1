"""An adapter whose configuration says `inference_mode=True` is trained.

## What it does

Finds training steps of a model that got its adapter from a configuration with `inference_mode=True`.

## Why is this bad?

`inference_mode` has nothing to do with `eval()`: it freezes the adapter, so that nothing of the model requires gradients. The backward
raises, or, where something else in the loss requires gradients, every step changes nothing and nothing fails.

Programs that unfreeze the adapter later are fine: with `set_adapter`, or by setting `requires_grad` themselves.

## Example

```python
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM


def main(batches):
    config = LoraConfig(task_type="CAUSAL_LM", r=8, inference_mode=True)  # expect: ML203
    model = get_peft_model(AutoModelForCausalLM.from_pretrained("gpt2"), config)
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    for batch in batches:
        model(**batch).loss.backward()
        optimizer.step()
        optimizer.zero_grad()


main(torch.load("training.pt"))
```

## Use instead

```python
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM


def main(batches):
    config = LoraConfig(task_type="CAUSAL_LM", r=8, inference_mode=False)
    model = get_peft_model(AutoModelForCausalLM.from_pretrained("gpt2"), config)
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    for batch in batches:
        model(**batch).loss.backward()
        optimizer.step()
        optimizer.zero_grad()


main(torch.load("training.pt"))
```

## Fix safety

Unsafe, because it changes a value that somebody wrote: `inference_mode=False`.

## References

- [PEFT: `PeftConfig`](https://huggingface.co/docs/peft/package_reference/config)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import (
    AdapterAttached,
    AdapterLoaded,
    Category,
    Finding,
    Rule,
    RuleContext,
    SetArgument,
    TrainingStep,
    forward_story,
    training_story,
)

RULE = Rule("ML203", "adapter-config-for-inference", Category.SAVE, since="0.1", premise="made-frozen")


@RULE.on(TrainingStep)
def check(step: TrainingStep, context: RuleContext) -> Iterator[Finding]:
    for forward in step.forwards:
        attached = context.about(forward.model, AdapterAttached)
        trainable = any(load.trainable is not False for load in context.about(forward.model, AdapterLoaded))
        if trainable or forward.model.unfrozen or not forward.feasible or not all(map(_is_for_inference, attached)):
            continue
        for event in attached:
            site = event.configured or event.site
            before = (("configured for inference here", site), ("attached here, all of it frozen", event.site))
            name = forward.model.text or forward.model.class_name
            yield context.report(
                f"`{name}` is trained with an adapter that `inference_mode=True` freezes",
                subject=(forward.model.key, ""),
                site=site,
                evidence=forward.site,
                story=training_story(step, forward_story(forward, "forward pass", after=before)),
                certain=forward.concrete and step.owned,
                notes=("`inference_mode` freezes the adapter and does not set the mode",),
                repair=SetArgument(site, "inference_mode", "False") if event.configured is not None else None,
            )


def _is_for_inference(event: AdapterAttached) -> bool:
    return dict(event.config).get("inference_mode") is True

"""An optimizer was made before its model got an adapter, whose weights it does not hold.

## What it does

Finds steps of an optimizer that was given the parameters of a model before `get_peft_model` (or `add_adapter`) put an adapter into it.

## Why is this bad?

An adapter brings new parameters and freezes the others. An optimizer keeps the parameters that it was given: it steps on frozen ones,
which changes nothing, and the adapter stays as it was initialised. Nothing fails and the loss does not fall.

## Example

```python
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM


def main(batches):
    model = AutoModelForCausalLM.from_pretrained("gpt2")
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)  # expect: ML206
    model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM"))
    model.train()
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
    model = AutoModelForCausalLM.from_pretrained("gpt2")
    model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM"))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    model.train()
    for batch in batches:
        model(**batch).loss.backward()
        optimizer.step()
        optimizer.zero_grad()


main(torch.load("training.pt"))
```

## Fix safety

No fix: moving the statement is left to a person, since others may use the optimizer in between.

## References

- [PEFT: `get_peft_model` modifies the model in place](https://huggingface.co/docs/peft/package_reference/peft_model#peft.get_peft_model)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import Category, Finding, OutdatedStep, Rule, RuleContext, calls_story

RULE = Rule("ML206", "optimizer-built-before-adapter", Category.SAVE, since="0.1")


@RULE.on(OutdatedStep)
def check(event: OutdatedStep, context: RuleContext) -> Iterator[Finding]:
    name = event.model.text or event.model.class_name
    yield context.report(
        f"`{name}` is trained by an optimizer from before its adapter, whose weights it lacks",
        subject=(event.model.key, ""),
        site=event.optimizer,
        evidence=event.site,
        story=(
            ("the optimizer gets the parameters of the model here", event.optimizer),
            ("the adapter is attached here, the rest frozen", event.attached),
            *calls_story(event.calls, event.site),
            ("the optimizer steps here", event.site),
        ),
        certain=event.concrete,
        notes=("make the optimizer after the adapter",),
    )

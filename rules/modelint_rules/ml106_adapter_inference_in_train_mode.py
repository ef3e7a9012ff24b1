"""A model with an adapter generates or predicts in train mode.

## What it does

Finds inference with a PEFT model while its layers are in train mode: after a training loop, after `transformers.Trainer.train()`,
after `get_peft_model` or `PeftModel.from_pretrained(..., is_trainable=True)`, all of which leave the adapter in train mode. `generate`
never changes the mode.

## Why is this bad?

LoRA's dropout is applied to the input of every adapted layer. Even greedy decoding gives another text on every call, and
a worse one.

## Example

```python
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM


def main(batches, prompt):
    base = AutoModelForCausalLM.from_pretrained("gpt2")
    model = get_peft_model(base, LoraConfig(task_type="CAUSAL_LM", lora_dropout=0.1))
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    for batch in batches:
        model(**batch).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    print(model.generate(prompt))  # expect: ML106
```

## Use instead

```python
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM


def main(batches, prompt):
    base = AutoModelForCausalLM.from_pretrained("gpt2")
    model = get_peft_model(base, LoraConfig(task_type="CAUSAL_LM", lora_dropout=0.1))
    model.train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    for batch in batches:
        model(**batch).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    model.eval()
    print(model.generate(prompt))
```

## Fix safety

Safe: `eval()` before the inference, and where training goes on afterwards, also `train()` there.

## References

- [PEFT: LoRA configuration, `lora_dropout`](https://huggingface.co/docs/peft/package_reference/lora)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import (
    Category,
    Finding,
    InferenceForward,
    Rule,
    RuleContext,
    SetMode,
    cause_story,
    forward_story,
    part_name,
    wrong_parts,
)

RULE = Rule(
    "ML106",
    "adapter-inference-in-train-mode",
    Category.MODE,
    since="0.1",
    family="inference-in-train-mode",
    rank=1,
    premise="sensitive",
)


@RULE.on(InferenceForward)
def check(event: InferenceForward, context: RuleContext) -> Iterator[Finding]:
    forward = event.forward
    if not forward.model.adapter:
        return
    for part in wrong_parts(forward, "train"):
        if part.only_recurrent:
            continue
        name = part_name(forward.model, "")
        effect = "dropout is active" if "dropout" in part.kinds else "its layers behave as in training"
        yield context.report(
            f"`{name}` infers with its adapter in train mode: {effect}",
            subject=(forward.model.key, part.path),
            site=forward.site,
            story=forward_story(forward, "inference in train mode", after=cause_story(part.cause, "train")),
            certain=part.certain and event.weights_everywhere and event.reason != "returned_without_gradients",
            notes=(*part.layer_notes, *forward.notes, f"call `{name}.eval()` before it"),
            repair=SetMode("eval", forward, part.path, part.cause),
        )

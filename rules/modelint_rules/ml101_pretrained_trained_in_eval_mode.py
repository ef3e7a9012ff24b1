"""A pretrained model is trained in the eval mode in which its library returned it.

## What it does

Finds training steps that reach a model, or a part of one, which is still in the eval mode that it was created in. Many
loaders return eval mode: every `from_pretrained` of transformers, diffusers and huggingface_hub, `GLiNER.from_pretrained` and
`from_config`, `PeftModel.from_pretrained`; also as classes of the project inherit them. A new root module around such a part is in
train mode and hides it: `model.training` is true while everything inside is in eval.

## Why is this bad?

Dropout does nothing and BatchNorm keeps the statistics of the pretraining data, so the model is trained without the
regularisation that its configuration asks for. Nothing fails: the loss goes down, and faster than it should. Gradient
checkpointing of transformers is silently off as well.

## Example

```python
import torch
from transformers import BertForSequenceClassification


def finetune(batches):
    model = BertForSequenceClassification.from_pretrained("bert-base-uncased")  # expect: ML101
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-5)
    for batch in batches:
        loss = model(**batch).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
```

## Use instead

```python
import torch
from transformers import BertForSequenceClassification


def finetune(batches):
    model = BertForSequenceClassification.from_pretrained("bert-base-uncased")
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-5)
    model.train()
    for batch in batches:
        loss = model(**batch).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
```

## Fix safety

Safe where there is one place: `train()` on the model right before the loop that trains it, or at the start of each epoch
if something in the loop sets eval mode. Unsafe where a part of the model is meant to stay in eval mode. It changes the results of
the training, so look at them. Parts that are frozen on purpose (`requires_grad_(False)`, or an override of `train()`) are not
reported.

## References

- [transformers: `from_pretrained` sets evaluation mode](https://huggingface.co/docs/transformers/main_classes/model)
- [`torch.nn.Module.train`](https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.train)
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
    short_name,
    training_story,
    wrong_parts,
)

RULE = Rule(
    "ML101",
    "pretrained-trained-in-eval-mode",
    Category.MODE,
    since="0.1",
    family="trained-in-eval-mode",
    rank=2,
    premise="made-in-eval",
)


@RULE.on(TrainingStep)
def check(step: TrainingStep, context: RuleContext) -> Iterator[Finding]:
    if step.trainer:
        return
    for forward in step.forwards:
        for part in wrong_parts(forward, "eval"):
            if part.cause.kind not in ("loaded", "created") or part.only_recurrent:
                continue
            name = part_name(forward.model, part.path)
            who = f"`{short_name(part.cause.by)}` returned it" if part.cause.by else "its constructor left it"
            story = forward_story(forward, "forward pass in eval mode", after=cause_story(part.cause, "eval"))
            yield context.report(
                f"`{name}` is trained in eval mode, as {who}",
                subject=(forward.model.key, part.path),
                site=part.cause.site,
                evidence=forward.site,
                story=training_story(step, story),
                certain=part.certain and step.owned,
                notes=(*part.layer_notes, *forward.notes, f"call `{name}.train()` before the training loop"),
                repair=SetMode("train", forward, part.path, part.cause),
            )

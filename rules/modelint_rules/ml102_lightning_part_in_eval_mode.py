"""A part of a LightningModule is trained in the eval mode in which its library returned it.

## What it does

Finds `Trainer.fit` of a LightningModule that holds a part which was loaded in eval mode and which nothing puts in train mode.
From Lightning 2.2 on, `fit` keeps the mode of every module as it finds it, before and after validation. Before 2.2 it called
`train()` on the whole module first; the project's requirement, lock file or configuration decides which is assumed.

## Why is this bad?

The LightningModule itself says `training == True`, and so does its new head, while the pretrained part inside runs without
dropout and with fixed BatchNorm statistics in every epoch. The loss goes down and nothing fails.

## Example

```python
import lightning as L
import torch
from transformers import BertForSequenceClassification


class Classifier(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.bert = BertForSequenceClassification.from_pretrained("bert-base-uncased")  # expect: ML102

    def training_step(self, batch, batch_idx):
        return self.bert(**batch).loss

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=2e-5)


def main(loader):
    trainer = L.Trainer(max_epochs=3)
    trainer.fit(Classifier(), loader)
```

## Use instead

```python
import lightning as L
import torch
from transformers import BertForSequenceClassification


class Classifier(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.bert = BertForSequenceClassification.from_pretrained("bert-base-uncased").train()

    def training_step(self, batch, batch_idx):
        return self.bert(**batch).loss

    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=2e-5)


def main(loader):
    trainer = L.Trainer(max_epochs=3)
    trainer.fit(Classifier(), loader)
```

## Fix safety

Safe: `train()` is called on the part where it is loaded. There is no fix where the loader's result is taken apart at once. A part
that is frozen (`requires_grad_(False)` and `eval()`) is not reported.

## References

- [Lightning 2.2 release notes: modes are kept as the user set them](https://github.com/Lightning-AI/pytorch-lightning/releases/tag/2.2.0)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import (
    CallOn,
    Category,
    Finding,
    Rule,
    RuleContext,
    TrainingStep,
    cause_story,
    forward_story,
    part_name,
    short_name,
    training_story,
    wrong_parts,
)

RULE = Rule(
    "ML102",
    "lightning-part-in-eval-mode",
    Category.MODE,
    since="0.1",
    family="trained-in-eval-mode",
    rank=1,
    premise="made-in-eval",
)


@RULE.on(TrainingStep)
def check(step: TrainingStep, context: RuleContext) -> Iterator[Finding]:
    if not step.trainer.startswith(("lightning.", "pytorch_lightning.")):
        return
    for forward in step.forwards:
        for part in wrong_parts(forward, "eval"):
            if part.cause.kind not in ("loaded", "created") or part.only_recurrent:
                continue
            name = part_name(forward.model, part.path)
            who = f"`{short_name(part.cause.by)}` returned it" if part.cause.by else "its constructor left it"
            story = forward_story(forward, "forward pass in eval mode", after=cause_story(part.cause, "eval"))
            yield context.report(
                f"`{name}` is trained by Lightning in eval mode, as {who}",
                subject=(forward.model.key, part.path),
                site=part.cause.site,
                evidence=forward.site,
                story=training_story(step, story),
                certain=part.certain,
                notes=(*part.layer_notes, *forward.notes, "call `train()` on it where it is loaded, or in `on_fit_start`"),
                repair=CallOn(part.cause.site, "train"),
            )

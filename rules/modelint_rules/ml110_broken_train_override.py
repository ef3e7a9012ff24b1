"""An override of `train()` does not do what its callers expect.

## What it does

Finds classes of modules with a `train` of their own that takes no mode, that sets train mode even when it is called with False, that
forgets the layers of the class because it does not reach `nn.Module.train`, or that does not return the object.

An override that keeps a part in eval mode on purpose is fine, and so is one that does nothing at all. But it has an effect only once
it is called: a class that keeps its BatchNorm in eval mode this way and is trained before anything calls `train()` is found too. A
Lightning Trainer does not call it from version 2.2 on.

## Why is this bad?

`eval()` is `train(False)`, and `nn.Module.train` calls the `train` of every part with the mode. So an override that drops the mode
breaks `eval()` of the model and of every model that holds it: dropout stays live in evaluation. One that does not return the object
makes `model = Net().eval()` None.

## Example

```python
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8))
        self.head = nn.Sequential(nn.Dropout(), nn.Linear(8, 2))

    def forward(self, x):
        return self.head(self.backbone(x))

    def train(self, mode=True):  # expect: ML110
        super().train()
        self.backbone.eval()
```

## Use instead

```python
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8))
        self.head = nn.Sequential(nn.Dropout(), nn.Linear(8, 2))

    def forward(self, x):
        return self.head(self.backbone(x))

    def train(self, mode=True):
        super().train(mode)
        self.backbone.eval()
        return self
```

## Fix safety

Safe where only `return self` is missing. Handing the mode on changes what `eval()` does, which is what is wanted, and is unsafe.

## References

- [`torch.nn.Module.train`](https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.train)
- [`torch.nn.Module.eval`: equivalent to `self.train(False)`](https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.eval)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import (
    Category,
    CompleteTrain,
    Finding,
    ModuleBuilt,
    Premise,
    Rule,
    RuleContext,
    TrainingStep,
    TrainOverride,
    cause_story,
    forward_story,
    part_name,
    short_name,
    training_story,
)

RULE = Rule("ML110", "broken-train-override", Category.MODE, since="0.1")

PROBLEMS = {
    "no_argument": "takes no mode: `eval()` calls `train(False)` and raises",
    "ignores_false": "drops the mode: called with False it sets train mode",
    "misses": "does not call `super().train(mode)`: `eval()` leaves layers in train mode",
}
PREMISES: dict[str, Premise] = {"no_argument": "eval-raises", "ignores_false": "eval-is-partial", "misses": "eval-is-partial"}
"""By problem; without one, it is what `eval()` returns."""
RETURNS = {"nothing": "does not return `self`: `eval()` gives None", "other": "returns something else than `self`"}


@RULE.on(ModuleBuilt)
def check(event: ModuleBuilt, context: RuleContext) -> Iterator[Finding]:
    override = event.train
    if override is None:
        return
    problem = PROBLEMS.get(override.problem)
    if problem is None and not override.own_eval:
        problem = RETURNS.get(override.returns)
    if problem is None:
        return
    yield context.report(
        f"`{event.class_name}.train` {problem}",
        subject=(f"{override.site.path}:{override.site.function}", ""),
        site=override.site,
        story=(("overrides `train` here", override.site),),
        certain=True,
        notes=tuple(_notes(override)),
        repair=CompleteTrain(override.site, override.problem, override.returns == "self"),
        premise=PREMISES.get(override.problem, "eval-returns-no-self"),
    )


@RULE.on(TrainingStep)
def check_heeded(step: TrainingStep, context: RuleContext) -> Iterator[Finding]:
    for forward in step.forwards:
        for layer in forward.layers:
            if layer.unheeded is None or layer.train is None or not forward.feasible:
                continue
            story = forward_story(forward, "forward pass in train mode", after=cause_story(layer.train, "train"))
            yield context.report(
                f"`{short_name(layer.unheeded.function)}` keeps a layer in eval mode, but nothing calls it before training",
                subject=(f"{layer.unheeded.path}:{layer.unheeded.function}", ""),
                site=layer.unheeded,
                evidence=forward.site,
                story=training_story(step, story),
                certain=forward.concrete and step.owned,
                notes=(f"still in train mode: `{part_name(forward.model, layer.path)}`", f"call `train()`{_where(step)}"),
                premise="train-keeps-eval",
            )


def _where(step: TrainingStep) -> str:
    if "lightning" in step.trainer:
        return " at the end of `__init__`: a Lightning Trainer does not do it from version 2.2 on"
    return " before the loop"


def _notes(override: TrainOverride) -> Iterator[str]:
    if override.missed:
        shown = ", ".join(f"`{path or 'the module itself'}`" for path in override.missed[:3])
        more = f" and {len(override.missed) - 3} more" if len(override.missed) > 3 else ""
        yield f"in train mode after `eval()`: {shown}{more}"
    if override.problem and override.returns in RETURNS:
        yield "it does not return `self` either"
    yield "write `def train(self, mode=True)`, call `super().train(mode)`, return `self`"

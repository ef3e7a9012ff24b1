"""A dropout does not follow the mode of its module.

## What it does

Finds, in the code that a module's `forward` runs, dropouts that stay active in eval mode: `F.dropout(x)` without `training=`,
attention functions with a fixed `dropout_p`, an `nn.Dropout` that is built inside `forward`, which is always in train mode because
nobody can reach it, and dropouts made by hand: a random mask (`bernoulli_`, or `torch.rand` compared with a probability), divided by the
probability that it keeps with. A mask that is not divided is noise or sampling, and meant. `training=True`, written out, is taken to be meant: it is how Monte Carlo dropout is done. So is a dropout that only runs in eval mode.

## Why is this bad?

`eval()` does not switch it off. Every evaluation and every prediction is random, and nothing in the module's mode shows it.

## Example

```python
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(8, 8)

    def forward(self, x):
        return F.dropout(self.linear(x), p=0.1)  # expect: ML108
```

## Use instead

```python
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(8, 8)

    def forward(self, x):
        return F.dropout(self.linear(x), p=0.1, training=self.training)
```

## Fix safety

Safe where the call is in a method: `training=self.training`, and `dropout_p=p if self.training else 0.0` for attention. It changes
the results of evaluation, which is what is wanted; a model that samples with dropout on purpose says so with
`# modelint: ignore[ML108]`. An `nn.Dropout` that is built inside `forward` has to be moved by hand, and
what is made by hand needs a test of `self.training` around it.

## References

- [`torch.nn.functional.dropout`: `training` is true unless given](https://pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html)
- [`scaled_dot_product_attention`: dropout is always applied according to `dropout_p`](https://pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import Category, Finding, FollowMode, FunctionalDropout, Rule, RuleContext

RULE = Rule("ML108", "dropout-ignores-mode", Category.MODE, since="0.1")

PROBLEMS = {
    "default": ("`training` is not given and defaults to True", "pass `training=self.training`"),
    "dropout_p": ("`dropout_p` applies in eval mode too", "pass `dropout_p=p if self.training else 0.0`"),
    "built": ("built inside `forward`, it is always in train mode", "build it in `__init__`"),
    "made": (
        "this mask, divided by the probability that it keeps with, is a dropout made by hand",
        "return the input as it is unless `self.training`",
    ),
}


@RULE.on(FunctionalDropout)
def check(event: FunctionalDropout, context: RuleContext) -> Iterator[Finding]:
    problem, advice = PROBLEMS[event.problem]
    yield context.report(
        f"`{event.what}` ignores the mode: {problem}",
        subject=(f"{event.site.path}:{event.site.span.row}:{event.site.span.column}", ""),
        site=event.site,
        story=((f"drops in eval mode too{f', in `{event.class_name}`' if event.class_name else ''}", event.site),),
        certain=True,
        notes=(advice,),
        repair=FollowMode(event.site, event.problem),
    )

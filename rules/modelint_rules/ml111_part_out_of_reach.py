"""Modules are kept in a plain list or dict, where the module that holds them does not know them.

## What it does

Finds constructors of modules that keep layers with weights in a plain list, dict or tuple in an attribute, and register them nowhere
else.

## Why is this bad?

Only attributes that are modules themselves, and what `nn.ModuleList` and `nn.ModuleDict` hold, are parts of a module. All that goes
through the parts misses the others: `parameters()` (the optimizer does not train them), `state_dict()` (they are not saved), `to()` (they
stay on the CPU), `train()` and `eval()` (their dropout stays live).

Modules that the class looks after itself, that are frozen or in eval mode, that come from outside, or that are alone in their list are kept
apart on purpose.

## Example

```python
from torch import nn


class Net(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.layers = [nn.Linear(8, 8) for _ in range(depth)]  # expect: ML111

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
```

## Use instead

```python
from torch import nn


class Net(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(8, 8) for _ in range(depth)])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
```

## Fix safety

Unsafe: checkpoints of the module have more keys then, and training changes what it did not change before. Offered where the container
is written right where the attribute is set, and the file imports `torch.nn`.

## References

- [`torch.nn.ModuleList`](https://pytorch.org/docs/stable/generated/torch.nn.ModuleList.html)
- [`torch.nn.ModuleDict`](https://pytorch.org/docs/stable/generated/torch.nn.ModuleDict.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import Category, Finding, HiddenParts, ModuleBuilt, Rule, RuleContext, WrapModules
from modelint_rules._layers import WITH_STATE

RULE = Rule("ML111", "part-out-of-reach", Category.MODE, since="0.1", premise="out-of-reach")

LIVE = frozenset("Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout".split())
"""Layers of `torch.nn` without weights that depend on the mode."""
WRAPPERS = {"list": "ModuleList", "tuple": "ModuleList", "dict": "ModuleDict"}


@RULE.on(ModuleBuilt)
def check(event: ModuleBuilt, context: RuleContext) -> Iterator[Finding]:
    for hidden in event.hidden:
        missed = _missed(hidden)
        if not missed:
            continue
        owner = hidden.site.function.rpartition(".")[0] or event.class_name
        wrapper = WRAPPERS[hidden.container]
        yield context.report(
            f"`{owner}.{hidden.attribute}` is a plain {hidden.container}: {missed} do not reach what is in it",
            subject=(f"{hidden.site.path}:{owner}", hidden.attribute),
            site=hidden.site,
            story=(("holds modules that are no parts of the object", hidden.site),),
            certain=hidden.certain,
            notes=(f"in it: {_listed(hidden.classes)}", f"use `nn.{wrapper}`"),
            repair=WrapModules(hidden.site, wrapper),
        )


def _missed(hidden: HiddenParts) -> str:
    names = {name.rpartition(".")[2] for name in hidden.classes if name.startswith("torch.nn.")}
    if names & WITH_STATE:
        return "`parameters()`, `to()` and `train()`"
    return "`train()` and `eval()`" if names & LIVE else ""


def _listed(classes: tuple[str, ...]) -> str:
    names = sorted({name.rpartition(".")[2] for name in classes})
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return ", ".join(f"`{name}`" for name in names[:4]) + more

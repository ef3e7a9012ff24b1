"""`model.eval` or `model.train` is named where a call was meant.

## What it does

Finds the expression `model.eval`, `model.train` of a module standing alone as a statement.

## Why is this bad?

It looks up the method and does nothing: the mode stays what it was. Python gives neither an error nor a warning.

## Example

```python
import torch
from torch import nn

model = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5))
model.load_state_dict(torch.load("model.pt"))
model.eval  # expect: ML105
```

## Use instead

```python
import torch
from torch import nn

model = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5))
model.load_state_dict(torch.load("model.pt"))
model.eval()
```

## Fix safety

Safe: the parentheses are what was meant. It changes what the program does.

## References

- [`torch.nn.Module.eval`](https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.eval)
"""

from __future__ import annotations

from collections.abc import Iterator

from modelint.api import CallIt, Category, Finding, ModeMethodNotCalled, Rule, RuleContext

RULE = Rule("ML105", "mode-method-not-called", Category.MODE, since="0.1", premise="sensitive")


@RULE.on(ModeMethodNotCalled)
def check(event: ModeMethodNotCalled, context: RuleContext) -> Iterator[Finding]:
    text = event.text or f"model.{event.method}"
    yield context.report(
        f"`{text}` is not called: without parentheses it changes nothing",
        subject=(event.model.key, event.method),
        site=event.site,
        story=((f"names the method `{event.method}`, but does not call it", event.site),),
        certain=True,
        notes=(f"write `{text}()`",),
        repair=CallIt(event.site),
    )

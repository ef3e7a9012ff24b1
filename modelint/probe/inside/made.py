"""The model that a call made, also where it does not return it."""

from __future__ import annotations

import weakref
from typing import Any

from torch import nn

_CONSTRUCTOR = "__init__"


class Made:
    """Notes the modules that are made inside of its `with` block."""

    def __init__(self) -> None:
        self._references: list[weakref.ref[nn.Module]] = []
        self._original: Any = getattr(nn.Module, _CONSTRUCTOR)

    def __enter__(self) -> Made:
        original, references = self._original, self._references

        def noted(module: nn.Module, *args: Any, **kwargs: Any) -> None:
            references.append(weakref.ref(module))
            original(module, *args, **kwargs)

        setattr(nn.Module, _CONSTRUCTOR, noted)
        return self

    def __exit__(self, *exception: object) -> None:
        setattr(nn.Module, _CONSTRUCTOR, self._original)

    def model(self, value: object) -> nn.Module:
        """What was returned, if it is a model. Else the one model that was made and kept: in a tuple, a pipeline, a library's own
        variable."""
        if isinstance(value, nn.Module):
            return value
        alive = {id(module): module for reference in self._references if (module := reference()) is not None}
        below = {id(part) for module in alive.values() for part in module.modules() if part is not module}
        found = [module for key, module in alive.items() if key not in below and next(module.parameters(), None) is not None]
        if len(found) == 1:
            return found[0]
        what = f"no model but a {type(value).__name__}" if not found else f"not one model but {len(found)}"
        raise TypeError(f"what is made there is {what}")

"""The models of a run, numbered in the order in which they were seen, and the adapters in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from torch import nn
from torch.utils.weak import WeakIdKeyDictionary

from modelint.probe.inside.origins import Birth, Origins
from modelint.probe.inside.stacks import Stacks

CONFIGURATIONS = "peft_config"
"""The attribute in which a model with adapters keeps their configurations by name."""
CONSTANT = (str, int, float, bool, type(None))


class ModelRecord(NamedTuple):
    """A model. `adapter`: it is or holds one of the classes that packs call adapters, `trainable`: whether that could be trained.
    `loaded` and `attached` are the stacks of what did so with the adapter, -1 for the other; `configured` is that of the making of
    its configuration, `configuration` the constants in it."""

    class_name: str
    created: int
    loader: str
    adapter: bool
    trainable: bool
    loaded: int
    attached: int
    configured: int
    configuration: dict[str, Any]


class Models:
    """Numbers and records of the models of a process. `adapters`: dotted names of the classes of adapters."""

    def __init__(self, stacks: Stacks, origins: Origins, adapters: Collection[str]) -> None:
        self._stacks, self._origins, self._adapters = stacks, origins, frozenset(adapters)
        self._numbers: Any = WeakIdKeyDictionary()
        self._configured: Any = WeakIdKeyDictionary()
        self._adapter_births: list[Birth | None] = []
        self.records: list[ModelRecord] = []

    def number(self, root: nn.Module) -> int:
        number: int | None = self._numbers.get(root)
        if number is None:
            number = self._numbers[root] = len(self.records)
            self.records.append(self._record(root))
        return number

    def record(self, root: nn.Module) -> ModelRecord:
        return self.records[self.number(root)]

    def known(self) -> Iterator[nn.Module]:
        """The models that still exist."""
        yield from list(self._numbers.keys())

    def configured(self, configuration: object) -> None:
        """A configuration of an adapter was made."""
        self._configured[configuration] = self._stacks.current().stack

    def adapter_birth(self, root: nn.Module) -> Birth | None:
        """The call that put an adapter into a model."""
        return self._adapter_births[self.number(root)]

    def _adapter(self, root: nn.Module) -> nn.Module | None:
        return next((part for part in root.modules() if self._is_adapter(part)), None)

    def _is_adapter(self, module: nn.Module) -> bool:
        return any(f"{cls.__module__}.{cls.__qualname__}" in self._adapters for cls in type(module).__mro__)

    def _record(self, root: nn.Module) -> ModelRecord:
        birth, adapter = self._origins.birth(root), self._adapter(root)
        came = self._origins.birth(adapter) if adapter is not None else None
        self._adapter_births.append(came)
        stack = came.call.stack if came is not None else -1
        is_loaded = came is not None and came.call.name == "from_pretrained"
        configuration = _configuration(root) if adapter is not None else None
        return ModelRecord(
            type(root).__qualname__,
            birth.call.stack if birth is not None else -1,
            birth.call.by if birth is not None and self._origins.causes[birth.number].kind == "loaded" else "",
            adapter is not None,
            adapter is None or any(parameter.requires_grad for parameter in adapter.parameters()),
            stack if is_loaded else -1,
            -1 if is_loaded else stack,
            self._configured.get(configuration, -1) if configuration is not None else -1,
            {name: value for name, value in vars(configuration).items() if type(value) in CONSTANT} if configuration else {},
        )


def _configuration(root: nn.Module) -> Any:
    """The configuration of the first adapter in a model, None if there is no such thing."""
    held = (getattr(part, CONFIGURATIONS, None) for part in root.modules())
    by_name = next((each for each in held if isinstance(each, dict)), {})
    return next(iter(by_name.values()), None)

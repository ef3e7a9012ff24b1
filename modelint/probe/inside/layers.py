"""The mode-sensitive layers of a model with their modes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import NamedTuple

from torch import nn

from modelint.probe.inside.kinds import details_of, kind_of
from modelint.probe.inside.origins import Origins


class Layer(NamedTuple):
    """One layer at one forward. `training`: None if it ran in both modes. `cause` is the number of what set its mode, -1 if that is not known; `direct`: it was set on this
    very layer; `frozen`: no parameter of the nearest module around it that has any requires gradients; `overridden`: a class of
    the user's around it has a `train` of its own, or such a one set its mode; `left`: the number of the frozen part that was left in train mode, -1 for none."""

    path: str
    kind: str
    training: bool | None
    cause: int
    direct: bool
    frozen: bool
    overridden: bool
    details: str
    left: int


@dataclass(slots=True)
class Found:
    """A sensitive layer on the way through a model."""

    path: str
    module: nn.Module
    kind: str
    overridden: bool
    holder: nn.Module | None = None
    frozen: bool = False


def sensitive(root: nn.Module, is_users: Callable[[object], bool]) -> list[Found]:
    """The mode-sensitive modules in `root`, itself included, in the order of its parts."""
    found: list[Found] = []
    seen: set[int] = set()

    def visit(module: nn.Module, path: str, overridden: bool, pending: list[Found]) -> tuple[bool, bool]:
        """Whether the module has parameters, and any that requires gradients. Layers that have none wait in `pending`."""
        seen.add(id(module))
        overridden = overridden or is_users(type(module).train)
        own: list[Found] = []
        if kind := kind_of(module, is_users):
            own.append(Found(path, module, kind, overridden))
            found.append(own[0])
        parameters = [parameter for parameter in module._parameters.values() if parameter is not None]
        has, trainable = bool(parameters), any(parameter.requires_grad for parameter in parameters)
        for name, child in module._modules.items():
            if child is not None and id(child) not in seen:
                below = visit(child, f"{path}.{name}" if path else name, overridden, own)
                has, trainable = has or below[0], trainable or below[1]
        if not has:
            pending.extend(own)
            return False, False
        for layer in own:
            layer.holder, layer.frozen = module, not trainable
        return has, trainable

    visit(root, "", False, [])
    return found


def of_others(root: nn.Module, is_users: Callable[[object], bool]) -> set[int]:
    """The identities of what is in parts of `root` that have a `train` of their own: they switch themselves."""
    others = [each for each in root.modules() if each is not root and is_users(type(each).train)]
    return {id(below) for other in others for below in other.modules()}


def layers_of(
    root: nn.Module, found: list[Found], origins: Origins, left: Callable[[nn.Module, Found], int]
) -> tuple[Layer, ...]:
    """The layers that were found in `root` as they are now; `left` gives the number of the frozen part that one of them was left in train
    mode with."""
    layers = []
    for each in found:
        module = each.module
        cause, direct = origins.mode(module, module.training)
        details = details_of(module, each.kind)
        overridden = each.overridden or origins.is_by_override(cause)
        seen = (each.path, each.kind, module.training, cause, direct, each.frozen, overridden, details)
        layers.append(Layer(*seen, left(root, each)))
    return tuple(layers)


def as_they_ran(
    layers: tuple[Layer, ...], found: list[Found], ran: Mapping[int, Set[bool]], origins: Origins
) -> tuple[Layer, ...]:
    """The layers in the modes in which they were called, for those that were, instead of the modes before the forward that holds them."""
    if all(ran[id(each.module)] <= {layer.training} for layer, each in zip(layers, found, strict=True)):
        return layers
    result = []
    for layer, each in zip(layers, found, strict=True):
        modes = ran[id(each.module)]
        if modes and modes != {layer.training}:
            training = next(iter(modes)) if len(modes) == 1 else None
            cause, direct = (-1, False) if training is None else origins.mode(each.module, training)
            layer = layer._replace(training=training, cause=cause, direct=direct, left=-1)
        result.append(layer)
    return tuple(result)

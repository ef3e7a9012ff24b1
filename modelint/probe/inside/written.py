"""The tensors that a save writes, and whether those of a model are among them."""

from __future__ import annotations

from functools import cached_property

import torch

from modelint.probe.inside.lineage import tensors_in

COMPARED = 16
"""How many numbers of two tensors are compared."""


class Written:
    """Those in a value. A copy counts as what it was made of: who saves from a GPU often brings the tensors to the CPU first."""

    def __init__(self, value: object) -> None:
        self._tensors = list(tensors_in(value))
        self._pointers = {tensor.data_ptr() for tensor in self._tensors}
        self._shapes = {tensor.shape for tensor in self._tensors}

    def __bool__(self) -> bool:
        return bool(self._tensors)

    def holds(self, tensor: torch.Tensor) -> bool:
        """Whether the tensor or a copy of it is among them."""
        if tensor.data_ptr() in self._pointers:
            return True
        return tensor.shape in self._shapes and _first_numbers(tensor) in self._first_numbers

    @cached_property
    def _first_numbers(self) -> set[tuple[object, ...]]:
        return set(map(_first_numbers, self._tensors))


def _first_numbers(tensor: torch.Tensor) -> tuple[object, ...]:
    """What a copy has in common with a tensor. Of those that need other processes or have no numbers at hand, only themselves."""
    if type(tensor) not in (torch.Tensor, torch.nn.Parameter) or tensor.is_meta or tensor.layout is not torch.strided:
        return (id(tensor),)
    with torch._C.DisableTorchFunction():  # the program has not looked at them
        return tensor.shape, str(tensor.detach().reshape(-1)[:COMPARED].tolist())

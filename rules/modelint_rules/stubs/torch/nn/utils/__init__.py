"""Clipping and packing are the default of an unresolved call; what rewrites a module is here. Facts: rewritten modules."""

from modelint_stub import sensitive
from torch.nn.utils import parametrizations


def spectral_norm(module, *args, **kwargs):
    """A hook that moves its buffers in train mode."""
    sensitive(module, "other")
    return module


def weight_norm(module, *args, **kwargs):
    return module


def remove_weight_norm(module, *args, **kwargs):
    return module


def remove_spectral_norm(module, *args, **kwargs):
    return module

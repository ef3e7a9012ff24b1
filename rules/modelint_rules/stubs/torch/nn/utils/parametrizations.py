"""A parametrization is a part in the mode that the module has. Facts: rewritten modules."""

from modelint_stub import sensitive
from torch.nn.modules.module import Module


class _SpectralNorm(Module):
    """Moves its buffers in train mode."""

    def __init__(self):
        sensitive(self, "other")


def spectral_norm(module, *args, **kwargs):
    module.parametrizations = _SpectralNorm().train(module.training)
    return module


def weight_norm(module, *args, **kwargs):
    return module


def orthogonal(module, *args, **kwargs):
    return module

"""torch: gradient modes, saving, compiling."""

from modelint_stub import saved_values, sink, uniform, unknown
from torch import amp, autograd, cpu, cuda, distributed, func, fx, hub, jit, nn, optim, utils
from torch.amp import autocast
from torch.autograd.grad_mode import enable_grad, inference_mode, is_grad_enabled, no_grad, set_grad_enabled


def compile(*models, **options):
    """`OptimizedModule.training` mirrors the inner flag both ways, so the result is the model itself. Fact: compile.

    Without a model it decorates. A model of which nothing is known is not taken to be None, as a default would have it."""
    if models:
        return models[0]
    if "model" in options:
        return options["model"]
    return lambda function: function


def load(*args, **kwargs):
    """A state dict or a pickled module with whatever modes it was saved in. Fact: pickled."""
    return unknown()


def rand(*size, **options):
    return uniform()


def rand_like(input, **options):
    return uniform()


def save(obj, *args, **kwargs):
    saved_values(obj)
    sink(obj)

"""Losses, miners and what they are made of do the same in both modes. Facts: metric learning."""

from torch.nn.modules.module import Module


def __getattr__(name):
    if name[0].isupper():
        return type(name, (Module,), {})
    raise AttributeError(name)

"""The same in both modes, those too that draw at random. Facts: transforms."""

from torch.nn.modules.container import Sequential
from torch.nn.modules.module import Module


def __getattr__(name):
    if name.endswith("Sequential"):
        return type(name, (Sequential,), {})
    if name[0].isupper() and name != "DexiNed":  # a network, which older versions keep among the filters
        return type(name, (Module,), {})
    raise AttributeError(name)

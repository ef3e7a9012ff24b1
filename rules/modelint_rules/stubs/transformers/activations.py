"""The same in both modes. Fact: layers of transformers."""

from torch.nn.modules.module import Module


class _Activations:
    def __getitem__(self, name):
        return Module()


ACT2FN = _Activations()


def get_activation(name):
    return Module()


def __getattr__(name):
    if name[0].isupper():
        return type(name, (Module,), {})
    raise AttributeError(name)

"""Transforms do the same in both modes, also those that draw at random. Facts: transforms.

Some are modules and some are not; nothing depends on it.
"""

from modelint_stub import data


class _Transform:
    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, *inputs):
        return data(*inputs)


class Compose(_Transform):
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, *inputs):
        value = data(*inputs)
        for transform in self.transforms:
            value = transform(value)
        return value


class Lambda(_Transform):
    def __init__(self, lambd, *args):
        self.lambd = lambd

    def __call__(self, *inputs):
        return self.lambd(*inputs)


def __getattr__(name):
    if name[0].isupper() and name not in ("AutoAugmentPolicy", "InterpolationMode"):
        return type(name, (_Transform,), {})
    raise AttributeError(name)

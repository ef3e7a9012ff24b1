"""Its modules need no call of `super().__init__`."""

from torch import nn


class Module(nn.Module): pass  # fmt: skip

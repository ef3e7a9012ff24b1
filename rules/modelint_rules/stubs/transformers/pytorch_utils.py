"""Fact: layers of transformers."""

from torch.nn.modules.module import Module


class Conv1D(Module): pass  # fmt: skip

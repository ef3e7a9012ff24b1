"""The layers that depend on the mode. Facts: learners of fastai."""

from fastai.torch_core import Module
from modelint_stub import add_layers
from torch import nn


class LinBnDrop(nn.Sequential):
    def __init__(self, n_in, n_out, bn=True, p=0.0, *args, **kwargs):
        super().__init__()
        if bn:
            self.bn = nn.BatchNorm1d(n_out)
        if p != 0:
            self.drop = nn.Dropout(p)


class ConvLayer(nn.Sequential):
    def __init__(self, *args, norm_type=None, **kwargs):
        super().__init__()
        add_layers(self, "batch_norm" if norm_type is None else "unknown")

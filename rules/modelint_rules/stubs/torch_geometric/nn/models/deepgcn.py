"""Facts: models of torch_geometric."""

from modelint_stub import sensitive
from torch.nn.modules.module import Module


class DeepGCNLayer(Module):
    def __init__(self, conv=None, norm=None, act=None, block="res+", dropout=0.0, ckpt_grad=False):
        self.conv = conv
        self.norm = norm
        self.act = act
        if dropout > 0:
            sensitive(self, "dropout")

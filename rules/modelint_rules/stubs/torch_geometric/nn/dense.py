"""Facts: layers of torch_geometric."""

from modelint_stub import sensitive
from torch.nn.modules.module import Module


# fmt: off
class Linear(Module): pass
class HeteroLinear(Module): pass
class HeteroDictLinear(Module): pass
class DenseGCNConv(Module): pass
class DenseGraphConv(Module): pass
class DenseSAGEConv(Module): pass
# fmt: on


class DenseGINConv(Module):
    def __init__(self, nn, *args, **kwargs):
        self.nn = nn


class DenseGATConv(Module):
    def __init__(self, in_channels, out_channels, heads=1, concat=True, negative_slope=0.2, dropout=0.0, *args, **kwargs):
        if dropout > 0:
            sensitive(self, "dropout")


class DMoNPooling(Module):
    def __init__(self, channels, k, dropout=0.0):
        if dropout > 0:
            sensitive(self, "dropout")

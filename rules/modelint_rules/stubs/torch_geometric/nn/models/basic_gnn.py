"""Facts: models of torch_geometric."""

from torch.nn.modules.container import ModuleList
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.module import Module
from torch_geometric.nn.conv import GATConv, GCNConv
from torch_geometric.nn.models.jumping_knowledge import JumpingKnowledge
from torch_geometric.nn.models.mlp import MLP
from torch_geometric.nn.norm import _normalization


class BasicGNN(Module):
    def __init__(
        self, in_channels, hidden_channels, num_layers, out_channels=None, dropout=0.0, act="relu", act_first=False,
        act_kwargs=None, norm=None, norm_kwargs=None, jk=None, **kwargs,
    ):  # fmt: skip
        self.dropout = Dropout(dropout)
        self.convs = ModuleList([self._convolution(norm, dropout)])
        self.norms = ModuleList()
        if num_layers > 1 or jk is not None:
            self.norms.append(_normalization(norm, norm_kwargs))
        if jk is not None and jk != "last":
            self.jk = JumpingKnowledge(jk)

    def _convolution(self, norm, dropout):
        return Module()

    def reset_parameters(self):
        pass


# fmt: off
class GCN(BasicGNN): pass
class GraphSAGE(BasicGNN): pass
class PNA(BasicGNN): pass
# fmt: on


class GAT(BasicGNN):
    def _convolution(self, norm, dropout):
        return GATConv(1, 1, dropout=dropout)


class GIN(BasicGNN):
    """The normalization is in the network of each convolution as well."""

    def _convolution(self, norm, dropout):
        return _normalization(norm)


class EdgeCNN(GIN): pass  # fmt: skip

"""Facts: layers of torch_geometric."""

from modelint_stub import sensitive
from torch.nn.modules.module import Module


# fmt: off
class TopKPooling(Module): pass
class SAGPooling(Module): pass
class PANPooling(Module): pass
class MemPooling(Module): pass
# fmt: on


class EdgePooling(Module):
    def __init__(self, in_channels, edge_score_method=None, dropout=0.0, *args, **kwargs):
        if dropout > 0:
            sensitive(self, "dropout")


class ClusterPooling(EdgePooling): pass  # fmt: skip


class ASAPooling(Module):
    def __init__(self, in_channels, ratio=0.5, GNN=None, dropout=0.0, *args, **kwargs):
        if dropout > 0:
            sensitive(self, "dropout")

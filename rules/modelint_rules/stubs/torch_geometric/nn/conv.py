"""Which convolutions depend on the mode, and on which of their arguments. Facts: layers of torch_geometric."""

from modelint_stub import add_layers, data, known, parameters, sensitive
from torch.nn.modules.batchnorm import BatchNorm1d
from torch.nn.modules.container import ModuleList
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.module import Module
from torch_geometric.nn.norm import _normalization


class MessagePassing(Module):
    """`propagate` calls what a subclass defines, with arguments chosen by their names."""

    def __init__(self, aggr="sum", *args, **kwargs):
        if isinstance(aggr, Module):
            self.aggr_module = aggr
        elif known(aggr) and aggr == "lstm":
            add_layers(self, "rnn")

    def propagate(self, edge_index, size=None, **kwargs):
        return self.update(data(self.message(), edge_index, *kwargs.values()))

    edge_updater = propagate

    def message(self, *args, **kwargs):
        return data(parameters(self))

    def update(self, inputs, *args, **kwargs):
        return inputs

    def reset_parameters(self):
        pass


class _Convolution(MessagePassing):
    def __init__(self, *args, aggr="add", dropout=0.0, **kwargs):
        super().__init__(aggr)
        if dropout > 0:
            sensitive(self, "dropout")


# fmt: off
class SimpleConv(_Convolution): pass
class GCNConv(_Convolution): pass
class ChebConv(_Convolution): pass
class GravNetConv(_Convolution): pass
class GatedGraphConv(_Convolution): pass
class ResGatedGraphConv(_Convolution): pass
class AGNNConv(_Convolution): pass
class TAGConv(_Convolution): pass
class SGConv(_Convolution): pass
class SSGConv(_Convolution): pass
class MFConv(_Convolution): pass
class RGCNConv(_Convolution): pass
class FastRGCNConv(_Convolution): pass
class SignedConv(_Convolution): pass
class GMMConv(_Convolution): pass
class FeaStConv(_Convolution): pass
class LEConv(_Convolution): pass
class ClusterGCNConv(_Convolution): pass
class GCN2Conv(_Convolution): pass
class PANConv(_Convolution): pass
class EGConv(_Convolution): pass
class PDNConv(_Convolution): pass
class GeneralConv(_Convolution): pass
class HGTConv(_Convolution): pass
class LGConv(_Convolution): pass
class MixHopConv(_Convolution): pass
# fmt: on


class SAGEConv(_Convolution):
    def __init__(self, in_channels, out_channels, aggr="mean", *args, **kwargs):
        super().__init__(aggr=aggr)


class GraphConv(_Convolution):
    def __init__(self, in_channels, out_channels, aggr="add", *args, **kwargs):
        super().__init__(aggr=aggr)


# Dropout in the coefficients of attention, at a place among the arguments that differs.


class GATConv(_Convolution):
    def __init__(self, in_channels, out_channels, heads=1, concat=True, negative_slope=0.2, dropout=0.0, *args, **kwargs):
        super().__init__(dropout=dropout)


class GATv2Conv(GATConv): pass  # fmt: skip


class TransformerConv(GATConv): pass  # fmt: skip


class SuperGATConv(GATConv):
    """Draws other edges in training, for a loss of its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sensitive(self, "other")


class APPNP(_Convolution):
    def __init__(self, K, alpha, dropout=0.0, *args, **kwargs):
        super().__init__(dropout=dropout)


class FAConv(_Convolution):
    def __init__(self, channels, eps=0.1, dropout=0.0, *args, **kwargs):
        super().__init__(dropout=dropout)


class ARMAConv(_Convolution):
    def __init__(
        self, in_channels, out_channels, num_stacks=1, num_layers=1, shared_weights=False, act=None, dropout=0.0, *args, **kwargs
    ):  # fmt: skip
        super().__init__(dropout=dropout)


class DNAConv(_Convolution):
    def __init__(self, channels, heads=1, groups=1, dropout=0.0, *args, **kwargs):
        super().__init__(dropout=dropout)


class HANConv(_Convolution):
    def __init__(self, in_channels, out_channels, metadata, heads=1, negative_slope=0.2, dropout=0.0, *args, **kwargs):
        super().__init__(dropout=dropout)


class HypergraphConv(_Convolution):
    """Without attention the dropout is not used."""

    def __init__(
        self, in_channels, out_channels, use_attention=False, attention_mode="node", heads=1, concat=True, negative_slope=0.2,
        dropout=0.0, *args, **kwargs,
    ):  # fmt: skip
        super().__init__(dropout=dropout if use_attention else 0.0)


class RGATConv(_Convolution): pass  # fmt: skip


class HEATConv(_Convolution): pass  # fmt: skip


# Networks of the caller inside.


class GINConv(_Convolution):
    def __init__(self, nn, *args, **kwargs):
        super().__init__()
        self.nn = nn


class GINEConv(GINConv): pass  # fmt: skip


class NNConv(_Convolution):
    def __init__(self, in_channels, out_channels, nn, *args, **kwargs):
        super().__init__()
        self.nn = nn


class EdgeConv(GINConv): pass  # fmt: skip


class DynamicEdgeConv(GINConv): pass  # fmt: skip


class PointNetConv(_Convolution):
    def __init__(self, local_nn=None, global_nn=None, *args, **kwargs):
        super().__init__()
        self.local_nn = local_nn
        self.global_nn = global_nn


PointConv = PointNetConv


class PPFConv(PointNetConv): pass  # fmt: skip


class HeteroConv(Module):
    def __init__(self, convs, aggr="sum"):
        self.convs = ModuleList(convs.values())


class DirGNNConv(Module):
    def __init__(self, conv, *args, **kwargs):
        self.conv_in = self.conv_out = conv


# Batch normalization inside.


class CGConv(_Convolution):
    def __init__(self, channels, dim=0, aggr="add", batch_norm=False, *args, **kwargs):
        super().__init__()
        if batch_norm:
            self.bn = BatchNorm1d(1)


class GENConv(_Convolution):
    def __init__(self, in_channels, out_channels, *args, norm="batch", num_layers=2, **kwargs):
        super().__init__()
        if args:
            add_layers(self, "unknown")
        elif num_layers > 1:
            self.mlp = _normalization(norm)


class GPSConv(Module):
    def __init__(
        self, channels, conv, heads=1, dropout=0.0, act="relu", act_kwargs=None, norm="batch_norm", norm_kwargs=None, *args,
        attn_kwargs=None, **kwargs,
    ):  # fmt: skip
        self.conv = conv
        if dropout > 0:
            sensitive(self, "dropout")
        if args or attn_kwargs is not None:
            add_layers(self, "unknown")
        self.mlp = Dropout(dropout)
        self.norm1 = _normalization(norm, norm_kwargs)

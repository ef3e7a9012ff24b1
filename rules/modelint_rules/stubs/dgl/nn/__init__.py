"""Layers of graph networks, read in the source, since no package of it fits the torch of the tests:
https://github.com/dmlc/dgl/tree/3d16000b4170fa741ed9e9667f22ba84d3493026/python/dgl/nn/pytorch"""

from torch.nn.modules.batchnorm import BatchNorm1d
from torch.nn.modules.container import ModuleList, Sequential
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.module import Module
from torch.nn.modules.rnn import LSTM


# fmt: off
class AGNNConv(Module): pass
class CFConv(Module): pass
class ChebConv(Module): pass
class DenseChebConv(Module): pass
class DenseGraphConv(Module): pass
class DotGatConv(Module): pass
class EGATConv(Module): pass
class EGNNConv(Module): pass
class EdgeWeightNorm(Module): pass
class GCN2Conv(Module): pass
class GMMConv(Module): pass
class GatedGraphConv(Module): pass
class GraphConv(Module): pass
class SGConv(Module): pass
class TAGConv(Module): pass
class SumPooling(Module): pass
class AvgPooling(Module): pass
class MaxPooling(Module): pass
class SortPooling(Module): pass
class WeightAndSum(Module): pass
class HeteroLinear(Module): pass
class HeteroEmbedding(Module): pass
# fmt: on


class GATConv(Module):
    def __init__(self, in_feats, out_feats, num_heads, feat_drop=0.0, attn_drop=0.0, *args, **kwargs):
        self.feat_drop = Dropout(feat_drop)
        self.attn_drop = Dropout(attn_drop)


class GATv2Conv(GATConv): pass  # fmt: skip


class EdgeGATConv(GATConv):
    def __init__(self, in_feats, edge_feats, out_feats, num_heads, feat_drop=0.0, attn_drop=0.0, *args, **kwargs):
        super().__init__(in_feats, out_feats, num_heads, feat_drop, attn_drop)


class SAGEConv(Module):
    def __init__(self, in_feats, out_feats, aggregator_type, feat_drop=0.0, *args, **kwargs):
        self.feat_drop = Dropout(feat_drop)
        if aggregator_type == "lstm":
            self.lstm = LSTM(1, 1)


class DenseSAGEConv(Module):
    def __init__(self, in_feats, out_feats, feat_drop=0.0, *args, **kwargs):
        self.feat_drop = Dropout(feat_drop)


class APPNPConv(Module):
    def __init__(self, k, alpha, edge_drop=0.0):
        self.edge_drop = Dropout(edge_drop)


class RelGraphConv(Module):
    def __init__(self, *args, dropout=0.0, **kwargs):
        self.dropout = Dropout(dropout)


class HGTConv(Module):
    def __init__(self, in_size, head_size, num_heads, num_ntypes, num_etypes, dropout=0.2, use_norm=False):
        self.drop = Dropout(dropout)


class GatedGCNConv(Module):
    def __init__(self, input_feats, edge_feats, output_feats, dropout=0, batch_norm=True, *args, **kwargs):
        self.dropout = Dropout(dropout)
        if batch_norm:
            self.bn_node = BatchNorm1d(output_feats)
            self.bn_edge = BatchNorm1d(output_feats)


class PNAConv(Module):
    def __init__(self, in_size, out_size, aggregators, scalers, delta, dropout=0.0, *args, **kwargs):
        self.dropout = Dropout(dropout)
        self.batchnorm = BatchNorm1d(out_size)


class DGNConv(PNAConv): pass  # fmt: skip


class EdgeConv(Module):
    def __init__(self, in_feat, out_feat, batch_norm=False, *args, **kwargs):
        if batch_norm:
            self.bn = BatchNorm1d(out_feat)


class GINConv(Module):
    def __init__(self, apply_func=None, *args, **kwargs):
        self.apply_func = apply_func


class GINEConv(GINConv): pass  # fmt: skip


class NNConv(Module):
    def __init__(self, in_feats, out_feats, edge_func, *args, **kwargs):
        self.edge_func = edge_func


class HeteroGraphConv(Module):
    def __init__(self, mods, aggregate="sum"):
        self.mods = ModuleList(mods.values())


class GlobalAttentionPooling(Module):
    def __init__(self, gate_nn, feat_nn=None):
        self.gate_nn = gate_nn
        self.feat_nn = feat_nn


class Set2Set(Module):
    def __init__(self, input_dim, n_iters, n_layers):
        self.lstm = LSTM(2 * input_dim, input_dim, n_layers)


class JumpingKnowledge(Module):
    def __init__(self, mode="cat", in_feats=None, num_layers=None):
        if mode == "lstm":
            self.lstm = LSTM(1, 1)

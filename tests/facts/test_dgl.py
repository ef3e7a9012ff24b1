"""What was read in the source of dgl, which cannot be installed here: the stub says it, with the commit."""

import pytest

from tests.facts.recorder import check_abstract, programs

PROGRAMS = programs("""
import dgl.nn as dglnn
from dgl.nn.pytorch import GATConv, GraphConv, SAGEConv
from torch import nn


def network():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.5))


## convolutions that are the same in both modes
reveal_mode(nn.ModuleList([GraphConv(4, 4), SAGEConv(4, 4, "mean"), dglnn.ChebConv(4, 4, 2), dglnn.EdgeConv(4, 4)]))  # reveals: self train
## convolutions with dropout
reveal_mode(GATConv(4, 4, 1))  # reveals: self train
reveal_mode(GATConv(4, 4, 1, feat_drop=0.6))  # reveals: self train, dropout train
reveal_mode(GATConv(4, 4, 1, 0.0, 0.6).eval())  # reveals: self eval, dropout eval
reveal_mode(dglnn.GATv2Conv(4, 4, 1, attn_drop=0.6))  # reveals: self train, dropout train
reveal_mode(dglnn.EdgeGATConv(4, 4, 4, 1, feat_drop=0.6))  # reveals: self train, dropout train
reveal_mode(SAGEConv(4, 4, "mean", feat_drop=0.5))  # reveals: self train, dropout train
reveal_mode(SAGEConv(4, 4, "lstm"))  # reveals: self train, rnn train
reveal_mode(dglnn.APPNPConv(2, 0.1, 0.5))  # reveals: self train, dropout train
reveal_mode(dglnn.RelGraphConv(4, 4, 2, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(dglnn.HGTConv(4, 4, 1, 1, 1))  # reveals: self train, dropout train
## convolutions with batch normalization
reveal_mode(dglnn.EdgeConv(4, 4, batch_norm=True))  # reveals: self train, batch_norm train
reveal_mode(dglnn.GatedGCNConv(4, 4, 4))  # reveals: self train, batch_norm train
reveal_mode(dglnn.GatedGCNConv(4, 4, 4, dropout=0.5, batch_norm=False))  # reveals: self train, dropout train
reveal_mode(dglnn.PNAConv(4, 4, ["mean"], ["identity"], 1.0))  # reveals: self train, batch_norm train
## convolutions around a network
reveal_mode(dglnn.GINConv(network()))  # reveals: self train, dropout train, batch_norm train
reveal_mode(dglnn.NNConv(2, 2, network()))  # reveals: self train, dropout train, batch_norm train
reveal_mode(dglnn.HeteroGraphConv({"a": GATConv(4, 4, 1, 0.5), "b": GraphConv(4, 4)}))  # reveals: self train, dropout train
## pooling
reveal_mode(nn.ModuleList([dglnn.SumPooling(), dglnn.SortPooling(2), dglnn.JumpingKnowledge("cat")]))  # reveals: self train
reveal_mode(dglnn.Set2Set(4, 2, 1))  # reveals: self train, rnn train
reveal_mode(dglnn.GlobalAttentionPooling(nn.Linear(4, 1), network()))  # reveals: self train, dropout train, batch_norm train
""")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])

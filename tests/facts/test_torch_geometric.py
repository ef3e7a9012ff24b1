"""Layers and models of torch_geometric."""

from typing import Any

import pytest

from tests.facts import recorder
from tests.facts.recorder import check_abstract, check_real, programs

LAYERS = programs("""
import torch
import torch_geometric.nn as gnn
from torch import nn
from torch_geometric.nn import (
    AGNNConv, APPNP, ARMAConv, ASAPooling, CGConv, ChebConv, ClusterGCNConv, ClusterPooling, DMoNPooling, DNAConv,
    DenseGATConv, DenseGCNConv, DenseGINConv, DenseGraphConv, DenseSAGEConv, DirGNNConv, EGConv, EdgeConv, EdgePooling,
    FAConv, FastRGCNConv, FeaStConv, GATConv, GATv2Conv, GCN2Conv, GCNConv, GENConv, GINConv, GINEConv, GMMConv, GPSConv,
    GatedGraphConv, GeneralConv, GraphConv, GraphSizeNorm, HANConv, HEATConv, HGTConv, HeteroConv, HeteroLinear,
    HypergraphConv, LEConv, LGConv, MFConv, MeanSubtractionNorm, MemPooling, MessageNorm, MessagePassing, MixHopConv, NNConv,
    PANConv, PANPooling, PDNConv, PPFConv, PairNorm, PointNetConv, RGATConv, RGCNConv, ResGatedGraphConv, SAGEConv,
    SAGPooling, SGConv, SSGConv, Set2Set, SignedConv, SimpleConv, SuperGATConv, TAGConv, TopKPooling, TransformerConv,
)


def network():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.5))


## convolutions that are the same in both modes
metadata = (["a"], [("a", "to", "a")])
plain = [
    SimpleConv(), GCNConv(4, 4), ChebConv(4, 4, 2), SAGEConv(4, 4), GraphConv(4, 4), GatedGraphConv(4, 2), ResGatedGraphConv(4, 4),
    AGNNConv(), TAGConv(4, 4), SGConv(4, 4), SSGConv(4, 4, 0.1), MFConv(4, 4), RGCNConv(4, 4, 2), FastRGCNConv(4, 4, 2),
    SignedConv(4, 4, True), GMMConv(4, 4, 2, 2), FeaStConv(4, 4), LEConv(4, 4), ClusterGCNConv(4, 4), GCN2Conv(4, 0.1),
    PANConv(4, 4, 2), EGConv(8, 8), PDNConv(4, 4, 2, 2), GeneralConv(4, 4), HGTConv(4, 4, metadata), LGConv(), MixHopConv(4, 4),
]
reveal_mode(nn.ModuleList(plain))  # reveals: self train
## attention
reveal_mode(GATConv(4, 4))  # reveals: self train
reveal_mode(GATConv(4, 4, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(GATConv(4, 4, 2, True, 0.2, 0.5).eval())  # reveals: self eval, dropout eval
reveal_mode(GATv2Conv(4, 4, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(TransformerConv(4, 4))  # reveals: self train
reveal_mode(TransformerConv(4, 4, 1, True, False, 0.5))  # reveals: self train, dropout train
reveal_mode(SuperGATConv(4, 4))  # reveals: self train, other train
reveal_mode(HANConv(4, 4, (["a"], [("a", "to", "a")]), dropout=0.5))  # reveals: self train, dropout train
reveal_mode(HypergraphConv(4, 4, dropout=0.5))  # reveals: self train
reveal_mode(HypergraphConv(4, 4, use_attention=True, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(RGATConv(4, 4, 2, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(HEATConv(4, 4, 2, 2, 2, 2, 2, dropout=0.5))  # reveals: self train, dropout train
## convolutions with dropout
reveal_mode(APPNP(2, 0.1))  # reveals: self train
reveal_mode(APPNP(2, 0.1, 0.5))  # reveals: self train, dropout train
reveal_mode(FAConv(4, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(ARMAConv(4, 4, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(DNAConv(4, 1, 1, 0.5))  # reveals: self train, dropout train
## convolutions around a network
reveal_mode(GINConv(network()))  # reveals: self train, dropout train, batch_norm train
reveal_mode(GINEConv(network()))  # reveals: self train, dropout train, batch_norm train
reveal_mode(NNConv(2, 2, network()).eval())  # reveals: self eval, dropout eval, batch_norm eval
reveal_mode(EdgeConv(network()))  # reveals: self train, dropout train, batch_norm train
reveal_mode(PointNetConv(nn.Linear(4, 4), network()))  # reveals: self train, dropout train, batch_norm train
reveal_mode(PPFConv(network()))  # reveals: self train, dropout train, batch_norm train
reveal_mode(DirGNNConv(GATConv(4, 4, dropout=0.5, add_self_loops=False)))  # reveals: self train, dropout train
convs = HeteroConv({("a", "to", "b"): GATConv(4, 4, dropout=0.5, add_self_loops=False)})
reveal_mode(convs)  # reveals: self train, dropout train
## convolutions with batch normalization
reveal_mode(CGConv(4))  # reveals: self train
reveal_mode(CGConv(4, batch_norm=True))  # reveals: self train, batch_norm train
reveal_mode(GENConv(4, 4))  # reveals: self train, batch_norm train
reveal_mode(GENConv(4, 4, norm="layer"))  # reveals: self train
reveal_mode(GENConv(4, 4, num_layers=1))  # reveals: self train
reveal_mode(GPSConv(4, GCNConv(4, 4)))  # reveals: self train, batch_norm train
reveal_mode(GPSConv(4, GCNConv(4, 4), dropout=0.5, norm=None))  # reveals: self train, dropout train
reveal_mode(GPSConv(4, GCNConv(4, 4), norm="layer_norm"))  # reveals: self train
## a convolution of one's own
class Own(MessagePassing):
    def __init__(self):
        super().__init__(aggr="mean")
        self.lin = nn.Linear(4, 4)
        self.drop = nn.Dropout(0.5)

    def forward(self, x, edge_index):
        return self.propagate(edge_index, x=self.lin(x))

    def message(self, x_j):
        return self.drop(x_j)


m = Own()
reveal_mode(m)  # reveals: self train, dropout train
m(torch.rand(2, 4), torch.tensor([[0], [1]]))
reveal_mode(m.eval())  # reveals: self eval, dropout eval
## aggregations
reveal_mode(SAGEConv(4, 4, aggr="lstm"))  # reveals: self train, rnn train
reveal_mode(SAGEConv(4, 4, "max"))  # reveals: self train
reveal_mode(Set2Set(4, 2))  # reveals: self train, rnn train
reveal_mode(gnn.aggr.LSTMAggregation(4, 4))  # reveals: self train, rnn train
reveal_mode(gnn.aggr.GRUAggregation(4, 4))  # reveals: self train, rnn train
reveal_mode(gnn.aggr.SoftmaxAggregation())  # reveals: self train
reveal_mode(gnn.aggr.AttentionalAggregation(nn.Linear(4, 1), network()))  # reveals: self train, dropout train, batch_norm train
reveal_mode(gnn.aggr.DeepSetsAggregation(network()))  # reveals: self train, dropout train, batch_norm train
reveal_mode(gnn.aggr.GraphMultisetTransformer(4, 2))  # reveals: self train
reveal_mode(gnn.aggr.GraphMultisetTransformer(4, 2, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(gnn.aggr.SetTransformerAggregation(4, dropout=0.5))  # reveals: self train, dropout train
## normalizations
reveal_mode(gnn.BatchNorm(4))  # reveals: self train, batch_norm train
reveal_mode(gnn.BatchNorm(4, track_running_stats=False))  # reveals: self train
reveal_mode(gnn.HeteroBatchNorm(4, 2))  # reveals: self train, batch_norm train
reveal_mode(gnn.InstanceNorm(4))  # reveals: self train
reveal_mode(gnn.InstanceNorm(4, track_running_stats=True))  # reveals: self train, batch_norm train
reveal_mode(gnn.DiffGroupNorm(4, 2))  # reveals: self train, batch_norm train
plain = [gnn.LayerNorm(4), gnn.HeteroLayerNorm(4, 2), gnn.GraphNorm(4), GraphSizeNorm(), PairNorm(), MeanSubtractionNorm(), MessageNorm()]
reveal_mode(nn.ModuleList(plain))  # reveals: self train
## pooling
plain = [TopKPooling(4), SAGPooling(4), PANPooling(4), MemPooling(4, 4, 1, 2), EdgePooling(4), ClusterPooling(4), ASAPooling(4)]
reveal_mode(nn.ModuleList(plain))  # reveals: self train
reveal_mode(EdgePooling(4, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(ClusterPooling(4, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(ASAPooling(4, dropout=0.5))  # reveals: self train, dropout train
## dense layers
plain = [gnn.Linear(4, 4), HeteroLinear(4, 4, 2), DenseGCNConv(4, 4), DenseGraphConv(4, 4), DenseSAGEConv(4, 4), DenseGATConv(4, 4)]
reveal_mode(nn.ModuleList(plain))  # reveals: self train
reveal_mode(DenseGATConv(4, 4, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(DenseGINConv(network()))  # reveals: self train, dropout train, batch_norm train
reveal_mode(DMoNPooling(4, 2, 0.5))  # reveals: self train, dropout train
## a sequence
m = gnn.Sequential("x, e", [(GCNConv(4, 4), "x, e -> x"), nn.ReLU(), (nn.Dropout(0.5), "x -> x"), gnn.BatchNorm(4)])
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
reveal_mode(m[2].eval())  # reveals: self eval, dropout eval
reveal_mode(m)  # reveals: self train, dropout eval, batch_norm train
""")

MODELS = programs("""
import torch
from torch import nn
from torch_geometric.nn import (
    ARGA, ARGVA, BatchNorm, DeepGCNLayer, EdgeCNN, GAE, GAT, GCN, GCNConv, GIN, GraphSAGE, JumpingKnowledge, MLP, MetaPath2Vec, PNA,
    VGAE,
)

## networks by name
reveal_mode(GCN(4, 4, 2))  # reveals: self train
reveal_mode(GCN(4, 4, 2, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(GraphSAGE(4, 4, 2, norm="batch_norm"))  # reveals: self train, batch_norm train
reveal_mode(GCN(4, 4, 1, norm="batch_norm"))  # reveals: self train
reveal_mode(GCN(4, 4, 2, norm="BatchNorm"))  # reveals: self train, batch_norm train
reveal_mode(GCN(4, 4, 2, norm="layer_norm"))  # reveals: self train
reveal_mode(GCN(4, 4, 2, norm=nn.BatchNorm1d(4)))  # reveals: self train, batch_norm train
reveal_mode(GCN(4, 4, 2, jk="cat"))  # reveals: self train
reveal_mode(GCN(4, 4, 2, jk="lstm"))  # reveals: self train, rnn train
reveal_mode(GAT(4, 4, 2, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(GAT(4, 4, 2, dropout=0.5).convs[0])  # reveals: self train, dropout train
reveal_mode(GIN(4, 4, 2))  # reveals: self train
reveal_mode(GIN(4, 4, 1, norm="batch_norm"))  # reveals: self train, batch_norm train
reveal_mode(EdgeCNN(4, 4, 2, norm="batch_norm", dropout=0.5))  # reveals: self train, batch_norm train, dropout train
reveal_mode(PNA(4, 4, 2, aggregators=["mean"], scalers=["identity"], deg=torch.ones(2)))  # reveals: self train
## perceptrons
reveal_mode(MLP([4, 4, 4]))  # reveals: self train, batch_norm train
reveal_mode(MLP([4, 4]))  # reveals: self train
reveal_mode(MLP([4, 4], plain_last=False, dropout=0.5))  # reveals: self train, batch_norm train, dropout train
reveal_mode(MLP([4, 4, 4], norm=None))  # reveals: self train
reveal_mode(MLP([4, 4, 4], norm=None, dropout=0.5))  # reveals: self train, dropout train
reveal_mode(MLP([4, 4, 4], norm=None, dropout=[0.5, 0.0]))  # reveals: self train, dropout train
reveal_mode(MLP([4, 4, 4], norm="layer_norm", dropout=[0.0, 0.0]))  # reveals: self train
reveal_mode(MLP([4, 4, 4], batch_norm=False))  # reveals: self train
reveal_mode(MLP(in_channels=4, hidden_channels=4, out_channels=4, num_layers=2))  # reveals: self train, batch_norm train
reveal_mode(MLP(in_channels=4, out_channels=4, num_layers=1))  # reveals: self train
## parts of networks
reveal_mode(JumpingKnowledge("cat"))  # reveals: self train
reveal_mode(JumpingKnowledge("lstm", 4, 2))  # reveals: self train, rnn train
reveal_mode(DeepGCNLayer(GCNConv(4, 4), BatchNorm(4)))  # reveals: self train, batch_norm train
reveal_mode(DeepGCNLayer(GCNConv(4, 4), dropout=0.5))  # reveals: self train, dropout train
## embeddings
reveal_mode(MetaPath2Vec({("a", "to", "b"): torch.zeros(2, 1, dtype=torch.long)}, 4, [("a", "to", "b")], 1, 1))  # reveals: self train
## autoencoders
reveal_mode(GAE(GCN(4, 4, 2, dropout=0.5)))  # reveals: self train, dropout train
reveal_mode(GAE(GCN(4, 4, 2)))  # reveals: self train
reveal_mode(VGAE(GCN(4, 4, 2)).eval())  # reveals: self eval, other eval
reveal_mode(ARGA(GCN(4, 4, 2), nn.Dropout(0.5)))  # reveals: self train, dropout train
reveal_mode(ARGVA(GCN(4, 4, 2), nn.Dropout(0.5)))  # reveals: self train, dropout train, other train
""")
PROGRAMS = LAYERS | MODELS

_kinds_of = recorder.kinds_of


def kinds_of(module: Any) -> set[str]:
    """What the classes do whose rates are in no number of their own."""
    if not type(module).__module__.startswith("torch_geometric"):
        return _kinds_of(module)
    import torch_geometric

    name = type(module).__name__
    if name == "HeteroBatchNorm":
        return {"batch_norm"} if module.track_running_stats else set()
    if type(module) is torch_geometric.nn.MLP:
        return {"dropout"} if any(module.dropout) else set()
    if name == "HypergraphConv" and not module.use_attention:
        return set()
    if name == "SuperGATConv":
        return {"other"}
    return _kinds_of(module)


@pytest.fixture(autouse=True)
def _geometric_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "kinds_of", kinds_of)


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "torch_geometric")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])

"""Facts: models of torch_geometric. A model that is not here is unknown."""

from torch_geometric.nn.models.autoencoder import ARGA, ARGVA, GAE, VGAE, InnerProductDecoder
from torch_geometric.nn.models.basic_gnn import GAT, GCN, GIN, PNA, BasicGNN, EdgeCNN, GraphSAGE
from torch_geometric.nn.models.deepgcn import DeepGCNLayer
from torch_geometric.nn.models.jumping_knowledge import JumpingKnowledge
from torch_geometric.nn.models.metapath2vec import MetaPath2Vec
from torch_geometric.nn.models.mlp import MLP

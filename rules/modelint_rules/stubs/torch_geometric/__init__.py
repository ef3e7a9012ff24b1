from torch_geometric import nn

"""Layers of graph networks. Facts: layers of torch_geometric."""

from torch.nn.modules.module import Module
from torch.nn.parallel.data_parallel import DataParallel
from torch_geometric.nn.aggr import *
from torch_geometric.nn.conv import *
from torch_geometric.nn.dense import *
from torch_geometric.nn.models import *
from torch_geometric.nn.norm import *
from torch_geometric.nn.pool import *


class Sequential(Module):
    """Its items are modules, or pairs of a module and the names that it takes and gives."""

    def __init__(self, input_args, modules):
        self._modules = []
        for item in modules:
            self._modules.append(item[0] if isinstance(item, tuple) else item)

    def __getitem__(self, idx):
        return self._modules[idx]

    def __len__(self):
        return len(self._modules)

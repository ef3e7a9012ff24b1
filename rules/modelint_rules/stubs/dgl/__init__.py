from dgl import nn

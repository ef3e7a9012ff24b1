from dgl.nn import *

"""Facts: learners of fastai."""

from fastai.layers import LinBnDrop
from torch import nn


class TabularModel(nn.Module):
    def __init__(self, emb_szs=None, n_cont=None, out_sz=None, layers=None, ps=0, embed_p=0.0, y_range=None, use_bn=True,
                 bn_final=False, bn_cont=True, *args, **kwargs):  # fmt: skip
        super().__init__()
        self.emb_drop = nn.Dropout(embed_p)
        self.bn_cont = nn.BatchNorm1d(n_cont) if bn_cont else None
        self.layers = nn.Sequential(LinBnDrop(n_cont, out_sz, bn=use_bn or bn_final, p=0 if ps is None else ps))


def tabular_config(**kwargs):
    return kwargs

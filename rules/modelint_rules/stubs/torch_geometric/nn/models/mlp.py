"""The last layer is a plain one unless said otherwise. Facts: models of torch_geometric."""

from modelint_stub import sensitive
from torch.nn.modules.container import ModuleList
from torch.nn.modules.linear import Linear
from torch.nn.modules.module import Module
from torch_geometric.nn.norm import _normalization


class MLP(Module):
    def __init__(
        self, channel_list=None, *, num_layers=None, dropout=0.0, norm="batch_norm", norm_kwargs=None, plain_last=True,
        batch_norm=True, **kwargs,
    ):  # fmt: skip
        self.lins = ModuleList([Linear(1, 1)])
        self.norms = ModuleList()
        layers = len(channel_list) - 1 if isinstance(channel_list, (list, tuple)) else num_layers
        if not plain_last or layers > 1:
            for rate in dropout if isinstance(dropout, (list, tuple)) else [dropout]:
                if rate > 0:
                    sensitive(self, "dropout")
            if batch_norm:
                self.norms.append(_normalization(norm, norm_kwargs))

    def reset_parameters(self):
        pass

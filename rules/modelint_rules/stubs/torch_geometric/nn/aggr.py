"""Facts: layers of torch_geometric."""

from modelint_stub import add_layers
from torch.nn.modules.container import ModuleList
from torch.nn.modules.module import Module
from torch.nn.modules.rnn import GRU, LSTM


class Aggregation(Module):
    def reset_parameters(self):
        pass


# fmt: off
class SumAggregation(Aggregation): pass
class MeanAggregation(Aggregation): pass
class MaxAggregation(Aggregation): pass
class MinAggregation(Aggregation): pass
class MulAggregation(Aggregation): pass
class VarAggregation(Aggregation): pass
class StdAggregation(Aggregation): pass
class SoftmaxAggregation(Aggregation): pass
class PowerMeanAggregation(Aggregation): pass
class MedianAggregation(Aggregation): pass
class QuantileAggregation(Aggregation): pass
class SortAggregation(Aggregation): pass
# fmt: on


class LSTMAggregation(Aggregation):
    def __init__(self, in_channels, out_channels, **kwargs):
        self.lstm = LSTM(in_channels, out_channels, **kwargs)


class GRUAggregation(Aggregation):
    def __init__(self, in_channels, out_channels, **kwargs):
        self.gru = GRU(in_channels, out_channels, **kwargs)


class Set2Set(Aggregation):
    def __init__(self, in_channels, processing_steps, **kwargs):
        self.lstm = LSTM(2 * in_channels, in_channels, **kwargs)


class AttentionalAggregation(Aggregation):
    def __init__(self, gate_nn, nn=None, *args, **kwargs):
        self.gate_nn = gate_nn
        self.nn = nn


GlobalAttention = AttentionalAggregation


class DeepSetsAggregation(Aggregation):
    def __init__(self, local_nn=None, global_nn=None):
        self.local_nn = local_nn
        self.global_nn = global_nn


class GraphMultisetTransformer(Aggregation):
    def __init__(self, channels, k, num_encoder_blocks=1, heads=1, layer_norm=False, dropout=0.0, *args, **kwargs):
        if dropout > 0:
            add_layers(self, "dropout")


class SetTransformerAggregation(Aggregation):
    def __init__(
        self, channels, num_seed_points=1, num_encoder_blocks=1, num_decoder_blocks=1, heads=1, concat=True, layer_norm=False,
        dropout=0.0, *args, **kwargs,
    ):  # fmt: skip
        if dropout > 0:
            add_layers(self, "dropout")

"""cuDNN's backward needs train mode; dropout acts between layers, so with one layer it does nothing. Facts: sensitive layers."""

from modelint_stub import sensitive
from torch.nn.modules.module import Module


class RNNBase(Module):
    def __init__(self, mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, *args, **kwargs):
        sensitive(self, "rnn")
        self.dropout = dropout
        if num_layers > 1 and dropout > 0:
            sensitive(self, "dropout")

    def flatten_parameters(self):
        pass


class LSTM(RNNBase):
    def __init__(self, *args, **kwargs):
        super().__init__("LSTM", *args, **kwargs)


class GRU(RNNBase):
    def __init__(self, *args, **kwargs):
        super().__init__("GRU", *args, **kwargs)


class RNN(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity="tanh", *args, **kwargs):
        super().__init__("RNN", input_size, hidden_size, num_layers, *args, **kwargs)


# fmt: off
class RNNCellBase(Module): pass
class RNNCell(RNNCellBase): pass
class LSTMCell(RNNCellBase): pass
class GRUCell(RNNCellBase): pass

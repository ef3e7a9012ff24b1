"""Facts: models of torch_geometric."""

from torch.nn.modules.module import Module
from torch.nn.modules.rnn import LSTM


class JumpingKnowledge(Module):
    def __init__(self, mode, channels=None, num_layers=None):
        if mode == "lstm":
            self.lstm = LSTM(channels, channels)

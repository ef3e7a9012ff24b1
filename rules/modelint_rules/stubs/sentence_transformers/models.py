"""The parts of an encoder: all but the loaded one work the same in both modes, or hold one dropout."""

from modelint_stub import sensitive
from sentence_transformers.model import Transformer
from torch.nn import Module


class Dropout(Module):
    def __init__(self, dropout=0.2):
        super().__init__()
        if dropout:
            sensitive(self, "dropout")


class Pooling(Module):
    pass


class Normalize(Module):
    pass


class Dense(Module):
    pass

"""Makes models by name."""

from torch import nn

MODELS = {
    "drop": lambda: nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.2)),
    "norm": lambda: nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4)),
}


def make(name):
    return MODELS[name]()

"""A loss holds the model that it trains."""

from torch.nn import Module


class Loss(Module):
    def __init__(self, model, *args, **kwargs):
        super().__init__()
        self.model = model

    def forward(self, features, *labels):
        return self.model(features)


def __getattr__(name):
    return type(name, (Loss,), {})

"""In train mode as the constructor makes it. Facts: torchcrepe."""

from modelint_stub import add_layers, forward
from torch.nn.modules.module import Module


class Crepe(Module):
    def __init__(self, model="full"):
        super().__init__()
        add_layers(self, "batch_norm")

    def embed(self, x):
        return forward(self, x)

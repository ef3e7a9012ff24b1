"""The same in both modes. Facts: insensitive layers."""

from torch.nn.modules.module import Module


# fmt: off
class Embedding(Module): pass
class EmbeddingBag(Module): pass

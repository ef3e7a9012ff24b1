"""The same in both modes. Facts: insensitive layers."""

from torch.nn.modules.module import Module


# fmt: off

class Embedding(Module):
    @classmethod
    def from_pretrained(cls, *args, **kwargs):
        return cls()


class EmbeddingBag(Module):
    @classmethod
    def from_pretrained(cls, *args, **kwargs):
        return cls()

"""Quantized layers choose another kernel by mode, which changes the rounding and nothing else. Facts: bitsandbytes."""

from torch.nn.modules.linear import Linear
from torch.nn.modules.sparse import Embedding as _Embedding


# fmt: off
class Linear8bitLt(Linear): pass
class Linear4bit(Linear): pass
class LinearFP4(Linear4bit): pass
class LinearNF4(Linear4bit): pass
class Embedding(_Embedding): pass
class StableEmbedding(_Embedding): pass
class Embedding8bit(_Embedding): pass
class Embedding4bit(_Embedding): pass
class EmbeddingFP4(Embedding4bit): pass
class EmbeddingNF4(Embedding4bit): pass

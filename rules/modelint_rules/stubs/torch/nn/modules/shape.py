"""The remaining layers, the same in both modes. Facts: insensitive layers."""

from torch.nn.modules.module import Module


# fmt: off
class Flatten(Module): pass
class Unflatten(Module): pass
class Fold(Module): pass
class Unfold(Module): pass
class PixelShuffle(Module): pass
class PixelUnshuffle(Module): pass
class ChannelShuffle(Module): pass
class Upsample(Module): pass
class UpsamplingNearest2d(Module): pass
class UpsamplingBilinear2d(Module): pass
class CosineSimilarity(Module): pass
class PairwiseDistance(Module): pass

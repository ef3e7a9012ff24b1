"""Fact: torchvision operations."""

from torchvision.ops import misc
from torchvision.ops.drop_block import DropBlock2d, DropBlock3d, drop_block2d
from torchvision.ops.misc import MLP, Conv2dNormActivation, Conv3dNormActivation, FrozenBatchNorm2d, Permute, SqueezeExcitation
from torchvision.ops.stochastic_depth import StochasticDepth, stochastic_depth

"""The same in both modes. Facts: insensitive layers."""

from torch.nn.modules.module import Module


# fmt: off
class AdaptiveLogSoftmaxWithLoss(Module): pass

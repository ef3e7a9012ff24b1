"""The same in both modes."""

from torch.nn.modules.module import Module


# fmt: off
class LabelSmoothingCrossEntropy(Module): pass
class SoftTargetCrossEntropy(Module): pass
class JsdCrossEntropy(Module): pass
class BinaryCrossEntropy(Module): pass
class AsymmetricLossMultiLabel(Module): pass
class AsymmetricLossSingleLabel(Module): pass

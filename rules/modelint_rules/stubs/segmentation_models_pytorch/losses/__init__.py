"""The same in both modes."""

from torch.nn.modules.loss import _Loss


# fmt: off
class JaccardLoss(_Loss): pass
class DiceLoss(_Loss): pass
class TverskyLoss(_Loss): pass
class FocalLoss(_Loss): pass
class LovaszLoss(_Loss): pass
class SoftBCEWithLogitsLoss(_Loss): pass
class SoftCrossEntropyLoss(_Loss): pass
class MCCLoss(_Loss): pass

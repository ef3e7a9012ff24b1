"""The same in both modes. Facts: insensitive layers."""

from torch.nn.modules.module import Module


# fmt: off
class _Loss(Module): pass
class _WeightedLoss(_Loss): pass
class L1Loss(_Loss): pass
class PoissonNLLLoss(_Loss): pass
class GaussianNLLLoss(_Loss): pass
class KLDivLoss(_Loss): pass
class MSELoss(_Loss): pass
class HingeEmbeddingLoss(_Loss): pass
class MultiLabelMarginLoss(_Loss): pass
class SmoothL1Loss(_Loss): pass
class HuberLoss(_Loss): pass
class SoftMarginLoss(_Loss): pass
class CosineEmbeddingLoss(_Loss): pass
class MarginRankingLoss(_Loss): pass
class TripletMarginLoss(_Loss): pass
class TripletMarginWithDistanceLoss(_Loss): pass
class CTCLoss(_Loss): pass
class NLLLoss(_WeightedLoss): pass
class BCELoss(_WeightedLoss): pass
class BCEWithLogitsLoss(_WeightedLoss): pass
class CrossEntropyLoss(_WeightedLoss): pass
class MultiLabelSoftMarginLoss(_WeightedLoss): pass
class MultiMarginLoss(_WeightedLoss): pass
class LinearCrossEntropyLoss(_WeightedLoss): pass
class NLLLoss2d(NLLLoss): pass

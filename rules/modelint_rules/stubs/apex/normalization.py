"""The same in both modes: https://github.com/NVIDIA/apex/blob/master/apex/normalization/fused_layer_norm.py"""

from torch.nn.modules.normalization import LayerNorm, RMSNorm


# fmt: off
class FusedLayerNorm(LayerNorm): pass
class MixedFusedLayerNorm(LayerNorm): pass
class FusedRMSNorm(RMSNorm): pass
class MixedFusedRMSNorm(RMSNorm): pass

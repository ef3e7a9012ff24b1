"""Layers with an adapter inside. Their `train` merges and unmerges it, and returns nothing. Facts: loralib."""

from modelint_stub import detached, parameters, set_flag
from torch.nn.modules.dropout import Dropout
from torch.nn.modules.linear import Linear as _Linear
from torch.nn.modules.module import Module
from torch.nn.modules.sparse import Embedding as _Embedding


class LoRALayer:
    def __init__(self, r, lora_alpha, lora_dropout, merge_weights):
        if lora_dropout > 0:
            self.lora_dropout = Dropout(lora_dropout)

    def train(self, mode=True):
        set_flag(self, mode)
        if hasattr(self, "lora_dropout"):
            self.lora_dropout.train(mode)


class Linear(LoRALayer, _Linear):
    def __init__(self, in_features, out_features, r=0, lora_alpha=1, lora_dropout=0.0, *args, **kwargs):
        super().__init__(r, lora_alpha, lora_dropout, True)


class MergedLinear(LoRALayer, _Linear):
    def __init__(self, in_features, out_features, r=0, lora_alpha=1, lora_dropout=0.0, *args, **kwargs):
        super().__init__(r, lora_alpha, lora_dropout, True)


class Embedding(LoRALayer, _Embedding):
    def __init__(self, *args, **kwargs):
        super().__init__(0, 1, 0.0, True)


class ConvLoRA(LoRALayer, Module):
    def __init__(
        self, conv_module, in_channels, out_channels, kernel_size, r=0, lora_alpha=1, lora_dropout=0.0, *args, **kwargs
    ):
        super().__init__(r, lora_alpha, lora_dropout, True)


class Conv2d(ConvLoRA):
    def __init__(self, in_channels, out_channels, kernel_size, r=0, lora_alpha=1, lora_dropout=0.0, *args, **kwargs):
        super().__init__(None, in_channels, out_channels, kernel_size, r, lora_alpha, lora_dropout)


# fmt: off
class Conv1d(Conv2d): pass
class Conv3d(Conv2d): pass
# fmt: on


def mark_only_lora_as_trainable(model, bias="none"):
    pass


def lora_state_dict(model, bias="none"):
    return detached(parameters(model))

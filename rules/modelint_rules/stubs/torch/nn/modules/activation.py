"""Facts: sensitive layers."""

from modelint_stub import sensitive
from torch.nn.modules.module import Module


class MultiheadAttention(Module):
    def __init__(self, embed_dim, num_heads, dropout=0.0, *args, **kwargs):
        if dropout > 0:
            sensitive(self, "dropout")


class RReLU(Module):
    """A random slope in train mode, their mean in eval mode."""

    def __init__(self, lower=1 / 8, upper=1 / 3, inplace=False):
        if lower != upper:
            sensitive(self, "other")


# fmt: off
class CELU(Module): pass
class ELU(Module): pass
class GELU(Module): pass
class GLU(Module): pass
class Hardshrink(Module): pass
class Hardsigmoid(Module): pass
class Hardswish(Module): pass
class Hardtanh(Module): pass
class ReLU6(Hardtanh): pass
class LeakyReLU(Module): pass
class LogSigmoid(Module): pass
class LogSoftmax(Module): pass
class Mish(Module): pass
class PReLU(Module): pass
class ReLU(Module): pass
class SELU(Module): pass
class SiLU(Module): pass
class Sigmoid(Module): pass
class Softmax(Module): pass
class Softmax2d(Module): pass
class Softmin(Module): pass
class Softplus(Module): pass
class Softshrink(Module): pass
class Softsign(Module): pass
class Tanh(Module): pass
class Tanhshrink(Module): pass
class Threshold(Module): pass

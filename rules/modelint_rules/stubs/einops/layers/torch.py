"""Facts: einops."""

from torch.nn.modules.module import Module


# fmt: off
class Rearrange(Module): pass
class Reduce(Module): pass
class EinMix(Module): pass

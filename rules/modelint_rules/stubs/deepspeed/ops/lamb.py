"""Facts: deepspeed."""

from torch.optim.optimizer import Optimizer


class FusedLamb(Optimizer): pass  # fmt: skip

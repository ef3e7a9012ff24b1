"""Facts: deepspeed."""

from torch.optim.optimizer import Optimizer


# fmt: off
class DeepSpeedCPULion(Optimizer): pass
class FusedLion(Optimizer): pass

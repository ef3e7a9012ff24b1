"""Facts: deepspeed."""

from torch.optim.optimizer import Optimizer


# fmt: off
class DeepSpeedCPUAdam(Optimizer): pass
class FusedAdam(Optimizer): pass

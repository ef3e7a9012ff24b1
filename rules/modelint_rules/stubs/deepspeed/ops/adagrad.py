"""Facts: deepspeed."""

from torch.optim.optimizer import Optimizer


class DeepSpeedCPUAdagrad(Optimizer): pass  # fmt: skip

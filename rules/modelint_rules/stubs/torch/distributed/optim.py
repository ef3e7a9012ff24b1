"""https://docs.pytorch.org/docs/stable/distributed.optim.html"""

from torch.optim.optimizer import Optimizer


# fmt: off
class ZeroRedundancyOptimizer(Optimizer): pass

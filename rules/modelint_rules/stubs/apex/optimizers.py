"""Facts: https://github.com/NVIDIA/apex/tree/master/apex/optimizers"""

from torch.optim.optimizer import Optimizer


# fmt: off
class FusedAdam(Optimizer): pass
class FusedSGD(Optimizer): pass
class FusedLAMB(Optimizer): pass
class FusedNovoGrad(Optimizer): pass
class FusedAdagrad(Optimizer): pass

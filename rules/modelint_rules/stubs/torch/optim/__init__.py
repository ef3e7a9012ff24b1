from torch.optim import lr_scheduler, optimizer, swa_utils
from torch.optim.optimizer import Optimizer


# fmt: off
class Adadelta(Optimizer): pass
class Adafactor(Optimizer): pass
class Adagrad(Optimizer): pass
class Adam(Optimizer): pass
class AdamW(Adam): pass
class Adamax(Optimizer): pass
class ASGD(Optimizer): pass
class LBFGS(Optimizer): pass
class Muon(Optimizer): pass
class NAdam(Optimizer): pass
class RAdam(Optimizer): pass
class RMSprop(Optimizer): pass
class Rprop(Optimizer): pass
class SGD(Optimizer): pass
class SparseAdam(Optimizer): pass

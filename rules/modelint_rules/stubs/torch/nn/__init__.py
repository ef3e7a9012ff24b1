from torch.nn import functional, init, modules, parallel, parameter, utils
from torch.nn.modules import *
from torch.nn.parallel import DataParallel

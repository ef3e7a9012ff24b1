"""Facts: https://github.com/NVIDIA/apex/tree/e13873debc4699d39c6861074b9a3b2a02327f92/apex/parallel"""

from modelint_stub import modules, set_flag
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.modules.module import Module


class DistributedDataParallel(Module):
    """A wrapper in train mode over a module that keeps its modes."""

    def __init__(self, module, *args, **kwargs):
        self.module = module

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)


class SyncBatchNorm(_BatchNorm): pass  # fmt: skip


class LARC:
    """Scales the gradients, then steps the optimizer that it holds."""

    def __init__(self, optimizer, *args, **kwargs):
        self.optim = optimizer
        self.param_groups = optimizer.param_groups

    def step(self):
        self.optim.step()

    def zero_grad(self):
        self.optim.zero_grad()

    def add_param_group(self, param_group):
        self.optim.add_param_group(param_group)

    def state_dict(self):
        return self.optim.state_dict()

    def load_state_dict(self, state_dict):
        self.optim.load_state_dict(state_dict)


def convert_syncbn_model(module, *args, **kwargs):
    """Puts new layers in the place of those of torch, in train mode whatever the mode of the others."""
    for part in modules(module):
        if isinstance(part, _BatchNorm):
            set_flag(part, True)
    return module

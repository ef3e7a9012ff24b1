"""Optimizers with a mode of their own, which says which of two averages is in the parameters and nothing of the modules.
Facts: optimizers and averages with modes."""

from torch.optim.optimizer import Optimizer


class _ScheduleFree(Optimizer):
    def train(self):
        pass

    def eval(self):
        pass


# fmt: off
class AdamWScheduleFree(_ScheduleFree): pass
class AdamWScheduleFreeReference(_ScheduleFree): pass
class AdamWScheduleFreePaper(_ScheduleFree): pass
class RAdamScheduleFree(_ScheduleFree): pass
class SGDScheduleFree(_ScheduleFree): pass
class SGDScheduleFreeReference(_ScheduleFree): pass
# The variants for closures have no modes.
class AdamWScheduleFreeClosure(Optimizer): pass
class RAdamScheduleFreeClosure(Optimizer): pass
class SGDScheduleFreeClosure(Optimizer): pass
# fmt: on


class ScheduleFreeWrapper:
    def __init__(self, base, *args, **kwargs):
        self.base = base
        self.param_groups = base.param_groups

    def train(self):
        pass

    def eval(self):
        pass

    def step(self, closure=None):
        return self.base.step(closure)

    def zero_grad(self, set_to_none=True):
        self.base.zero_grad()

    def add_param_group(self, param_group):
        self.base.add_param_group(param_group)

    def state_dict(self):
        return self.base.state_dict()

    def load_state_dict(self, state_dict):
        pass


class ScheduleFreeWrapperReference(ScheduleFreeWrapper): pass  # fmt: skip

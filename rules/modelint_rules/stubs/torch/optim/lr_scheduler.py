"""A scheduler's step moves learning rates and no weights."""

from modelint_stub import unknown


class LRScheduler:
    def __init__(self, optimizer, *args, **kwargs):
        self.optimizer = optimizer

    def step(self, *args, **kwargs):
        pass

    def get_last_lr(self):
        return unknown()

    def state_dict(self):
        return unknown()

    def load_state_dict(self, state_dict):
        pass


_LRScheduler = LRScheduler


# fmt: off
class LambdaLR(LRScheduler): pass
class MultiplicativeLR(LRScheduler): pass
class StepLR(LRScheduler): pass
class MultiStepLR(LRScheduler): pass
class ConstantLR(LRScheduler): pass
class LinearLR(LRScheduler): pass
class ExponentialLR(LRScheduler): pass
class SequentialLR(LRScheduler): pass
class PolynomialLR(LRScheduler): pass
class CosineAnnealingLR(LRScheduler): pass
class ReduceLROnPlateau(LRScheduler): pass
class CyclicLR(LRScheduler): pass
class CosineAnnealingWarmRestarts(LRScheduler): pass
class OneCycleLR(LRScheduler): pass
# fmt: on


class ChainedScheduler(LRScheduler):
    def __init__(self, schedulers, optimizer=None):
        self.schedulers = schedulers

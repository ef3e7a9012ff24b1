"""A scheduler's step moves learning rates: https://huggingface.co/docs/timm/reference/schedulers"""

from modelint_stub import unknown
from torch.optim.lr_scheduler import LRScheduler


class Scheduler(LRScheduler):
    def step_update(self, *args, **kwargs):
        pass


def create_scheduler_v2(optimizer, *args, **kwargs):
    return Scheduler(optimizer), unknown()


def create_scheduler(args, optimizer, *rest, **kwargs):
    return Scheduler(optimizer), unknown()


def __getattr__(name):
    return Scheduler

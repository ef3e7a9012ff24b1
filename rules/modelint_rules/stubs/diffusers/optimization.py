from torch.optim.lr_scheduler import LRScheduler


def get_scheduler(name, optimizer, *args, **kwargs):
    return LRScheduler(optimizer)


def get_constant_schedule(optimizer, *args, **kwargs):
    return LRScheduler(optimizer)


def get_constant_schedule_with_warmup(optimizer, *args, **kwargs):
    return LRScheduler(optimizer)


def get_linear_schedule_with_warmup(optimizer, *args, **kwargs):
    return LRScheduler(optimizer)


def get_cosine_schedule_with_warmup(optimizer, *args, **kwargs):
    return LRScheduler(optimizer)

"""Any optimizer of timm; a whole model may be given for its parameters: https://huggingface.co/docs/timm/reference/optimizers"""

from torch.optim.optimizer import Optimizer


class TimmOptimizer(Optimizer): pass  # fmt: skip


def create_optimizer_v2(model_or_params, *args, **kwargs):
    return TimmOptimizer(model_or_params)


def create_optimizer(args, model, *rest, **kwargs):
    return TimmOptimizer(model)


def __getattr__(name):
    return TimmOptimizer

"""Facts: weight averaging."""

from modelint_stub import copy, detached, loaded, parameters
from torch.nn.modules.module import Module
from torch.optim.lr_scheduler import LRScheduler


class AveragedModel(Module):
    """A wrapper in train mode over a copy that has the modes of the model."""

    def __init__(self, model, *args, **kwargs):
        self.module = copy(model)

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def update_parameters(self, model):
        loaded(self)
        for parameter in parameters(self):
            parameter.copy_(detached(parameters(model)))


def update_bn(loader, model, device=None):
    """Runs the model in train mode, then gives every part the mode that the root had."""
    training = model.training
    model.train()
    model.train(training)


# fmt: off
class SWALR(LRScheduler): pass

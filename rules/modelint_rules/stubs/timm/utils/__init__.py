"""Facts: timm."""

from modelint_stub import backward, copy, detached, loaded, parameters, requires_grad, sink, unknown
from torch.nn.modules.module import Module


class ModelEma:
    """Not a module: it holds a frozen copy in eval mode."""

    def __init__(self, model, *args, **kwargs):
        self.ema = copy(model)
        self.ema.eval()
        requires_grad(self.ema, False)

    def update(self, model):
        _average(self.ema, model)


class ModelEmaV2(Module):
    """A root in train mode over a copy in eval mode."""

    def __init__(self, model, *args, **kwargs):
        self.module = copy(model)
        self.module.eval()

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def update(self, model, *args, **kwargs):
        _average(self.module, model)

    def set(self, model):
        _average(self.module, model)


class ModelEmaV3(ModelEmaV2): pass  # fmt: skip


def _average(average, model):
    loaded(average)
    for parameter in parameters(average):
        parameter.copy_(detached(parameters(model)))


class NativeScaler:
    """Backward and step in one call."""

    def __call__(
        self, loss, optimizer, clip_grad=None, clip_mode="norm", parameters=None, create_graph=False, need_update=True
    ):
        backward(loss)
        if need_update:
            optimizer.step()

    def state_dict(self):
        return unknown()

    def load_state_dict(self, state_dict):
        pass


class AverageMeter:
    def __init__(self):
        pass

    def update(self, val, n=1):
        sink(val)

    def reset(self):
        pass


def accuracy(output, target, topk=(1,)):
    return [detached(output, target) for _ in topk]


def unwrap_model(model):
    return model.module if hasattr(model, "module") else model

"""A module around a model and its average, of which `eval` switches the average alone and `train` both.
Facts: optimizers and averages with modes."""

from modelint_stub import copy, detached, loaded, parameters, unknown
from torch.autograd.grad_mode import no_grad
from torch.nn.modules.module import Module


class EMA(Module):
    def __init__(self, model, ema_model=None, *args, include_online_model=True, **kwargs):
        self.online_model = model if include_online_model else unknown()
        if ema_model is None:
            ema_model = copy(model)
        elif not isinstance(ema_model, Module) and callable(ema_model):
            ema_model = ema_model()
        self.ema_model = ema_model

    @property
    def model(self):
        return self.online_model

    def __call__(self, *args, **kwargs):
        return self.ema_model(*args, **kwargs)

    def eval(self):
        return self.ema_model.eval()

    def forward_eval(self, *args, **kwargs):
        """In the mode that the average is in."""
        with no_grad():
            return self.ema_model(*args, **kwargs)

    def update(self):
        loaded(self.ema_model)
        for parameter in parameters(self.ema_model):
            parameter.copy_(detached(parameters(self.online_model)))

    copy_params_from_model_to_ema = update

    def update_model_with_ema(self, decay=None):
        pass

"""`initialize` wraps a model in an engine that trains it, and whose `train` and `eval` switch the wrapped model, not the engine, and
return nothing. Facts: deepspeed."""

from deepspeed import ops, zero
from modelint_stub import backward, clear_gradients, unknown
from torch.nn import Module
from torch.optim import Optimizer


class DeepSpeedEngine(Module):
    def __init__(self, model, optimizer=None, model_parameters=None, *args, **kwargs):
        self.module = model
        if optimizer is None or callable(optimizer):
            optimizer = Optimizer(model.parameters() if model_parameters is None else model_parameters)
        self.optimizer = optimizer

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)

    def train(self, mode=True):
        self.module.train(mode)

    def eval(self):
        self.module.train(False)

    def backward(self, loss, *args, **kwargs):
        backward(loss)
        return loss

    def step(self, *args, **kwargs):
        self.optimizer.step()
        clear_gradients(self.optimizer)

    def save_checkpoint(self, *args, **kwargs):
        return unknown()

    def load_checkpoint(self, *args, **kwargs):
        return unknown(), unknown()


def initialize(
    args=None, model=None, optimizer=None, model_parameters=None, training_data=None, lr_scheduler=None, *more, **kwargs
):
    engine = DeepSpeedEngine(model, optimizer, model_parameters)
    return engine, engine.optimizer, unknown(), lr_scheduler


def init_inference(model, *args, **kwargs):
    return model


def init_distributed(*args, **kwargs):
    return unknown()

"""An average in eval mode, unless its buffers are to move. Facts: trainers of ignite."""

from modelint_stub import copy, detached, loaded, parameters


class EMAHandler:
    def __init__(self, model, *args, handle_buffers="copy", **kwargs):
        self.model = model
        self.ema_model = copy(model)
        if handle_buffers == "ema_train":
            self.ema_model.train()
        else:
            self.ema_model.eval()

    def attach(self, engine, *args, **kwargs):
        loaded(self.ema_model)
        for parameter in parameters(self.ema_model):
            parameter.copy_(detached(parameters(self.model)))

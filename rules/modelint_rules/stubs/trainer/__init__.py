"""Coqui's Trainer. Many projects have a module `trainer` of their own, which is meant there. Facts: coqui trainer.

Train mode is set at the start of each epoch of training, after `on_epoch_start` and before `on_train_epoch_start`; eval mode for the
evaluation of each epoch and for its test run.
"""

from modelint_stub import saved, set_gradients, sink, train_on, unknown
from torch.nn import Module

__modelint_yields__ = True


class TrainerModel(Module):
    """A model that brings its steps, optimizers and hooks. What is None here is left out where a class does not define it."""

    optimize = get_optimizer = test_run = eval_log = test_log = None

    def __modelint_client__(self):
        Trainer(unknown(), unknown(), unknown(), model=self).fit()

    def _nothing(self, *args, **kwargs):
        pass

    init_for_training = on_init_start = on_init_end = on_epoch_start = on_epoch_end = _nothing
    on_train_epoch_start = on_train_epoch_end = on_train_step_start = on_train_step_end = _nothing
    before_backward_pass = before_gradient_clipping = _nothing

    def format_batch(self, batch):
        return batch

    format_batch_on_device = format_batch

    def scaled_backward(self, loss, trainer, optimizer, *args, **kwargs):
        loss.backward()
        return unknown()


class Trainer:
    def __init__(
        self, args, config, output_path="", c_logger=None, dashboard_logger=None, model=None, get_model=None, *more, **kwargs
    ):
        if model is None and get_model is not None:
            model = get_model()
        self.model = model
        self.args, self.config = args, config
        model.init_for_training()
        self.optimizer = model.get_optimizer() if model.get_optimizer is not None else unknown()
        model.on_init_start(self)
        model.on_init_end(self)

    def fit(self):
        while True:
            self.model.on_epoch_start(self)
            self.train_epoch()
            if self.config.run_eval:
                self.eval_epoch()
            self.test_run()
            saved(self.model, "everything", None)
            self.model.on_epoch_end(self)
            if unknown():
                break

    def train_epoch(self):
        model = self.model
        set_gradients(True)
        model.train()
        model.on_train_epoch_start(self)
        while True:
            model.on_train_step_start(self)
            self._train_batch(model)
            model.on_train_step_end(self)
            if unknown():
                break
        model.on_train_epoch_end(self)

    def _train_batch(self, model):
        batch = model.format_batch_on_device(model.format_batch(unknown()))
        if model.optimize is not None:
            model.optimize(batch, self)
        elif isinstance(self.optimizer, list):
            for optimizer in self.optimizer:
                outputs, losses = model.train_step(batch, unknown(), unknown())
                train_on(model, losses, optimizer)
        else:
            outputs, losses = model.train_step(batch, unknown())
            model.before_backward_pass(self, losses)
            train_on(model, losses, self.optimizer)

    def eval_epoch(self):
        model = self.model
        set_gradients(False)
        model.eval()
        while True:
            batch = model.format_batch_on_device(model.format_batch(unknown()))
            outputs = model.eval_step(batch, unknown())
            sink(outputs)
            if unknown():
                break
        if model.eval_log is not None:
            model.eval_log(batch, outputs, unknown(), unknown(), unknown())

    def test_run(self):
        model = self.model
        model.eval()
        if model.test_run is not None:
            outputs = model.test_run(unknown())
            if model.test_log is not None:
                model.test_log(outputs, unknown(), unknown(), unknown())

    def test(self, model=None, test_samples=None):
        if model is not None:
            self.model = model
        self.eval_epoch()


def __getattr__(name):
    return unknown()

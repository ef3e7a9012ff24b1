"""Training sets train mode, each validation and each prediction eval mode, and nothing gives a mode back: after a fit the model is
in eval mode, after a search for the learning rate, which ends within training, in train mode. Facts: learners of fastai."""

from contextlib import contextmanager

from fastai.callback.core import CancelBatchException, TrainEvalCallback, _Known
from modelint_stub import add_layers, backward, loaded, lost, parameters, saved, set_gradients, sink, unknown
from torch.nn.modules.module import Module
from torch.optim import Adam


class Learner:
    training = False

    def __init__(self, dls, model, loss_func=None, *args, cbs=None, default_cbs=True, **kwargs):
        self.dls = dls
        self.model = model
        self.loss_func = unknown() if loss_func is None else loss_func
        self.opt = None
        self.cbs = []
        if default_cbs:
            self.add_cb(TrainEvalCallback())
        self.add_cbs(cbs)
        self("after_create")

    def __getattr__(self, name):
        return getattr(self.model, name)

    def __call__(self, event_name):
        for cb in self.cbs:
            getattr(cb, event_name)()

    def add_cb(self, cb):
        if isinstance(cb, type):
            cb = cb()
        cb.learn = self
        self.cbs = [*self.cbs, cb]
        return self

    def add_cbs(self, cbs):
        if cbs is not None:
            for cb in cbs if isinstance(cbs, (list, tuple)) else [cbs]:
                self.add_cb(cb)
        return self

    def create_opt(self):
        if self.opt is None:
            self.opt = Adam(parameters(self.model))

    @contextmanager
    def added_cbs(self, cbs):
        before = self.cbs
        self.add_cbs(cbs)
        yield
        self.cbs = before

    def fit(self, *args, cbs=None, **kwargs):
        before = self.cbs
        self.add_cbs(cbs)
        self.create_opt()
        self("before_fit")
        while True:
            self("before_epoch")
            self._do_epoch()
            self("after_epoch")
            if unknown():
                break
        self("after_fit")
        self.cbs = before

    fit_one_cycle = fit_flat_cos = fit_sgdr = fit

    def fine_tune(self, *args, cbs=None, **kwargs):
        self.fit(cbs=cbs)
        self.fit(cbs=cbs)

    def lr_find(self, *args, **kwargs):
        self.create_opt()
        self("before_fit")
        while True:
            self._do_epoch_train()
            if unknown():
                break
        self("after_fit")
        return unknown()

    def _do_epoch(self):
        self._do_epoch_train()
        self._do_epoch_validate()

    def _do_epoch_train(self):
        self("before_train")
        self.all_batches()
        self("after_train")

    def _do_epoch_validate(self, *args, **kwargs):
        before = set_gradients(False)
        self("before_validate")
        self.all_batches()
        self("after_validate")
        set_gradients(before)

    def all_batches(self):
        while True:
            self.one_batch(unknown(), unknown())
            if unknown():
                break

    def one_batch(self, i, b):
        self.xb = unknown()
        self.yb = unknown()
        try:
            self._do_one_batch()
        except CancelBatchException:
            pass
        self("after_batch")

    def _do_one_batch(self):
        self("before_batch")
        self.pred = self.model(*self.xb)
        self("after_pred")
        self.loss_grad = self.loss = self.loss_func(self.pred, *self.yb)
        self("after_loss")
        if self.training:
            self._do_grad_opt()
        else:
            sink(self.pred, self.loss)

    def _do_grad_opt(self):
        self("before_backward")
        backward(self.loss_grad)
        self("after_backward")
        self("before_step")
        self.opt.step()
        self("after_step")
        self.opt.zero_grad()

    def validate(self, *args, cbs=None, **kwargs):
        before = self.cbs
        self.add_cbs(cbs)
        self("before_fit")
        self("before_epoch")
        self._do_epoch_validate()
        self("after_epoch")
        self("after_fit")
        self.cbs = before
        return unknown()

    get_preds = predict = tta = show_results = summary = validate

    def save(self, file, *args, **kwargs):
        saved(self.model, "everything", None)
        return unknown()

    export = save

    def load(self, *args, **kwargs):
        loaded(self.model)
        return self

    load_encoder = load_pretrained = load

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    freeze = freeze_to = unfreeze = remove_cb = remove_cbs = ordered_cbs = save_encoder = show_training_loop = _same

    @contextmanager
    def _within(self, *args, **kwargs):
        yield self

    no_bar = no_logging = no_mbar = removed_cbs = parallel_ctx = distrib_ctx = _within

    def _self(self, *args, **kwargs):
        return self

    to_fp16 = to_fp32 = to_bf16 = to_native_fp16 = to_native_fp32 = to_channelslast = to_contiguous = _self


class _Exported(Module):
    """A model of which nothing is known: it was saved in whatever mode it had."""

    def __init__(self):
        add_layers(self, "unknown")
        loaded(self)
        lost(self)


def load_learner(*args, **kwargs):
    return Learner(unknown(), _Exported())


# fmt: off
class Recorder(_Known): pass

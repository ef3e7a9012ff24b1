"""The events of a learner, and what sets the mode at two of them. Facts: learners of fastai."""

from modelint_stub import lost, modules, unknown
from torch.nn.modules.batchnorm import _BatchNorm


# fmt: off
class CancelBackwardException(Exception): pass
class CancelStepException(Exception): pass
class CancelBatchException(Exception): pass
class CancelTrainException(Exception): pass
class CancelValidException(Exception): pass
class CancelEpochException(Exception): pass
class CancelFitException(Exception): pass
# fmt: on


class Callback:
    learn = None

    def __init__(self, **kwargs):
        pass

    def __getattr__(self, name):
        return unknown() if self.learn is None else getattr(self.learn, name)

    def _nothing(self):
        pass

    after_create = before_fit = before_epoch = before_train = before_batch = after_pred = after_loss = _nothing
    before_backward = after_backward = before_step = after_step = after_batch = after_train = _nothing
    before_validate = after_validate = after_epoch = after_fit = after_cancel_backward = after_cancel_step = _nothing
    after_cancel_batch = after_cancel_train = after_cancel_validate = after_cancel_epoch = after_cancel_fit = _nothing


class TrainEvalCallback(Callback):
    def before_train(self):
        self.model.train()
        self.learn.training = True

    def before_validate(self):
        self.model.eval()
        self.learn.training = False


class _Known(Callback):
    """A callback of the library that sets no mode, or gives it back."""

    def __init__(self, *args, **kwargs):
        pass


class BnFreeze(_Known):
    """In eval mode is then whatever of this kind is frozen."""

    def before_train(self):
        for layer in modules(self.model):
            if isinstance(layer, _BatchNorm):
                lost(layer)


# fmt: off
class GatherPredsCallback(_Known): pass
class FetchPredsCallback(_Known): pass

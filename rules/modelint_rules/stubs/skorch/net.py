"""Each step sets train mode, each validation and each prediction eval mode, and nothing gives a mode back. Facts: skorch."""

from modelint_stub import backward, clear_gradients, data, infer, loaded, saved, set_gradients, unknown
from torch.autograd.grad_mode import no_grad
from torch.nn.modules.module import Module
from torch.optim import SGD


class NeuralNet:
    def __init__(
        self, module, criterion=None, optimizer=SGD, *args, train_split=True, warm_start=False, callbacks=None, **kwargs
    ):  # fmt: skip
        self.module = module
        self.optimizer = optimizer
        self.train_split = train_split
        self.warm_start = warm_start
        self.initialized_ = False

    def initialize(self):
        self.initialize_module()
        self.initialize_optimizer()
        self.initialized_ = True
        return self

    def initialize_module(self):
        self.module_ = self.module if isinstance(self.module, Module) else self.module(**unknown())
        return self

    def initialize_optimizer(self, *args, **kwargs):
        self.optimizer_ = self.optimizer(self.module_.parameters())
        return self

    def fit(self, X, y=None, **fit_params):
        if not self.warm_start or not self.initialized_:
            self.initialize()
        return self.partial_fit(X, y, **fit_params)

    def partial_fit(self, X, y=None, *args, **fit_params):
        if not self.initialized_:
            self.initialize()
        while True:
            while True:
                self.train_step((unknown(), unknown()))
                if unknown():
                    break
            if self.train_split is not None:
                self.validation_step((unknown(), unknown()))
            if unknown():
                break
        return self

    def _set_training(self, training=True):
        self.module_.train(training)

    def train_step(self, batch, **fit_params):
        clear_gradients(self.optimizer_)
        step = self.train_step_single(batch, **fit_params)
        self.optimizer_.step()
        return step

    def train_step_single(self, batch, **fit_params):
        self._set_training(True)
        x, y = batch
        y_pred = self.infer(x, **fit_params)
        loss = self.get_loss(y_pred, y, X=x, training=True)
        backward(loss)
        return {"loss": loss, "y_pred": y_pred}

    def validation_step(self, batch, **fit_params):
        self._set_training(False)
        x, y = batch
        with no_grad():
            y_pred = self.infer(x, **fit_params)
            loss = self.get_loss(y_pred, y, X=x, training=False)
        return {"loss": loss, "y_pred": y_pred}

    def evaluation_step(self, batch, training=False):
        before = set_gradients(training)
        self._set_training(training)
        y_pred = self.infer(batch)
        set_gradients(before)
        return y_pred

    def infer(self, x, **fit_params):
        return self.module_(x)

    def get_loss(self, y_pred, y_true, *args, **kwargs):
        return data(y_pred, y_true)

    def forward(self, X, training=False, *args, **kwargs):
        """In train mode only where that is asked for."""
        self._set_training(training)
        return data(self.infer(X)) if training else infer(self.module_, X, name="forward")

    forward_iter = forward

    def predict(self, X, *args, **kwargs):
        self._set_training(False)
        return infer(self.module_, X, name="predict")

    predict_proba = score = predict

    def trim_for_prediction(self):
        self._set_training(False)

    def save_params(self, f_params=None, *args, **kwargs):
        if f_params is not None:
            saved(self.module_, "everything", None)

    def load_params(self, *args, **kwargs):
        loaded(self.module_)

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    get_params = set_params = get_params_for = get_params_for_optimizer = get_all_learnable_params = _same
    notify = check_data = check_is_fitted = check_training_readiness = get_default_callbacks = initialized_instance = _same
    get_dataset = get_split_datasets = get_iterator = run_single_epoch = on_train_begin = on_train_end = _same
    on_epoch_begin = on_epoch_end = on_batch_begin = on_batch_end = on_grad_computed = _same
    initialize_criterion = initialize_callbacks = initialize_history = initialize_virtual_params = torch_compile = _same

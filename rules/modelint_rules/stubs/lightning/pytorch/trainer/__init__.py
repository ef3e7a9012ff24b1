"""Up to 2.1 `fit` sets train mode at its start and after each validation; from 2.2 it never does, and gives back each module's own
mode after a validation. Facts: Trainer.fit, what is gone with 2.0."""

from modelint_stub import give_back, known, saved, set_gradients, sink, train_on, unknown, version

if version("lightning") >= (2, 2):
    _sets_train_mode = False
else:
    _sets_train_mode = True

# A program that says so runs with a Lightning before 2.0 only, whatever else is known of the version.
_GONE_WITH_2_0 = (
    "amp_backend",
    "amp_level",
    "auto_lr_find",
    "auto_scale_batch_size",
    "auto_select_gpus",
    "automatic_optimization",
    "checkpoint_callback",
    "distributed_backend",
    "early_stop_callback",
    "flush_logs_every_n_steps",
    "gpus",
    "ipus",
    "log_gpu_memory",
    "log_save_interval",
    "move_metrics_to_cpu",
    "multiple_trainloader_mode",
    "nb_gpu_nodes",
    "num_processes",
    "num_tpu_cores",
    "prepare_data_per_node",
    "process_position",
    "progress_bar_refresh_rate",
    "reload_dataloaders_every_epoch",
    "replace_sampler_ddp",
    "resume_from_checkpoint",
    "row_log_interval",
    "show_progress_bar",
    "stochastic_weight_avg",
    "terminate_on_nan",
    "tpu_cores",
    "track_grad_norm",
    "train_percent_check",
    "truncated_bptt_steps",
    "use_amp",
    "val_percent_check",
    "weights_save_path",
    "weights_summary",
)


class Trainer:
    sets_train_mode = _sets_train_mode
    configured = None

    def __init__(self, *args, callbacks=None, **kwargs):
        for name in kwargs:
            if known(name) and name in _GONE_WITH_2_0:
                self.sets_train_mode = True
        if callbacks is None:
            self.callbacks = []
        elif isinstance(callbacks, (list, tuple)):
            self.callbacks = [*callbacks]
        else:
            self.callbacks = [callbacks]

    def fit(self, model, train_dataloaders=None, val_dataloaders=None, datamodule=None, ckpt_path=None, **kwargs):
        self._start(model, "fit", datamodule)
        for name in ("training_epoch_end", "validation_epoch_end"):
            gone = hasattr(model, name)
            if known(gone) and gone:
                self.sets_train_mode = True
        self.configured = model.configure_optimizers()
        self._hook("on_fit_start")
        self._hook("on_sanity_check_start")
        self._evaluate("validation")
        self._hook("on_sanity_check_end")
        if self.sets_train_mode:
            model.train()
        self._hook("on_train_start")
        while True:
            self._hook("on_train_epoch_start")
            while True:
                self._train_batch(model)
                if unknown():
                    break
            self._evaluate("validation")
            self._hook("on_train_epoch_end")
            if unknown():
                break
        self._hook("on_train_end")
        self._hook("on_fit_end")
        self._hook("teardown", "fit")

    def _train_batch(self, module):
        batch = unknown()
        self._hook("on_train_batch_start", batch, unknown())
        loss = module.training_step(batch, unknown())
        if module.automatic_optimization:
            self._hook("on_before_backward", loss)
            train_on(module, loss, self.configured)
            self._hook("on_before_optimizer_step", self.configured)
        self._hook("on_train_batch_end", unknown(), batch, unknown())

    def _start(self, model, stage, datamodule=None):
        self.model = self.lightning_module = model
        model.trainer = self
        more = model.configure_callbacks()
        if more is not None:
            self.callbacks = [*self.callbacks, *more]
        if datamodule is not None:
            datamodule.trainer = self
            datamodule.prepare_data()
            datamodule.setup(stage)
        model.prepare_data()
        self._hook("setup", stage)
        model.configure_model()

    def _hook(self, name, *args):
        for callback in self.callbacks:
            getattr(callback, name)(self, self.model, *args)
        getattr(self.model, name)(*args)

    def _evaluate(self, stage):
        """`stage`: validation, test or predict."""
        module = self.model
        self.modes = module.training
        puts_in_eval = getattr(module, f"on_{stage}_model_eval")
        if not known(puts_in_eval):
            module.eval()
        puts_in_eval()
        before = set_gradients(False)
        self._hook(f"on_{stage}_start")
        self._hook(f"on_{stage}_epoch_start")
        while True:
            batch = unknown()
            self._hook(f"on_{stage}_batch_start", batch, unknown())
            result = getattr(module, f"{stage}_step")(batch, unknown())
            sink(result)
            self._hook(f"on_{stage}_batch_end", result, batch, unknown())
            if unknown():
                break
        self._hook(f"on_{stage}_epoch_end")
        self._hook(f"on_{stage}_end")
        set_gradients(before)
        if stage != "predict" or not self.sets_train_mode:
            gives_back = getattr(module, f"on_{stage}_model_train")
            if not known(gives_back):
                self.restore_modes(module)
            gives_back()
        return unknown()

    def restore_modes(self, module):
        if self.sets_train_mode:
            module.train()
        else:
            give_back(self.modes)

    def validate(self, model=None, dataloaders=None, ckpt_path=None, verbose=True, datamodule=None, **kwargs):
        if model is not None:
            self._start(model, "validate", datamodule)
        return self._evaluate("validation")

    def test(self, model=None, dataloaders=None, ckpt_path=None, verbose=True, datamodule=None, **kwargs):
        if model is not None:
            self._start(model, "test", datamodule)
        return self._evaluate("test")

    def predict(self, model=None, dataloaders=None, datamodule=None, *args, **kwargs):
        if model is not None:
            self._start(model, "predict", datamodule)
        return self._evaluate("predict")

    def tune(self, model, *args, **kwargs):
        return unknown()

    def save_checkpoint(self, *args, **kwargs):
        saved(self.model, "everything", None)

    @property
    def optimizers(self):
        return self.configured

"""Facts: Trainer.fit, LightningModule."""

from modelint_stub import backward, loaded, requires_grad, sink, unknown
from torch.nn import Module


class _DataHooks:
    def _nothing(self, *args, **kwargs):
        pass

    prepare_data = setup = teardown = on_save_checkpoint = on_load_checkpoint = _nothing
    train_dataloader = val_dataloader = test_dataloader = predict_dataloader = _nothing
    transfer_batch_to_device = on_before_batch_transfer = on_after_batch_transfer = _nothing
    save_hyperparameters = _nothing


class LightningModule(_DataHooks, Module):
    automatic_optimization = True
    trainer = None

    def __modelint_client__(self):
        """What a program does with a module of its own class."""
        from lightning.pytorch.trainer import Trainer

        Trainer().fit(self)

    def _nothing(self, *args, **kwargs):
        pass

    configure_model = configure_sharded_model = configure_callbacks = configure_optimizers = _nothing
    on_fit_start = on_fit_end = on_train_start = on_train_end = on_sanity_check_start = on_sanity_check_end = _nothing
    on_train_epoch_start = on_train_epoch_end = on_train_batch_start = on_train_batch_end = _nothing
    on_validation_start = on_validation_end = on_validation_epoch_start = on_validation_epoch_end = _nothing
    on_validation_batch_start = on_validation_batch_end = on_test_start = on_test_end = _nothing
    on_test_epoch_start = on_test_epoch_end = on_test_batch_start = on_test_batch_end = _nothing
    on_predict_start = on_predict_end = on_predict_epoch_start = on_predict_epoch_end = _nothing
    on_predict_batch_start = on_predict_batch_end = on_before_backward = on_after_backward = _nothing
    on_before_optimizer_step = on_before_zero_grad = configure_gradient_clipping = clip_gradients = _nothing
    test_epoch_end = training_step_end = validation_step_end = _nothing
    training_step = validation_step = test_step = lr_scheduler_step = optimizer_step = _nothing
    toggle_optimizer = untoggle_optimizer = print = _nothing

    def predict_step(self, batch, *args, **kwargs):
        return self(batch)

    def on_validation_model_eval(self):
        self.eval()

    on_test_model_eval = on_predict_model_eval = on_validation_model_eval

    def on_validation_model_train(self):
        """Not overridden: the trainer restores what was."""
        self.trainer.restore_modes(self)

    on_test_model_train = on_predict_model_train = on_validation_model_train

    def log(self, *values, **kwargs):
        sink(values)

    log_dict = log

    def manual_backward(self, loss, *args, **kwargs):
        backward(loss)

    def optimizers(self, *args, **kwargs):
        found = self.trainer.configured
        if isinstance(found, dict):
            return found["optimizer"]
        if isinstance(found, tuple) and isinstance(found[0], (list, tuple)):
            found = found[0]
        if isinstance(found, (list, tuple)) and len(found) == 1:
            return found[0]
        return found

    def lr_schedulers(self):
        return unknown()

    def freeze(self):
        requires_grad(self, False)
        self.eval()

    def unfreeze(self):
        requires_grad(self, True)
        self.train()

    @classmethod
    def load_from_checkpoint(cls, *args, map_location=None, hparams_file=None, strict=None, **kwargs):
        module = cls(**kwargs)
        loaded(module)
        return module


class LightningDataModule(_DataHooks):
    def __init__(self, *args, **kwargs):
        pass

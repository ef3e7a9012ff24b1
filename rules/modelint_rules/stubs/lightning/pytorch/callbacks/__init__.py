"""Hooks of a callback; the library's own callbacks set no mode. Facts: Trainer.fit."""


class Callback:
    def _nothing(self, trainer, module, *args, **kwargs):
        pass

    setup = teardown = on_fit_start = on_fit_end = on_train_start = on_train_end = _nothing
    on_sanity_check_start = on_sanity_check_end = on_train_epoch_start = on_train_epoch_end = _nothing
    on_train_batch_start = on_train_batch_end = on_before_backward = on_after_backward = _nothing
    on_before_optimizer_step = on_before_zero_grad = on_exception = on_save_checkpoint = _nothing
    on_validation_start = on_validation_end = on_validation_epoch_start = on_validation_epoch_end = _nothing
    on_validation_batch_start = on_validation_batch_end = on_test_start = on_test_end = _nothing
    on_test_epoch_start = on_test_epoch_end = on_test_batch_start = on_test_batch_end = _nothing
    on_predict_start = on_predict_end = on_predict_epoch_start = on_predict_epoch_end = _nothing
    on_predict_batch_start = on_predict_batch_end = on_load_checkpoint = _nothing


class _Known(Callback):
    def __init__(self, *args, **kwargs):
        pass


def __getattr__(name):
    return type(name, (_Known,), {})

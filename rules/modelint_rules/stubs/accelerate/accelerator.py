"""Facts: modes of accelerate."""

from contextlib import contextmanager

from modelint_stub import backward, saved, saved_values, sink, unknown


class Accelerator:
    def __init__(self, *args, **kwargs):
        pass

    def prepare(self, *objects, **kwargs):
        return objects[0] if len(objects) == 1 else objects

    def prepare_model(self, model, *args, **kwargs):
        return model

    def prepare_optimizer(self, optimizer, *args, **kwargs):
        return optimizer

    def prepare_scheduler(self, scheduler, *args, **kwargs):
        return scheduler

    def prepare_data_loader(self, loader, *args, **kwargs):
        return loader

    def unwrap_model(self, model, *args, **kwargs):
        return model

    def backward(self, loss, **kwargs):
        backward(loss)

    lomo_backward = backward

    @contextmanager
    def accumulate(self, *models):
        yield unknown()

    no_sync = join_uneven_inputs = accumulate

    @contextmanager
    def autocast(self, *args, **kwargs):
        yield unknown()

    profile = split_between_processes = main_process_first = local_main_process_first = autocast

    def on_main_process(self, function=None):
        return function

    on_local_main_process = on_last_process = on_main_process

    def save_model(self, model, *args, **kwargs):
        saved(model, "everything", None)

    def save(self, obj, *args, **kwargs):
        saved_values(obj)
        sink(obj)

    def get_state_dict(self, model, *args, **kwargs):
        return model.state_dict()

    def log(self, *values, **kwargs):
        sink(values)

    print = log

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    clip_grad_norm_ = clip_grad_value_ = unscale_gradients = wait_for_everyone = register_for_checkpointing = _same
    save_state = load_state = init_trackers = end_training = free_memory = clear = skip_first_batches = _same
    trigger_sync_in_backward = register_save_state_pre_hook = register_load_state_pre_hook = _same

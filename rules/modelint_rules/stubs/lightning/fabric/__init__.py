"""Fabric wraps a module under a root in train mode and sets no mode. Facts: modes of trainers."""

from contextlib import contextmanager

from modelint_stub import backward, saved, saved_values, sink, unknown
from torch.nn import Module


def seed_everything(*args, **kwargs):
    pass


class _FabricModule(Module):
    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def __getattr__(self, name):
        return getattr(self.module, name)


class Fabric:
    def __init__(self, *args, **kwargs):
        pass

    def launch(self, function=None, *args, **kwargs):
        if function is not None:
            return function(self, *args, **kwargs)

    def setup(self, module, *optimizers, **kwargs):
        wrapped = _FabricModule(module)
        return (wrapped, *optimizers) if optimizers else wrapped

    def setup_module(self, module, *args, **kwargs):
        return _FabricModule(module)

    def setup_optimizers(self, *optimizers):
        return optimizers[0] if len(optimizers) == 1 else optimizers

    def setup_dataloaders(self, *loaders, **kwargs):
        return loaders[0] if len(loaders) == 1 else loaders

    def backward(self, loss, *args, **kwargs):
        backward(loss)

    @contextmanager
    def autocast(self, *args, **kwargs):
        yield unknown()

    no_backward_sync = init_module = init_tensor = rank_zero_first = sharded_model = autocast

    def save(self, path, state, *args, **kwargs):
        if isinstance(state, dict):
            for value in state.values():
                if isinstance(value, Module):
                    saved(value, "everything", None)
        saved_values(state)

    def log(self, *values, **kwargs):
        sink(values)

    log_dict = print = log

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""
        return unknown()

    clip_gradients = load = load_raw = barrier = seed_everything = call = _same

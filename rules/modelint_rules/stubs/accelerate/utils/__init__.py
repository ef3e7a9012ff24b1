"""Things around a training program, and what undoes its wrappers. Facts: modes of accelerate."""

from modelint_stub import unknown
from torch.nn.parallel import DataParallel, DistributedDataParallel


def set_seed(*args, **kwargs):
    pass


def extract_model_from_parallel(model, *args, **kwargs):
    """A wrapper of `prepare` is the model itself here; another one is taken off."""
    return model.module if isinstance(model, (DataParallel, DistributedDataParallel)) else model


def find_executable_batch_size(function=None, starting_batch_size=None, **kwargs):
    if function is None:
        return find_executable_batch_size

    def run(*args, **kwargs):
        return function(unknown(), *args, **kwargs)

    return run

"""Where parameters lie, no modes. Facts: deepspeed."""

from contextlib import contextmanager


@contextmanager
def GatheredParameters(params, *args, **kwargs):
    yield


@contextmanager
def Init(*args, **kwargs):
    yield

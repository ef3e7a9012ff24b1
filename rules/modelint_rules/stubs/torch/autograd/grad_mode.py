"""Gradient modes leave `.training` as it is. Facts: gradient modes."""

import inspect

from modelint_stub import set_gradients


class _GradMode:
    def __init__(self, enabled):
        self.enabled = enabled

    def __enter__(self):
        self.previous = set_gradients(self.enabled)

    def __exit__(self, *error):
        set_gradients(self.previous)

    def __call__(self, function):
        enabled = self.enabled
        if inspect.isgeneratorfunction(function):
            return _generator(function, enabled)

        def wrapper(*args, **kwargs):
            with _GradMode(enabled):
                return function(*args, **kwargs)

        return wrapper


def _generator(function, enabled):
    """What the generator yields to runs in the mode outside."""

    def wrapper(*args, **kwargs):
        previous = set_gradients(enabled)
        for value in function(*args, **kwargs):
            set_gradients(previous)
            yield value
            set_gradients(enabled)
        set_gradients(previous)

    return wrapper


def no_grad(function=None):
    if function is None:
        return _GradMode(False)
    return _GradMode(False)(function)


def enable_grad(function=None):
    if function is None:
        return _GradMode(True)
    return _GradMode(True)(function)


def inference_mode(mode=True):
    """`inference_mode(False)` records gradients, also inside `no_grad`."""
    if isinstance(mode, bool):
        return _GradMode(not mode)
    return _GradMode(False)(mode)


class set_grad_enabled:
    """Acts at once; used with `with` it restores, used as a decorator it acts inside the function only."""

    def __init__(self, mode):
        self.mode = mode
        self.previous = set_gradients(mode)

    def __enter__(self):
        set_gradients(self.mode)

    def __exit__(self, *error):
        set_gradients(self.previous)

    def __call__(self, function):
        set_gradients(self.previous)
        return _GradMode(self.mode)(function)


def is_grad_enabled():
    previous = set_gradients(False)
    set_gradients(previous)
    return previous

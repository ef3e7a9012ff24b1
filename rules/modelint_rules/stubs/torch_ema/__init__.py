"""Averages of parameters, no module. Facts: optimizers and averages with modes."""

from contextlib import contextmanager

from modelint_stub import unknown


class ExponentialMovingAverage:
    def __init__(self, parameters, decay, *args, **kwargs):
        pass

    @contextmanager
    def average_parameters(self, parameters=None):
        yield

    def state_dict(self):
        return unknown()

    def _same(self, *args, **kwargs):
        """Leaves the modes as they are."""

    update = copy_to = store = restore = to = load_state_dict = _same

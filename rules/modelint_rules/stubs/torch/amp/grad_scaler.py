"""Facts: mixed precision."""

from modelint_stub import data, unknown


class GradScaler:
    def __init__(self, *args, **kwargs):
        pass

    def scale(self, outputs):
        return data(outputs)

    def step(self, optimizer, *args, **kwargs):
        return optimizer.step(*args, **kwargs)

    def unscale_(self, optimizer):
        pass

    def update(self, new_scale=None):
        pass

    def state_dict(self):
        return unknown()

    def load_state_dict(self, state_dict):
        pass

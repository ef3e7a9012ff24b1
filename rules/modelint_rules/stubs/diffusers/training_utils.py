"""Facts: diffusers."""

from modelint_stub import data, detached, unknown


class EMAModel:
    """Not a module: a list of averaged parameters."""

    def __init__(self, parameters, *args, **kwargs):
        self.shadow_params = detached(parameters)

    @classmethod
    def from_pretrained(cls, *args, **kwargs):
        return cls(unknown())

    def step(self, parameters):
        pass

    def copy_to(self, parameters):
        pass

    def store(self, parameters):
        pass

    def restore(self, parameters):
        pass

    def to(self, *args, **kwargs):
        pass

    def save_pretrained(self, path):
        pass

    def state_dict(self):
        return unknown()

    def load_state_dict(self, state_dict):
        pass


def cast_training_params(model, *args, **kwargs):
    pass


def compute_snr(noise_scheduler, timesteps):
    return data(timesteps)


def free_memory():
    pass


def set_seed(seed):
    pass

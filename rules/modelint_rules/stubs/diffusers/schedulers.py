"""Noise schedules: no modules, and their step is not an optimizer's."""

from modelint_stub import data, unknown


class SchedulerMixin:
    def __init__(self, *args, **kwargs):
        pass

    @classmethod
    def from_pretrained(cls, *args, **kwargs):
        return cls()

    @classmethod
    def from_config(cls, *args, **kwargs):
        return cls()

    def step(self, *args, **kwargs):
        return data(*args)

    def add_noise(self, *args, **kwargs):
        return data(*args)

    def scale_noise(self, *args, **kwargs):
        return data(*args)

    def get_velocity(self, *args, **kwargs):
        return data(*args)

    def scale_model_input(self, sample, *args, **kwargs):
        return sample

    def set_timesteps(self, *args, **kwargs):
        pass

    def save_pretrained(self, *args, **kwargs):
        pass


def __getattr__(name):
    if name.endswith("Scheduler"):
        return SchedulerMixin
    return unknown()

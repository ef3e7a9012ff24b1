"""Facts: wrappers."""

from torch.nn.modules.module import Module


class CheckpointWrapper(Module):
    def __init__(self, module, *args, **kwargs):
        self._checkpoint_wrapped_module = module

    def __getattr__(self, name):
        return getattr(self._checkpoint_wrapped_module, name)

    def forward(self, *args, **kwargs):
        return self._checkpoint_wrapped_module(*args, **kwargs)


def checkpoint_wrapper(module, *args, **kwargs):
    return CheckpointWrapper(module)

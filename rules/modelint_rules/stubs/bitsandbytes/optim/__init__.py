"""Facts: bitsandbytes."""

from torch.optim.optimizer import Optimizer


def __getattr__(name):
    """Every class is an optimizer, but for the manager of what is kept in more bits."""
    if name[0].isupper() and name != "GlobalOptimManager":
        return type(name, (Optimizer,), {})
    raise AttributeError(name)

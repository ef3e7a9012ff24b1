"""Facts: scripts and traces."""

from modelint_stub import add_layers, copy, infer, loaded, lost, sink
from torch.nn.modules.module import Module


class ScriptModule(Module):
    def save(self, *args, **kwargs):
        pass


class TopLevelTracedModule(ScriptModule):
    """The modes are baked in at the trace: `train` and `eval` change nothing any more."""


def script(obj=None, *args, **kwargs):
    """A new module with the old one's modes; `train` and `eval` of one do not touch the other."""
    if isinstance(obj, Module):
        return copy(obj)
    return obj


def trace(func, example_inputs=None, *args, **kwargs):
    """A dropout that is live during the trace is live in every later call."""
    if isinstance(func, Module):
        infer(func, example_inputs, name="torch.jit.trace")
        traced = TopLevelTracedModule()
        loaded(traced)
        return traced
    return func


def load(*args, **kwargs):
    """The modes are those that the module was saved in."""
    model = ScriptModule()
    add_layers(model, "unknown")
    lost(model)
    loaded(model)
    return model


def save(m, *args, **kwargs):
    sink(m)


def freeze(mod, *args, **kwargs):
    """Takes a module in eval mode only and folds the mode in."""
    return TopLevelTracedModule()


def ignore(function=None, *args, **kwargs):
    if function is None:
        return lambda wrapped: wrapped
    return function


def unused(function):
    return function


def export(function):
    return function


def script_if_tracing(function):
    return function

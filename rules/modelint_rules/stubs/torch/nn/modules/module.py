"""The rules of all modules. Facts: modes of modules."""

from modelint_stub import (
    clear_gradients,
    data,
    detached,
    forward,
    loaded,
    modules,
    parameters,
    parts,
    requires_grad,
    switch,
    unknown,
)


class Module:
    __modelint_module__ = True

    def __init__(self, *args, **kwargs):
        pass

    def __call__(self, *args, **kwargs):
        return forward(self, *args, **kwargs)

    def forward(self, *args, **kwargs):
        return data(parameters(self), *args, *kwargs.values())

    def train(self, mode=True):
        for part in switch(self, mode):
            part.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad_=True):
        requires_grad(self, requires_grad_)
        return self

    def zero_grad(self, *args, **kwargs):
        clear_gradients(self)

    def parameters(self, *args, **kwargs):
        return parameters(self)

    def named_parameters(self, *args, **kwargs):
        return parameters(self, named=True)

    def buffers(self, *args, **kwargs):
        return detached(parameters(self))

    def named_buffers(self, *args, **kwargs):
        return detached(parameters(self))

    def state_dict(self, *args, **kwargs):
        return detached(parameters(self))

    def load_state_dict(self, *args, **kwargs):
        """Keeps the modes; the result is a record of keys, not the module."""
        loaded(self, *args, *kwargs.values())
        return unknown()

    def children(self):
        return iter(parts(self))

    def named_children(self):
        return iter([(unknown(), part) for part in parts(self)])

    def modules(self, *args, **kwargs):
        return iter(modules(self))

    def named_modules(self, *args, **kwargs):
        return iter([(unknown(), module) for module in modules(self)])

    def apply(self, fn):
        for module in modules(self):
            fn(module)
        return self

    def add_module(self, name, module):
        setattr(self, name, module)

    def register_module(self, name, module):
        setattr(self, name, module)

    def get_submodule(self, target):
        return getattr(self, target)

    def get_parameter(self, target):
        return data(parameters(self))

    def get_buffer(self, target):
        return detached(parameters(self))

    def register_buffer(self, name, tensor, persistent=True):
        setattr(self, name, tensor)

    def register_parameter(self, name, param):
        setattr(self, name, param)

    def register_forward_hook(self, *args, **kwargs):
        return unknown()

    def register_forward_pre_hook(self, *args, **kwargs):
        return unknown()

    def register_backward_hook(self, *args, **kwargs):
        return unknown()

    def register_full_backward_hook(self, *args, **kwargs):
        return unknown()

    def register_full_backward_pre_hook(self, *args, **kwargs):
        return unknown()

    def compile(self, *args, **kwargs):
        pass

    def to(self, *args, **kwargs):
        return self

    def cuda(self, *args, **kwargs):
        return self

    def cpu(self):
        return self

    def xpu(self, *args, **kwargs):
        return self

    def type(self, dst_type):
        return self

    def float(self):
        return self

    def double(self):
        return self

    def half(self):
        return self

    def bfloat16(self):
        return self

    def to_empty(self, *args, **kwargs):
        return self

    def share_memory(self):
        return self

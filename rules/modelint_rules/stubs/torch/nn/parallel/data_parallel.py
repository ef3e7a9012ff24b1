"""A wrapper in train mode over a module that keeps its modes. Facts: wrappers."""

from torch.nn.modules.module import Module


class DataParallel(Module):
    def __init__(self, module, *args, **kwargs):
        self.module = module

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

"""A wrapper in train mode over a module that keeps its modes. Facts: wrappers."""

from contextlib import nullcontext

from torch.nn.modules.module import Module


class DistributedDataParallel(Module):
    def __init__(self, module, *args, **kwargs):
        self.module = module

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def no_sync(self):
        return nullcontext()

    def join(self, *args, **kwargs):
        return nullcontext()

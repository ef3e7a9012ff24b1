"""A wrapper in train mode over a module that keeps its modes; it passes unknown attributes on. Fact script: s1d_torch_wrappers."""

from contextlib import nullcontext

from torch.nn.modules.module import Module


class FullyShardedDataParallel(Module):
    def __init__(self, module, *args, **kwargs):
        self.module = module

    def __getattr__(self, name):
        return getattr(self.module, name)

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def no_sync(self):
        return nullcontext()

    def clip_grad_norm_(self, *args, **kwargs):
        pass

    @staticmethod
    def state_dict_type(*args, **kwargs):
        return nullcontext()

    @staticmethod
    def summon_full_params(*args, **kwargs):
        return nullcontext()

"""The same in both modes, those too that draw at random. Read in the source, since its package wants CUDA:
https://github.com/pytorch/audio/tree/v2.11.0/src/torchaudio/transforms"""

from torch.nn.modules.module import Module


def __getattr__(name):
    if name[0].isupper():
        return type(name, (Module,), {})
    raise AttributeError(name)

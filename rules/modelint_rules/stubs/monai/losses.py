"""The same in both modes, but for those around a network. Facts: no class depends on the mode."""

from torch.nn.modules.module import Module


def __getattr__(name):
    if name[0].isupper() and name not in ("PerceptualLoss", "PatchAdversarialLoss"):
        return type(name, (Module,), {})
    raise AttributeError(name)

"""Fact: traced with fx."""

from modelint_stub import parts, set_flag
from torch.nn.modules.module import Module


class GraphModule(Module):
    """A root in the mode of the traced one, over the same parts."""

    def __init__(self, root, *args, **kwargs):
        self._modules = list(parts(root))
        if not self._modules:
            self.root = root
        set_flag(self, root.training)


def symbolic_trace(root, *args, **kwargs):
    return GraphModule(root)

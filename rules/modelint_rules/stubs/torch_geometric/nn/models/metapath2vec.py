"""Facts: models of torch_geometric."""

from torch.nn.modules.module import Module


class MetaPath2Vec(Module):
    """An embedding and nothing else."""

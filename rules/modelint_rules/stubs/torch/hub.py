"""The mode is whatever the entry point returned. Fact: hub."""

from modelint_stub import add_layers, known, loaded, lost, unknown
from torch.nn.modules.module import Module


def load(repo_or_dir, model, *args, **kwargs):
    if known(repo_or_dir) and repo_or_dir.startswith("pytorch/vision"):
        from torchvision.models import get_model

        return get_model(model, *args, **kwargs)
    module = Module()
    add_layers(module, "unknown")
    lost(module)
    loaded(module)
    return module


def load_state_dict_from_url(*args, **kwargs):
    return unknown()

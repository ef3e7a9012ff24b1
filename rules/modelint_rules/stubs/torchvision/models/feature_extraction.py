"""Fact: torchvision feature extraction."""

from torch.fx import GraphModule


def create_feature_extractor(model, *args, **kwargs):
    return GraphModule(model)

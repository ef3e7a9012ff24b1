"""A loaded model predicts in train mode; another one that is put in eval mode is right."""

import torch
from torch import nn


def build():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))


def load(path):
    model = build()
    model.load_state_dict(torch.load(path))
    return model


torch.save({key: value for key, value in build().state_dict().items()}, "weights.pt")
wrong = load("weights.pt")
right = load("weights.pt").eval()
with torch.inference_mode():
    print(wrong(torch.randn(3, 4)).argmax(1))  # expect: ML104
    print(right(torch.randn(3, 4)).argmax(1))

"""Evaluates."""

import torch


def eval(model):
    model.eval()
    with torch.no_grad():
        return model(torch.ones(1, 4)).sum().item()

"""Calls that Python refuses, since the function takes fewer arguments, others, or needs one more: nothing in it runs."""

import sys

import torch
from torch import nn


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout(0.5)
        self.linear = nn.Linear(4, 4)

    def forward(self, x, scale):
        return self.linear(self.drop(x)) * scale


def infer(model, x, scale, *, shift=0.0):
    with torch.no_grad():
        return model(x) * scale + shift  # ok: ML104


def evaluate(model, x, *, scale):
    with torch.no_grad():
        return model(x) * scale  # ok: ML104


def main():
    torch.manual_seed(0)
    x = torch.ones(2, 4)
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    model.train()
    for attempt in range(5):
        try:
            if attempt == 0:
                infer(model, x)
            elif attempt == 1:
                infer(model, x, 2.0, 1.0)
            elif attempt == 2:
                infer(model, x, 2.0, factor=2.0)
            elif attempt == 3:
                evaluate(model, x, 2.0)
            else:
                evaluate(model, x)
        except TypeError as error:
            print(error)
    scaled = Scaled()
    scaled.load_state_dict(Scaled().state_dict())
    if len(sys.argv) > 1:
        with torch.no_grad():
            print(scaled(x))  # ok: ML104
    scaled.eval()
    with torch.no_grad():
        print(scaled(x, 2.0))
    model.eval()
    print(infer(model, x, 2.0, shift=1.0), infer(x=x, scale=2.0, model=model), evaluate(model, x, scale=2.0))


main()

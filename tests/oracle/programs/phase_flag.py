"""`model.train(phase == "train")` in one line, and the same with the phases the other way round in one epoch."""

import torch
from torch import nn

PHASES = ("train", "val")


def main():
    model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(2):
        for phase in PHASES:
            model.train(phase == "train")
            for x in [torch.randn(2, 4), torch.randn(2, 4)]:
                with torch.set_grad_enabled(phase == "train"):
                    loss = model(x).pow(2).sum()
                if phase == "train":
                    optimizer.zero_grad()
                    loss.backward()
                    optimizer.step()


main()

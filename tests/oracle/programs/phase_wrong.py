"""The phases set the mode of a copy of the model instead of the one that is trained."""

import copy

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
shown = copy.deepcopy(model)
for epoch in range(2):
    for phase in ["train", "val"]:
        shown.train(phase == "train")
        with torch.set_grad_enabled(phase == "train"):
            loss = model(torch.randn(2, 4)).pow(2).sum()  # expect: ML104
        if phase == "train":
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        else:
            print(loss.item())

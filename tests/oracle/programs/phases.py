"""The torchvision tutorial's loop: phases by name, gradients by phase."""

import torch
from torch import nn


def train_model(model, loaders, criterion, optimizer, num_epochs):
    for epoch in range(num_epochs):
        for phase in ["train", "val"]:
            if phase == "train":
                model.train()
            else:
                model.eval()
            running = 0.0
            for inputs, labels in loaders[phase]:
                optimizer.zero_grad()
                with torch.set_grad_enabled(phase == "train"):
                    outputs = model(inputs)
                    _, preds = torch.max(outputs, 1)
                    loss = criterion(outputs, labels)
                    if phase == "train":
                        loss.backward()
                        optimizer.step()
                running += loss.item() * inputs.size(0) + torch.sum(preds == labels.data)
            print(phase, running)
    return model


batches = [(torch.randn(4, 4), torch.randint(0, 2, (4,))) for _ in range(2)]
net = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))
train_model(net, {"train": batches, "val": batches}, nn.CrossEntropyLoss(), torch.optim.SGD(net.parameters(), lr=0.1), 2)

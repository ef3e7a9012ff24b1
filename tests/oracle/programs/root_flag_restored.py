"""The flag that is given back is the root's: a part that was in eval mode comes back in train mode."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(3, 3), nn.BatchNorm1d(3))
        self.head = nn.Sequential(nn.Dropout(0.5), nn.Linear(3, 3))

    def forward(self, x):
        return self.head(self.backbone(x))


net = Net()
net.backbone.eval()
print(net(torch.ones(2, 3)).shape)
was_training = net.training
net.eval()
print(net(torch.ones(2, 3)).shape)
net.train(was_training)
print(net(torch.ones(2, 3)).shape)

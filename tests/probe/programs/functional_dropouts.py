"""Dropouts that are on in eval mode too, one of them on purpose, and some that follow it; one is compiled to TorchScript."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.functional import dropout2d


@torch.jit.script
def scripted(x: torch.Tensor, training: bool) -> torch.Tensor:
    return F.dropout(x, 0.5, training)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.last, self.rate = nn.Linear(8, 8), nn.Linear(8, 2), 0.1
        self.dropout = nn.Dropout(0.1)

    def forward(self, x):
        x = F.dropout(self.first(x), 0.5)  # expect: ML108
        x = F.dropout(x, self.rate, training=self.training)
        x = dropout2d(x[None, None], 0.5, True)[0, 0]  # ok: ML108
        x = nn.Dropout(0.5)(x)  # expect: ML108
        x = self.dropout(scripted(x, self.training))
        x = F.dropout(x, 0.0)
        return self.last(F.alpha_dropout(x))


torch.manual_seed(0)
net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for step in range(3):
    optimizer.zero_grad()
    loss = net(torch.randn(4, 8)).pow(2).sum()
    loss.backward()
    optimizer.step()
    print(loss.item().hex())
net.eval()
with torch.no_grad():
    print(net(torch.randn(4, 8)).double().sum().item().hex())

"""Whether the model was trained, and infers in train mode, hangs on a path that no run takes: where the loop ends after one iteration. That
it goes on is not known, so this is a false alarm, but no certain one: on the other path the weights mean nothing."""
# oracle: unknowns: after which iteration a loop ends

import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for number in range(4):
    if number % 2 == 1:
        net.eval()
if net.training:
    net(torch.randn(2, 4)).pow(2).sum().backward()
    optimizer.step()
print(net(torch.randn(2, 4)).argmax())  # expect: ML104

"""What happens in some iterations only, and not in the first, although the first changes nothing."""
# oracle: unknowns: after which iteration a loop ends

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
model.eval()
model.train()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

for index in range(5):
    if index % 2 == 1:
        fresh = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        print(fresh(torch.ones(1, 4)).shape)

for index in range(5):
    model.train()
    if index % 2 == 1:
        model.eval()

# The loop might end with either mode: nothing is certain.
loss = model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
optimizer.zero_grad()
loss.backward()
optimizer.step()

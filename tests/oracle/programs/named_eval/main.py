"""A helper called `eval` from a neighbour, used as a module's attribute and shadowing the builtin."""

import helper
import torch
from helper import eval
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    loss = model(torch.randn(2, 4)).pow(2).sum()  # expect: ML103
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(helper.eval(model), eval(model))

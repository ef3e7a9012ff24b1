"""A compiled model and a compiled loss; an evaluation leaves eval mode behind. No warning passes."""

import warnings

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5), nn.Linear(8, 2))
compiled = torch.compile(model, backend="eager")
loss_of = torch.compile(lambda output, target: nn.functional.cross_entropy(output, target), backend="eager", fullgraph=True)
warnings.filterwarnings("error", message="Using `torch.compile")
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.randn(16, 8), torch.randint(0, 2, (16,))
for epoch in range(2):
    for step in range(3):
        loss = loss_of(compiled(x), y)  # expect: ML103
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        print(loss.item().hex())
    model.eval()
    with torch.no_grad():
        print((compiled(x).argmax(1) == y).float().mean().item())

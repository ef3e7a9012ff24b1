"""Attribution of a loaded model: a backward and no optimizer anywhere."""

import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
torch.save(model.state_dict(), "weights.pt")
model.load_state_dict(torch.load("weights.pt"))
model.eval()
x = torch.randn(1, 4, requires_grad=True)
model(x).sum().backward()
print(x.grad.abs())
(gradient,) = torch.autograd.grad(model(x).sum(), x)
print(gradient)

"""The same with helpers that set their own modes."""

import torch
from helpers import models
from helpers.loops import run_epoch

model = models.make("drop")
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
data = [torch.randn(4, 4) for _ in range(2)]
for epoch in range(2):
    run_epoch(model, data, optimizer)
    with torch.no_grad():
        run_epoch(model, data)

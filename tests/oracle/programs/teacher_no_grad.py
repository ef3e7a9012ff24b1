"""A teacher that runs without gradients and in eval mode; the student trains."""

import torch
from torch import nn


def net():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.3), nn.Linear(4, 2))


teacher, student = net(), net()
teacher.load_state_dict(student.state_dict())
teacher.eval()
for parameter in teacher.parameters():
    parameter.requires_grad_(False)
optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
for epoch in range(2):
    student.train()
    for _ in range(2):
        x = torch.randn(2, 4)
        with torch.no_grad():
            target = teacher(x)
        loss = nn.functional.mse_loss(student(x), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    student.eval()
    with torch.no_grad():
        print(student(torch.ones(1, 4)).argmax(1))

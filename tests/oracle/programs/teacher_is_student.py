"""The teacher is the student under another name: putting it in eval mode puts the student there."""

import torch
from torch import nn

student = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.3), nn.Linear(4, 2))
teacher = student
optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
for epoch in range(2):
    student.train()
    teacher.eval()
    x = torch.randn(2, 4)
    with torch.no_grad():
        target = teacher(x)
    loss = nn.functional.mse_loss(student(x), target + 1)  # expect: ML103
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

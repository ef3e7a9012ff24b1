"""A GAN that shows samples in eval mode and goes on training the generator in it."""

import torch
from torch import nn

generator = nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Linear(4, 3))
discriminator = nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.3), nn.Linear(4, 1))
optimizer_g = torch.optim.Adam(generator.parameters(), lr=0.001)
optimizer_d = torch.optim.Adam(discriminator.parameters(), lr=0.001)
criterion = nn.BCEWithLogitsLoss()


def sample():
    generator.eval()
    with torch.no_grad():
        return generator(torch.randn(1, 2)).tolist()


for step in range(3):
    with torch.no_grad():
        fixed = generator(torch.randn(4, 2))
    optimizer_d.zero_grad()
    loss = criterion(discriminator(torch.randn(4, 3)), torch.ones(4, 1)) + criterion(discriminator(fixed), torch.zeros(4, 1))
    loss.backward()
    optimizer_d.step()

    optimizer_g.zero_grad()
    fake = generator(torch.randn(4, 2))  # expect: ML103
    criterion(discriminator(fake), torch.ones(4, 1)).backward()
    optimizer_g.step()
    print(sample())

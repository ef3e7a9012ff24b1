"""A GAN: the generator's step goes through the discriminator and trains only the generator."""

import torch
from torch import nn


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Linear(4, 3))

    def forward(self, z):
        return self.net(z)


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.3), nn.Linear(4, 1))

    def forward(self, x):
        return self.net(x)


generator, discriminator = Generator(), Discriminator()
optimizer_g = torch.optim.Adam(generator.parameters(), lr=0.001)
optimizer_d = torch.optim.Adam(discriminator.parameters(), lr=0.001)
criterion = nn.BCEWithLogitsLoss()
for epoch in range(2):
    generator.train()
    for real in [torch.randn(4, 3), torch.randn(4, 3)]:
        fake = generator(torch.randn(4, 2))

        optimizer_d.zero_grad()
        loss_real = criterion(discriminator(real), torch.ones(4, 1))
        loss_fake = criterion(discriminator(fake.detach()), torch.zeros(4, 1))
        (loss_real + loss_fake).backward()
        optimizer_d.step()

        optimizer_g.zero_grad()
        loss_g = criterion(discriminator(fake), torch.ones(4, 1))
        loss_g.backward()
        optimizer_g.step()
    generator.eval()
    with torch.no_grad():
        print(generator(torch.randn(1, 2)))

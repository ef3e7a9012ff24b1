"""Two models, one optimizer; one of them was forgotten after the evaluation."""

import itertools

import torch
from torch import nn

encoder = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
decoder = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(itertools.chain(encoder.parameters(), decoder.parameters()), lr=0.1)
for epoch in range(2):
    encoder.train()
    code = encoder(torch.randn(2, 4))
    loss = decoder(code).pow(2).sum()  # expect: ML103
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    encoder.eval()
    decoder.eval()
    with torch.no_grad():
        print(decoder(encoder(torch.ones(1, 4))).sum().item())

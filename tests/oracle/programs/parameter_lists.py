"""Two models, one optimizer over a list of parameter groups."""

import torch
from torch import nn

encoder = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
decoder = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
groups = [{"params": encoder.parameters(), "lr": 0.01}, {"params": list(decoder.parameters())}]
optimizer = torch.optim.AdamW(groups, lr=0.1)
for epoch in range(2):
    for model in (encoder, decoder):
        model.train()
    loss = decoder(encoder(torch.randn(2, 4))).pow(2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    for model in [encoder, decoder]:
        model.eval()
    with torch.no_grad():
        print(decoder(encoder(torch.ones(1, 4))).sum().item())

"""A recurrent layer with dropout between its layers, evaluated in the middle of an epoch."""

import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(4, 4, num_layers=2, dropout=0.5, batch_first=True)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        hidden, _ = self.rnn(x)
        return self.head(hidden)


tagger = Tagger()
optimizer = torch.optim.SGD(tagger.parameters(), lr=0.1)
for epoch in range(2):
    tagger.train()
    for step in range(2):
        optimizer.zero_grad()
        tagger(torch.randn(2, 3, 4)).mean().backward()
        optimizer.step()
    tagger.eval()
    with torch.no_grad():
        print(tagger(torch.randn(1, 3, 4)).argmax(-1))

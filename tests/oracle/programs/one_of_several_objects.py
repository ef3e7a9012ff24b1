# oracle: runs: one, two, three
"""A method that all classes share says which object it is; what comes after it is done with each of them."""

import sys

import torch
from torch import nn


class Learner:
    def __init__(self):
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.optimizer = torch.optim.SGD(self.net.parameters(), lr=0.1)

    def start(self):
        self.net.train()

    def step(self, x):
        self.optimizer.zero_grad()
        self.net(x).sum().backward()  # expect: ML103
        self.optimizer.step()


class One(Learner):
    def look(self, x):
        self.net.eval()
        with torch.no_grad():
            print(self.net(x))


class Two(Learner):
    def look(self, x):
        with torch.no_grad():
            print(self.net(x))  # expect: ML104


class Three(Learner):
    def look(self, x):
        self.net.eval()
        self.step(x)


def main(name, x):
    if name == "one":
        learner = One()
    elif name == "two":
        learner = Two()
    else:
        learner = Three()
    for _ in range(2):
        learner.start()
        learner.step(x)
    learner.look(x)
    learner.start()


torch.manual_seed(0)
main(sys.argv[1], torch.ones(2, 4))

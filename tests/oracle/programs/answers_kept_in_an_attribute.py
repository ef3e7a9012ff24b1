"""What a test said of the last element of a loop says nothing of the next, also in the attribute of an object."""
# oracle: runs: none, a, b, a b, a a, b a, a a a

import sys

import torch
from torch import nn


class Task:
    def __init__(self):
        self.net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.flag = False


task = Task()
for argument in sys.argv[1:]:
    task.net.train(not task.flag)
    if argument == "a":
        print(task.net(torch.ones(2, 4)).shape)
    else:
        print(task.net(torch.ones(2, 4)).shape)
    task.flag = argument == "a"

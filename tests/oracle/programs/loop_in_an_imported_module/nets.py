import sys

from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
other = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
for argument in sys.argv:
    print(argument)
    other.eval()
    break

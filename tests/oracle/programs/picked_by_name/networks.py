from torch import nn

WIDTH = 4


class Small(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(WIDTH, 4), nn.Dropout(0.1))


class Large(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(WIDTH, 40), nn.Linear(40, 4), nn.Dropout(0.5))

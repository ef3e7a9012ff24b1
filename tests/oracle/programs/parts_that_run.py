"""Parts that a forward does not run keep their modes to themselves; those that it runs in any way do not."""

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))


def norm():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))


class Features(nn.Module):
    """`forward` leaves the head aside."""

    def __init__(self):
        super().__init__()
        self.features = block()
        self.head = norm()

    def forward(self, x):
        return self.features(x)

    def classify(self, x):
        return self.head(self.features(x))


class PathToFeatures(nn.Module):
    """`forward` leaves a part of a part aside."""

    def __init__(self):
        super().__init__()
        self.net = Features()

    def forward(self, x):
        self.times = 1
        x = x * 2
        return self.net.features(x.to(next(self.net.parameters()).device))


class ByMethod(Features):
    def forward(self, x):
        return self.classify(x)


class ByBase(ByMethod):
    def forward(self, x):
        return super().forward(x)


class ByCall(Features):
    def forward(self, x):
        return both(self, x)


class ByChildren(Features):
    def forward(self, x):
        for child in self.children():
            x = child(x)
        return x


class ByList(Features):
    def __init__(self):
        super().__init__()
        self.steps = [self.features, self.head]

    def forward(self, x):
        for step in self.steps:
            x = step(x)
        return x


class ByVariable(Features):
    def forward(self, x):
        this = self
        return this.head(this.features(x))


class ByFunction(Features):
    def forward(self, x):
        def run(value):
            return self.head(self.features(value))

        return run(x)


class ByAttribute(Features):
    def __getattr__(self, name):
        return super().__getattr__(name.removeprefix("the_"))

    def forward(self, x):
        return self.the_head(self.the_features(x))


class OfThePart(nn.Module):
    """`forward` calls another method of its part."""

    def __init__(self):
        super().__init__()
        self.net = Features()

    def forward(self, x):
        return self.net.classify(x)


class Strict(Features):
    """Depends on its own mode only where it is not run: `forward` does not look."""

    def check(self):
        assert self.training


class StrictByMethod(Strict):
    """Runs what looks, by another method."""

    def forward(self, x):
        return self.scaled(self.features(x))

    def scaled(self, x):
        return x * 2 if self.training else x


def both(net, x):
    return net.head(net.features(x))


def measure(net):
    net.eval()
    with torch.no_grad():
        print(net(torch.ones(2, 4)).sum().item())


def fit(net):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    net(torch.ones(2, 4)).sum().backward()
    optimizer.step()


def split(net):
    measure(net.head)
    return net


fit(split(Features()))
path = PathToFeatures()
split(path.net)
fit(path)
print(split(ByMethod())(torch.ones(2, 4)).shape)
print(split(ByBase())(torch.ones(2, 4)).shape)
print(split(ByCall())(torch.ones(2, 4)).shape)
print(split(ByChildren())(torch.ones(2, 4)).shape)
print(split(ByList())(torch.ones(2, 4)).shape)
print(split(ByVariable())(torch.ones(2, 4)).shape)
print(split(ByFunction())(torch.ones(2, 4)).shape)
print(split(ByAttribute())(torch.ones(2, 4)).shape)
part = OfThePart()
split(part.net)
print(part(torch.ones(2, 4)).shape)
own = Features()
own.forward = own.classify
print(split(own)(torch.ones(2, 4)).shape)
strict = Strict()
strict.eval()
strict.features.train()
fit(strict)
strict = StrictByMethod()
strict.eval()
strict.features.train()
optimizer = torch.optim.SGD(strict.parameters(), lr=0.1)
strict(torch.ones(2, 4)).sum().backward()  # expect: ML103
optimizer.step()

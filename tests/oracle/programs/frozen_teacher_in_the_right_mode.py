"""Frozen parts that are in the right mode, or of which nothing shows that eval mode is meant."""

import copy

import torch
from torch import nn


def block():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.1))


class Student(nn.Module):
    def __init__(self):
        super().__init__()
        self.teacher = block()
        self.teacher.load_state_dict(torch.load("teacher.pt"))
        self.teacher.requires_grad_(False)
        self.net = nn.Linear(4, 4)

    def forward(self, x):
        return nn.functional.mse_loss(self.net(x), self.teacher(x))


class Overrides(Student):
    def train(self, mode=True):
        super().train(mode)
        self.teacher.eval()
        return self


class WithoutBatchNorm(Student):
    """The mode makes no difference to it."""

    def __init__(self):
        super().__init__()
        self.teacher = nn.Linear(4, 4)
        self.teacher.requires_grad_(False)
        self.teacher.eval()


def fit(model, batches):
    optimizer = torch.optim.SGD(model.net.parameters(), lr=0.1)
    model.train()
    for x in batches:
        optimizer.zero_grad()
        model(x).backward()
        optimizer.step()


def fit_and_put_back(model, batches):
    optimizer = torch.optim.SGD(model.net.parameters(), lr=0.1)
    for _ in range(3):
        model.train()
        model.teacher.eval()
        for x in batches:
            optimizer.zero_grad()
            model(x).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            print(model(batches[0]).item())


def trained_backbone(batches):
    """Nothing of it is frozen: putting it in eval mode for an evaluation says nothing of training."""
    model = Student()
    model.teacher.requires_grad_(True)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(3):
        model.train()
        for x in batches:
            optimizer.zero_grad()
            model(x).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            print(model(batches[0]).item())


def frozen_and_switched_with_the_rest(batches):
    """As in the tutorial on transfer learning: the code shows nothing of the backbone's mode."""
    model = Student()
    optimizer = torch.optim.SGD(model.net.parameters(), lr=0.1)
    for _ in range(3):
        model.train()
        for x in batches:
            optimizer.zero_grad()
            model(x).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            print(model(batches[0]).item())


def partly_frozen(batches):
    model = Student()
    for name, parameter in model.named_parameters():
        parameter.requires_grad = "net" in name or name.endswith("bias")
    model.teacher.eval()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    model.train()
    for x in batches:
        optimizer.zero_grad()
        model(x).backward()
        optimizer.step()


def mean_teacher(batches):
    """A moving average is in train mode like what it follows."""
    student = block()
    teacher = block()
    teacher.load_state_dict(student.state_dict())
    teacher.requires_grad_(False)
    optimizer = torch.optim.SGD(student.parameters(), lr=0.1)
    for x in batches:
        with torch.no_grad():
            target = teacher(x)
        loss = nn.functional.mse_loss(student(x), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        for mine, theirs in zip(teacher.parameters(), student.parameters()):
            mine.data.mul_(0.99).add_(theirs.data, alpha=0.01)


def target_network(batches):
    """Put in train mode by a call on itself."""
    online = block()
    target = copy.deepcopy(online).eval()
    target.requires_grad_(False)
    target.train()
    optimizer = torch.optim.SGD(online.parameters(), lr=0.1)
    for x in batches:
        loss = nn.functional.mse_loss(online(x), target(x).detach())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


class Perceptual(nn.Module):
    """Runs the features of a network and not its classifier, which has the dropout."""

    def __init__(self):
        super().__init__()
        self.network = nn.ModuleDict({"features": nn.Linear(4, 4), "classifier": nn.Sequential(nn.Dropout(0.5), nn.Linear(4, 2))})
        self.network.load_state_dict(torch.load("network.pt"))
        self.network.requires_grad_(False)

    def forward(self, x, y):
        return nn.functional.mse_loss(self.network["features"](x), self.network["features"](y))


def perceptual_loss(batches):
    net, loss_of = nn.Linear(4, 4), Perceptual()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for x in batches:
        optimizer.zero_grad()
        loss_of(net(x), x).backward()
        optimizer.step()


def resumed_gan(batches):
    """A discriminator is frozen for a while only."""
    generator = nn.Linear(4, 4)
    discriminator = block()
    discriminator.load_state_dict(torch.load("teacher.pt"))
    of_generator = torch.optim.SGD(generator.parameters(), lr=0.1)
    of_discriminator = torch.optim.SGD(discriminator.parameters(), lr=0.1)
    for x in batches:
        for parameter in discriminator.parameters():
            parameter.requires_grad = True
        of_discriminator.zero_grad()
        (discriminator(generator(x).detach()).mean() - discriminator(x).mean()).backward()
        of_discriminator.step()
        for parameter in discriminator.parameters():
            parameter.requires_grad = False
        of_generator.zero_grad()
        discriminator(generator(x)).mean().backward()
        of_generator.step()


def main(batches):
    resumed_gan(batches)
    perceptual_loss(batches)
    fit(Overrides(), batches)
    fit(WithoutBatchNorm(), batches)
    fit_and_put_back(Student(), batches)
    trained_backbone(batches)
    frozen_and_switched_with_the_rest(batches)
    partly_frozen(batches)
    mean_teacher(batches)
    target_network(batches)


torch.save(block().state_dict(), "teacher.pt")
torch.save({f"features.{name}": value for name, value in nn.Linear(4, 4).state_dict().items()}
           | {f"classifier.1.{name}": value for name, value in nn.Linear(4, 2).state_dict().items()}, "network.pt")
main([torch.randn(4, 4) for _ in range(2)])

"""A generator goes on with what the loop over it has done meanwhile: switched the model, broken off, gone on early, or returned."""

import torch
from torch import nn


class Trainer:
    def __init__(self, model):
        self.model = model
        self.optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def step(self, x):
        self.optimizer.zero_grad()
        self.model(x).sum().backward()  # expect: ML103
        self.optimizer.step()

    def epochs(self, count):
        for epoch in range(count):
            self.step(torch.ones(2, 3))
            yield epoch

    def phases(self):
        self.model.train()
        yield "fit"
        self.step(torch.ones(2, 3))
        self.model.eval()
        yield "look"
        print(self.model(torch.ones(2, 3)))


def net():
    return nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5))


def look(model):
    model.eval()
    with torch.no_grad():
        print(model(torch.ones(2, 3)))


def leaves_eval():
    trainer = Trainer(net())
    for epoch in trainer.epochs(3):
        look(trainer.model)


def restores():
    trainer = Trainer(net())
    for epoch in trainer.epochs(3):
        look(trainer.model)
        trainer.model.train()


def breaks():
    trainer = Trainer(net())
    for epoch in trainer.epochs(3):
        trainer.model.eval()
        break
    print(trainer.model(torch.ones(2, 3)))


def goes_on():
    trainer = Trainer(net())
    for epoch in trainer.epochs(3):
        if epoch == 0:
            continue
        print(trainer.model(torch.ones(2, 3)))  # expect: ML104
    else:
        look(trainer.model)


def returns():
    trainer = Trainer(net())
    for epoch in trainer.epochs(3):
        trainer.model.eval()
        return trainer.model


def in_phases():
    trainer = Trainer(net())
    for phase in trainer.phases():
        print(phase, trainer.model(torch.ones(2, 3)))


leaves_eval()
restores()
breaks()
goes_on()
print(returns()(torch.ones(2, 3)))
in_phases()

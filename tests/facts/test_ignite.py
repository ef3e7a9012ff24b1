"""Trainers and evaluators of ignite."""

import pytest

from tests.facts.recorder import check_abstract, check_real, check_steps, programs

PROGRAMS = programs("""
import torch
from ignite.engine import Engine, Events, create_supervised_evaluator, create_supervised_trainer
from ignite.handlers import EMAHandler
from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(net.parameters(), 0.1)
loader = [(torch.rand(2, 4), torch.rand(2, 4)) for _ in range(3)]

## a trainer sets train mode
net.eval()
trainer = create_supervised_trainer(net, optimizer, nn.functional.mse_loss)
reveal_mode(net)  # reveals: self eval, dropout eval
trainer.run(loader, max_epochs=2)
reveal_mode(net)  # reveals: self train, dropout train
## an evaluator leaves eval mode
evaluator = create_supervised_evaluator(net)
reveal_mode(net)  # reveals: self train, dropout train
evaluator.run(loader)
reveal_mode(net)  # reveals: self eval, dropout eval
## an evaluator after each epoch of a trainer
trainer = create_supervised_trainer(net, optimizer, nn.functional.mse_loss)
evaluator = create_supervised_evaluator(net)


@trainer.on(Events.EPOCH_COMPLETED)
def evaluate(engine):
    reveal_mode(net)  # reveals: self train, dropout train
    evaluator.run(loader)
    reveal_mode(net)  # reveals: self eval, dropout eval


trainer.run(loader, max_epochs=3)
reveal_mode(net)  # reveals: self eval, dropout eval
## a step of one's own
def step(engine, batch):
    reveal_mode(net)  # reveals: self train+eval, dropout train+eval
    x, y = batch
    loss = nn.functional.mse_loss(net(x), y)
    return loss.item()


trainer = Engine(step)
trainer.add_event_handler(Events.EPOCH_COMPLETED, lambda engine: net.eval())
trainer.run(loader, max_epochs=3)
reveal_mode(net)  # reveals: self eval, dropout eval
## a mode for each epoch
def step(engine, batch):
    reveal_mode(net)  # reveals: self train, dropout train
    return net(batch[0]).sum().item()


def set_mode(engine, training):
    net.train(training)


trainer = Engine(step)
trainer.add_event_handler(Events.EPOCH_COMPLETED, set_mode, False)
trainer.add_event_handler(Events.EPOCH_STARTED, set_mode, True)
trainer.run(loader, max_epochs=3)
## a handler that runs now and then
def step(engine, batch):
    reveal_mode(net)  # reveals: self train, dropout train
    return net(batch[0]).sum().item()


trainer = Engine(step)


@trainer.on(Events.EPOCH_STARTED(every=1))
def set_mode(engine):
    net.train()


@trainer.on(Events.EPOCH_COMPLETED(every=1))
def evaluate(engine):
    net.eval()


trainer.run(loader, max_epochs=3)
reveal_mode(net)  # reveals: self eval, dropout eval
## an average is in eval mode
reveal_mode(EMAHandler(net).ema_model)  # reveals: self eval, dropout eval
reveal_mode(EMAHandler(net, handle_buffers="ema_train").ema_model)  # reveals: self train, dropout train
reveal_mode(net)  # reveals: self train, dropout train
## without processes the model is the same
import ignite.distributed as idist

m = idist.auto_model(net.eval())
reveal_mode(m)  # reveals: self eval, dropout eval
m.train()
reveal_mode(net)  # reveals: self train, dropout train
""")

STEPS = programs("""
import torch
from ignite.engine import create_supervised_trainer
from torch import nn

## what a trainer trains
net = nn.Linear(4, 4)
optimizer = torch.optim.SGD(net.parameters(), 0.1)
trainer = create_supervised_trainer(net, optimizer, nn.functional.mse_loss)
trainer.run([(torch.rand(2, 4), torch.rand(2, 4))])  # step: line 8
""")


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "ignite")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])


@pytest.mark.parametrize("name", STEPS)
def test_real_steps(name: str) -> None:
    check_steps(STEPS[name], "ignite", real=True)


@pytest.mark.parametrize("name", STEPS)
def test_abstract_steps(name: str) -> None:
    check_steps(STEPS[name], real=False)

"""schedulefree, torch_ema and ema_pytorch: optimizers and averages with modes of their own."""

import pytest

from tests.facts.recorder import check_abstract, check_real, check_steps, programs

PROGRAMS = {
    "schedulefree": programs("""
import schedulefree
import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))

## an optimizer's mode is its own
for cls in (schedulefree.AdamWScheduleFree, schedulefree.RAdamScheduleFree, schedulefree.SGDScheduleFree):
    opt = cls(net.parameters(), lr=0.1)
    opt.eval()
    reveal_mode(net)  # reveals: self train, dropout train
net.eval()
opt.train()
reveal_mode(net)  # reveals: self eval, dropout eval
reveal_mode(opt)  # reveals: nothing
## a wrapper's mode is its own
opt = schedulefree.ScheduleFreeWrapper(torch.optim.SGD(net.parameters(), 0.1))
opt.eval()
reveal_mode(net)  # reveals: self train, dropout train
net.eval()
opt.train()
reveal_mode(net)  # reveals: self eval, dropout eval
"""),
    "torch_ema": programs("""
import torch
from torch import nn
from torch_ema import ExponentialMovingAverage

## an average of parameters
net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
ema = ExponentialMovingAverage(net.parameters(), decay=0.9)
ema.update()
with ema.average_parameters():
    reveal_mode(net)  # reveals: self train, dropout train
    net.eval()
reveal_mode(net)  # reveals: self eval, dropout eval
reveal_mode(ema)  # reveals: nothing
"""),
    "ema_pytorch": programs("""
import torch
from ema_pytorch import EMA
from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))

## an average has the modes of its model
ema = EMA(net, update_after_step=0)
reveal_mode(ema)  # reveals: self train, dropout train
reveal_mode(EMA(net.eval()).ema_model)  # reveals: self eval, dropout eval
reveal_mode(EMA(net))  # reveals: self train, dropout eval
## eval switches the average alone
ema = EMA(net)
reveal_mode(ema.eval())  # reveals: self eval, dropout eval
reveal_mode(net)  # reveals: self train, dropout train
reveal_mode(ema)  # reveals: self train, dropout train+eval
ema.update()
ema.forward_eval(torch.rand(2, 4))
reveal_mode(ema.ema_model)  # reveals: self eval, dropout eval
net.eval()
ema.train()
reveal_mode(ema)  # reveals: self train, dropout train
reveal_mode(net)  # reveals: self train, dropout train
## evaluation does not set a mode
ema = EMA(net)
ema.update()
ema.forward_eval(torch.rand(2, 4))
reveal_mode(ema.ema_model)  # reveals: self train, dropout train
## a model that is no part
ema = EMA(net, include_online_model=False)
reveal_mode(nn.Sequential(ema).eval())  # reveals: self eval, dropout eval
reveal_mode(net)  # reveals: self train, dropout train
"""),
}
CASES = [pytest.param(library, name, id=name) for library, group in PROGRAMS.items() for name in group]

STEPS = programs("""
import schedulefree
import torch
from torch import nn

net = nn.Linear(4, 4)
x = torch.rand(2, 4)

## an optimizer without a schedule
opt = schedulefree.AdamWScheduleFree(net.parameters())
opt.train()
net(x).sum().backward()  # forward: a
opt.step()  # step: a
""")


@pytest.mark.parametrize(("library", "name"), CASES)
def test_real(library: str, name: str) -> None:
    check_real(PROGRAMS[library][name], library)


@pytest.mark.parametrize(("library", "name"), CASES)
def test_abstract(library: str, name: str) -> None:
    check_abstract(PROGRAMS[library][name])


@pytest.mark.parametrize("name", STEPS)
def test_real_steps(name: str) -> None:
    check_steps(STEPS[name], "schedulefree", real=True)


@pytest.mark.parametrize("name", STEPS)
def test_abstract_steps(name: str) -> None:
    check_steps(STEPS[name], real=False)

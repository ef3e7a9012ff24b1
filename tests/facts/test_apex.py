"""What was read in the source of apex, which cannot be installed here: the stub says it, with the commit."""

import pytest

from tests.facts.recorder import check_abstract, check_steps, programs

PROGRAMS = programs("""
import torch
from apex import amp
from apex.normalization import FusedLayerNorm
from apex.parallel import DistributedDataParallel, convert_syncbn_model
from torch import nn


def net():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.5))


## initialize gives the same model back
m = net().eval()
same, optimizer = amp.initialize(m, torch.optim.SGD(m.parameters(), 0.1), opt_level="O1")
reveal_mode(same)  # reveals: self eval, batch_norm eval, dropout eval
same.train()
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train
reveal_mode(amp.initialize(m))  # reveals: self train, batch_norm train, dropout train
[first, second], optimizer = amp.initialize([net(), net().eval()], optimizer)
reveal_mode(second)  # reveals: self eval, batch_norm eval, dropout eval
## a wrapper in train mode
m = DistributedDataParallel(net().eval())
reveal_mode(m)  # reveals: self train, batch_norm eval, dropout eval
reveal_mode(m.module)  # reveals: self eval, batch_norm eval, dropout eval
## converted layers are in train mode
reveal_mode(convert_syncbn_model(net().eval()))  # reveals: self eval, batch_norm train, dropout eval
## normalization
reveal_mode(nn.Sequential(FusedLayerNorm(4)))  # reveals: self train
""")

STEPS = programs("""
import torch
from apex import amp, optimizers
from apex.parallel import LARC
from torch import nn

net = nn.Linear(4, 4)
x = torch.rand(2, 4)

## a scaled loss
net, opt = amp.initialize(net, optimizers.FusedAdam(net.parameters()))
loss = net(x).sum()  # forward: a
with amp.scale_loss(loss, opt) as scaled:
    scaled.backward()
opt.step()  # step: a
## an optimizer around another
opt = LARC(torch.optim.SGD(net.parameters(), 0.1))
net(x).sum().backward()  # forward: a
opt.step()  # step: a
""")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])


@pytest.mark.parametrize("name", STEPS)
def test_abstract_steps(name: str) -> None:
    check_steps(STEPS[name], real=False)

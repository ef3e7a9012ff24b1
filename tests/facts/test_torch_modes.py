"""Modes of modules, containers, wrappers and copies in torch itself."""

import pytest

from tests.facts.recorder import check_abstract, check_real, programs

PROGRAMS = programs("""
import copy
import torch
from torch import nn


def net():
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 2))


## modes of modules
m = net()
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train
reveal_mode(m.eval())  # reveals: self eval, batch_norm eval, dropout eval
reveal_mode(m.train())  # reveals: self train, batch_norm train, dropout train
reveal_mode(m.train(False))  # reveals: self eval, batch_norm eval, dropout eval
reveal_mode(m.train(mode=True))  # reveals: self train, batch_norm train, dropout train
m.training = False
reveal_mode(m)  # reveals: self eval, batch_norm train, dropout train
m[2].eval()
reveal_mode(m)  # reveals: self eval, batch_norm train, dropout eval
m.eval
reveal_mode(m)  # reveals: self eval, batch_norm train, dropout eval
## what keeps modes and returns the module
m = net().eval()
m = m.to("cpu").cpu().float().double().half().bfloat16().type(torch.float32).requires_grad_(False).share_memory()
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout eval
m = m.to_empty(device="cpu").apply(lambda part: None)
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout eval
## what keeps modes and returns something else
m = net().eval()
reveal_mode(m.load_state_dict(net().state_dict()))  # reveals: nothing
reveal_mode(m.zero_grad())  # reveals: nothing
reveal_mode(m.compile(backend="eager"))  # reveals: nothing
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout eval
## functions applied to every part
def freeze(part):
    if isinstance(part, nn.BatchNorm1d):
        part.eval()


m = net()
m.apply(freeze)
reveal_mode(m)  # reveals: self train, batch_norm eval, dropout train
m.train()
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train
for part in m.modules():
    if isinstance(part, nn.modules.batchnorm._BatchNorm):
        part.eval()
reveal_mode(m)  # reveals: self train, batch_norm eval, dropout train
for part in m.children():
    part.eval()
reveal_mode(m)  # reveals: self train, batch_norm eval, dropout eval
for name, part in m.named_modules():
    part.train()
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train
for name, part in m.named_children():
    part.eval()
reveal_mode(m)  # reveals: self train, batch_norm eval, dropout eval
## a root's flag given back puts all parts in it
m = nn.Sequential(net().eval(), nn.Dropout())
training = m.training
m.eval()
m.train(training)
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train
## parts that are added
class Model(nn.Module):
    def __init__(self, backbone):
        super().__init__()
        self.backbone = backbone
        self.head = nn.Dropout()


m = Model(net().eval())
reveal_mode(m)  # reveals: self train, batch_norm eval, dropout train+eval
m.eval()
m.head = nn.Dropout()
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout train+eval
m.add_module("more", nn.BatchNorm1d(3))
reveal_mode(m)  # reveals: self eval, batch_norm train+eval, dropout train+eval
m.train()
m.get_submodule("head").eval()
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train+eval
m.register_module("backbone", nn.Identity())
reveal_mode(m)  # reveals: self train, batch_norm train, dropout eval
## an override of train is what eval and train call
class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)
        self.drop = nn.Dropout()

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self


m = nn.Sequential(Frozen())
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train
m.train()
reveal_mode(m)  # reveals: self train, batch_norm eval, dropout train
m.eval()
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout eval
## containers
m = net().eval()
reveal_mode(nn.Sequential(m, nn.Linear(2, 2)))  # reveals: self train, batch_norm eval, dropout eval
reveal_mode(m[:-1])  # reveals: self train, batch_norm eval, dropout eval
reveal_mode(m[:2])  # reveals: self train, batch_norm eval
reveal_mode(m[1])  # reveals: self eval, batch_norm eval
reveal_mode(nn.Sequential(*list(m.children())[:-1]))  # reveals: self train, batch_norm eval, dropout eval
m.append(nn.Dropout())
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout train+eval
m[4] = nn.Identity()
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout eval
## named sequential
from collections import OrderedDict

m = nn.Sequential(OrderedDict([("norm", nn.BatchNorm1d(4)), ("drop", nn.Dropout().eval())]))
reveal_mode(m)  # reveals: self train, batch_norm train, dropout eval
reveal_mode(m.norm)  # reveals: self train, batch_norm train
## module list
m = nn.ModuleList([nn.Dropout(), nn.Dropout(), nn.Dropout()]).eval()
reveal_mode(m)  # reveals: self eval, dropout eval
m.append(nn.BatchNorm1d(4))
m.extend([nn.LSTM(4, 4)])
m.insert(0, nn.Dropout())
reveal_mode(m)  # reveals: self eval, dropout train+eval, batch_norm train, rnn train
reveal_mode(m[1:3])  # reveals: self train, dropout eval
reveal_mode(m[-1])  # reveals: self train, rnn train
for part in m:
    part.train()
reveal_mode(m)  # reveals: self eval, dropout train, batch_norm train, rnn train
## module list made in a loop
m = nn.ModuleList([nn.Dropout() for _ in range(3)]).eval()
reveal_mode(m)  # reveals: self eval, dropout eval
reveal_mode(m[1:])  # reveals: self train, dropout eval
reveal_mode(m[0])  # reveals: self eval, dropout eval
m.append(nn.BatchNorm1d(4))
reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm train
for part in m:
    part.train()
reveal_mode(m)  # reveals: self eval, dropout train, batch_norm train
## module dictionary
m = nn.ModuleDict({"a": net().eval()})
reveal_mode(m)  # reveals: self train, batch_norm eval, dropout eval
m["b"] = nn.Dropout()
reveal_mode(m)  # reveals: self train, batch_norm eval, dropout train+eval
reveal_mode(m["a"])  # reveals: self eval, batch_norm eval, dropout eval
for part in m.values():
    part.train()
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train
for name, part in m.items():
    part.eval()
reveal_mode(m)  # reveals: self train, batch_norm eval, dropout eval
m.update({"c": nn.Dropout()})
reveal_mode(m["c"])  # reveals: self train, dropout train
## a plain list is out of reach
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = [nn.Dropout()]
        self.reached = nn.ModuleList([nn.Dropout()])


m = Model().eval()
reveal_mode(m)  # reveals: self eval, dropout eval
reveal_mode(m.parts[0])  # reveals: self train, dropout train
reveal_mode(m.reached[0])  # reveals: self eval, dropout eval
## copies
m = net()
m[2].eval()
c = copy.deepcopy(m)
reveal_mode(c)  # reveals: self train, batch_norm train, dropout eval
c.eval()
reveal_mode(m)  # reveals: self train, batch_norm train, dropout eval
## pickled
torch.save(net().eval(), "m.pt")
reveal_mode(torch.load("m.pt", weights_only=False))  # reveals: self unknown, unknown unknown
## compile
m = net().eval()
c = torch.compile(m, backend="eager")
reveal_mode(c)  # reveals: self eval, batch_norm eval, dropout eval
c.train()
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train
m.eval()
reveal_mode(c)  # reveals: self eval, batch_norm eval, dropout eval
## wrappers
from torch.distributed.algorithms._checkpoint.checkpoint_wrapper import checkpoint_wrapper

m = net().eval()
for w in [nn.DataParallel(m)]:
    reveal_mode(w)  # reveals: self train, batch_norm eval, dropout eval
    reveal_mode(w.train())  # reveals: self train, batch_norm train, dropout train
    w.module.eval()
    reveal_mode(w)  # reveals: self train, batch_norm eval, dropout eval
    reveal_mode(w.eval())  # reveals: self eval, batch_norm eval, dropout eval
reveal_mode(checkpoint_wrapper(m))  # reveals: self train, batch_norm eval, dropout eval
## distributed wrapper
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel as DDP

dist.init_process_group("gloo", init_method="file://" + __import__("os").path.abspath("group"), rank=0, world_size=1)
try:
    m = net().eval()
    w = DDP(m)
    reveal_mode(w)  # reveals: self train, batch_norm eval, dropout eval
    reveal_mode(w.train())  # reveals: self train, batch_norm train, dropout train
    reveal_mode(w.module)  # reveals: self train, batch_norm train, dropout train
finally:
    dist.destroy_process_group()
## weight averaging
from torch.optim.swa_utils import AveragedModel, update_bn

m = net().eval()
a = AveragedModel(m)
reveal_mode(a)  # reveals: self train, batch_norm eval, dropout eval
a.update_parameters(m)
reveal_mode(a)  # reveals: self train, batch_norm eval, dropout eval
a.module.train()
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout eval
update_bn([torch.randn(4, 4)], m)
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout eval
## statistics of a mixed model
from torch.optim.swa_utils import update_bn

m = nn.Sequential(net().eval())
update_bn([torch.randn(4, 4)], m)
reveal_mode(m)  # reveals: self train, batch_norm train, dropout train
## scripts
m = net().eval()
s = torch.jit.script(m)
reveal_mode(s)  # reveals: self eval, batch_norm eval, dropout eval
s.train()
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout eval
## traced with fx
import torch.fx

m = net().eval()
t = torch.fx.symbolic_trace(m)
reveal_mode(t)  # reveals: self eval, batch_norm eval, dropout eval
t.train()
reveal_mode(t)  # reveals: self train, batch_norm train, dropout train
reveal_mode(m)  # reveals: self eval, batch_norm train, dropout train
## synchronised batch normalisation
m = nn.SyncBatchNorm.convert_sync_batchnorm(net().eval())
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout eval
## rewritten modules
m = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 4)).eval()
nn.utils.spectral_norm(m[0])
reveal_mode(m)  # reveals: self eval, other eval
nn.utils.parametrizations.spectral_norm(m[1])
reveal_mode(m)  # reveals: self eval, other eval
nn.utils.parametrizations.weight_norm(m[1])
reveal_mode(nn.utils.parametrizations.weight_norm(nn.Linear(2, 2)))  # reveals: self train
## clipping and initialisation
m = net().eval()
nn.init.xavier_uniform_(m[0].weight)
nn.utils.clip_grad_norm_(m.parameters(), 1.0)
reveal_mode(m)  # reveals: self eval, batch_norm eval, dropout eval
""")


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name])


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])

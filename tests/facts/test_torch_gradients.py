"""Gradient modes, optimizers and functional dropout in torch."""

import pytest

from tests.facts.recorder import check_abstract, check_real, check_steps, programs, require

# A module's mode stands for the gradient mode.
GRADIENT_MODES = programs("""
import torch
from torch import nn

m = nn.Dropout()


def recorded():
    return m.train(torch.is_grad_enabled())


## contexts
with torch.no_grad():
    reveal_mode(recorded())  # reveals: self eval, dropout eval
    with torch.enable_grad():
        reveal_mode(recorded())  # reveals: self train, dropout train
    reveal_mode(recorded())  # reveals: self eval, dropout eval
reveal_mode(recorded())  # reveals: self train, dropout train
with torch.inference_mode():
    reveal_mode(recorded())  # reveals: self eval, dropout eval
with torch.no_grad(), torch.inference_mode(False):
    reveal_mode(recorded())  # reveals: self train, dropout train
with torch.inference_mode(mode=True):
    reveal_mode(recorded())  # reveals: self eval, dropout eval
with torch.autograd.no_grad():
    reveal_mode(recorded())  # reveals: self eval, dropout eval
reveal_mode(recorded())  # reveals: self train, dropout train
## decorators
@torch.no_grad()
def f():
    return recorded()


@torch.no_grad
def g():
    return recorded()


@torch.inference_mode()
def h():
    return recorded()


@torch.inference_mode
def i():
    return recorded()


@torch.enable_grad()
def j():
    return recorded()


class Trainer:
    @torch.no_grad()
    def evaluate(self, model):
        return model.train(torch.is_grad_enabled())


reveal_mode(f())  # reveals: self eval, dropout eval
reveal_mode(g())  # reveals: self eval, dropout eval
reveal_mode(h())  # reveals: self eval, dropout eval
reveal_mode(i())  # reveals: self eval, dropout eval
reveal_mode(recorded())  # reveals: self train, dropout train
reveal_mode(Trainer().evaluate(m))  # reveals: self eval, dropout eval
with torch.no_grad():
    reveal_mode(j())  # reveals: self train, dropout train
    reveal_mode(recorded())  # reveals: self eval, dropout eval
## a decorated generator
@torch.no_grad()
def f():
    yield recorded()


for got in f():
    reveal_mode(got)  # reveals: self eval, dropout eval
reveal_mode(recorded())  # reveals: self train, dropout train
## set_grad_enabled
torch.set_grad_enabled(False)
reveal_mode(recorded())  # reveals: self eval, dropout eval
torch.set_grad_enabled(True)
reveal_mode(recorded())  # reveals: self train, dropout train
with torch.set_grad_enabled(False):
    reveal_mode(recorded())  # reveals: self eval, dropout eval
reveal_mode(recorded())  # reveals: self train, dropout train


@torch.set_grad_enabled(False)
def f():
    return recorded()


reveal_mode(recorded())  # reveals: self train, dropout train
reveal_mode(f())  # reveals: self eval, dropout eval
reveal_mode(recorded())  # reveals: self train, dropout train
## they leave the modes of modules
m = nn.BatchNorm1d(2)
with torch.no_grad():
    reveal_mode(m)  # reveals: self train, batch_norm train
with torch.inference_mode():
    reveal_mode(m)  # reveals: self train, batch_norm train
## checkpoint
from torch.utils.checkpoint import checkpoint, checkpoint_sequential


def f(x, scale):
    m.eval()
    return m(x) * scale


checkpoint(f, torch.ones(1, 2, requires_grad=True), 2, use_reentrant=False)
reveal_mode(m)  # reveals: self eval, dropout eval
## functional call
from torch.func import functional_call

m.eval()
functional_call(m, {}, (torch.ones(1, 2),))
reveal_mode(m)  # reveals: self eval, dropout eval
## mixed precision
@torch.autocast("cpu")
def f():
    return recorded()


reveal_mode(f())  # reveals: self train, dropout train
with torch.amp.autocast("cpu"), torch.no_grad():
    reveal_mode(recorded())  # reveals: self eval, dropout eval
""")

STEPS = programs("""
import torch
from torch import nn

x = torch.ones(3, 2)
a, b = nn.Linear(2, 2), nn.Linear(2, 2)
optimizer = torch.optim.SGD(a.parameters(), 0.1)


## a step
optimizer.zero_grad()
loss = a(x).sum()  # forward: a
loss.backward()
optimizer.step()  # step: a
## only what the optimizer owns
loss = a(x).sum() + b(x).sum()  # forward: a and b
loss.backward()
c(x) if (c := None) else None
y = b(x)  # forward: b
y.sum().backward()
optimizer.step()  # step: a and b
## a model behind another
y = a(x)  # forward: a
z = b(y)  # forward: b
z.sum().backward()
optimizer.step()  # step: a
## cleared gradients train nothing
a(x).sum().backward()  # forward: a
optimizer.zero_grad()
optimizer.step()  # step:
a(x).sum().backward()  # forward: c
a.zero_grad()
optimizer.step()  # step:
## gradients that were asked for train nothing
y = a(x)  # forward: a
torch.autograd.grad(y.sum(), a.weight)
optimizer.step()  # step:
## a detached model is not trained
y = a(x).detach()  # forward: a
b(y).sum().backward()  # forward: b
optimizer.step()  # step:
## accumulated gradients
a(x).sum().backward()  # forward: one
a(x).sum().backward()  # forward: two
optimizer.step()  # step: one, two
## a closure
optimizer = torch.optim.LBFGS(a.parameters(), max_iter=2)


def closure():
    optimizer.zero_grad()
    loss = a(x).square().sum()  # forward: a
    loss.backward()
    return loss


optimizer.step(closure)  # step: a
## a scheduler's step is none
schedule = torch.optim.lr_scheduler.StepLR(optimizer, 1)
a(x).sum().backward()  # forward: a
schedule.step()
optimizer.step()  # step: a
## groups of parameters
optimizer = torch.optim.AdamW([{"params": a.parameters()}, {"params": b.weight, "lr": 0.2}])
loss = a(x).sum()  # forward: a
loss.backward()
loss = b(x).sum()  # forward: b
loss.backward()
optimizer.step()  # step: a, b
## a group added later
optimizer.add_param_group({"params": b.parameters()})
b(x).sum().backward()  # forward: b
optimizer.step()  # step: b
## loss scaling
scaler = torch.amp.GradScaler("cpu")
loss = a(x).sum()  # forward: a
scaler.scale(loss).backward()
scaler.unscale_(optimizer)
scaler.step(optimizer)  # step: a
scaler.update()
## autograd.backward
loss = a(x).sum()  # forward: a
torch.autograd.backward(loss)
optimizer.step()  # step: a
## data parallel
w = nn.DataParallel(a)
w(x).sum().backward()  # forward: a
optimizer.step()  # step: a
## checkpoint
from torch.utils.checkpoint import checkpoint

loss = checkpoint(a, x, use_reentrant=False).sum()  # forward: a
loss.backward()
optimizer.step()  # step: a
""")
STEPS["only what the optimizer owns"] = STEPS["only what the optimizer owns"].replace("c(x) if (c := None) else None\n", "")

# In a module's forward in eval mode: is it random, and what does the event say?  What is meant is random, and no event.
DROPOUTS = {
    "F.dropout(x)": "default",
    "F.dropout(x, 0.2)": "default",
    "F.dropout(x, p=0.0)": "",
    "F.dropout(x, training=True)": "meant",
    "F.dropout(x, 0.5, True)": "meant",
    "F.dropout(x, training=False)": "",
    "F.dropout(x, training=self.training)": "",
    "F.dropout(x, 0.5, self.training)": "",
    "F.dropout(x, training=self.p > 0)": "meant",
    "F.dropout(x, training=bool(int(__import__('os').environ.get('SAMPLING', '0'))))": "",
    "F.dropout1d(x)": "default",
    "F.dropout2d(x.reshape(2, 4, 4, 4))": "default",
    "F.dropout3d(x.reshape(2, 4, 2, 2, 4), training=self.training)": "",
    "F.alpha_dropout(x)": "",
    "F.alpha_dropout(x, training=True)": "meant",
    "F.feature_alpha_dropout(x)": "",
    "F.rrelu(-x)": "",
    "F.scaled_dot_product_attention(x, x, x)": "",
    "F.scaled_dot_product_attention(x, x, x, dropout_p=0.5)": "dropout_p",
    "F.scaled_dot_product_attention(x, x, x, None, 0.5)": "dropout_p",
    "F.scaled_dot_product_attention(x, x, x, dropout_p=self.p)": "dropout_p",
    "F.scaled_dot_product_attention(x, x, x, dropout_p=self.p if self.training else 0.0)": "",
    "F.scaled_dot_product_attention(x, x, x, dropout_p=self.p * self.training)": "",
    "nn.Dropout(0.5)(x)": "built",
    "self.drop(x)": "",
}
DROPOUT = """
import torch
import torch.nn.functional as F
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.p = 0.5
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        return {call}


m = Model().eval()
x = torch.rand(2, 4, 16)
first, second = m(x), m(x)
"""


@pytest.mark.parametrize("name", GRADIENT_MODES)
def test_gradient_mode_real(name: str) -> None:
    check_real(GRADIENT_MODES[name])


@pytest.mark.parametrize("name", GRADIENT_MODES)
def test_gradient_mode_abstract(name: str) -> None:
    check_abstract(GRADIENT_MODES[name])


@pytest.mark.parametrize("name", STEPS)
def test_steps_real(name: str) -> None:
    check_steps(STEPS[name], real=True)


@pytest.mark.parametrize("name", STEPS)
def test_steps_abstract(name: str) -> None:
    check_steps(STEPS[name], real=False)


@pytest.mark.parametrize("call", DROPOUTS)
def test_functional_dropout_real(call: str) -> None:
    require("torch")
    from tests.facts.recorder import run

    names = run(DROPOUT.format(call=call)).namespace
    random = not names["first"].equal(names["second"])
    assert random == bool(DROPOUTS[call])


@pytest.mark.parametrize("call", DROPOUTS)
def test_functional_dropout_abstract(call: str) -> None:
    from modelint.events import FunctionalDropout
    from modelint.testing import events

    problems = [event.problem for event in events(DROPOUT.format(call=call)) if isinstance(event, FunctionalDropout)]
    assert problems == ([] if DROPOUTS[call] in ("", "meant") else [DROPOUTS[call]])


def test_functional_holds_functions() -> None:
    require("torch")
    from torch import nn

    names = vars(nn.functional).values()
    assert not any(isinstance(each, type) and issubclass(each, nn.Module) for each in names)

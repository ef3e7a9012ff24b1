"""Metrics of torchmetrics: modules without anything that depends on the mode, of which `forward` keeps the graph."""

import pytest

from tests.facts.recorder import check_abstract, check_real, check_steps, programs

PROGRAMS = programs("""
import torch
import torchmetrics
from torch import nn
from torchmetrics import classification, regression

## metrics are the same in both modes
reveal_mode(torchmetrics.MeanMetric().clone())  # reveals: self train
reveal_mode(torchmetrics.Accuracy(task="binary"))  # reveals: self train
reveal_mode(classification.BinaryF1Score())  # reveals: self train
reveal_mode(regression.MeanSquaredError().eval())  # reveals: self eval
reveal_mode(torchmetrics.MetricCollection([torchmetrics.MeanMetric(), torchmetrics.MaxMetric()]))  # reveals: self train
## metrics in a module
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout(0.5)
        self.accuracy = torchmetrics.Accuracy(task="binary")
        self.metrics = torchmetrics.MetricCollection({"f1": classification.BinaryF1Score()})
        self.copies = nn.ModuleList([self.metrics.clone(prefix="x")])


m = Model()
reveal_mode(m)  # reveals: self train, dropout train
m.accuracy.eval()
m.accuracy.update(torch.ones(2), torch.ones(2))
m.metrics(torch.ones(2), torch.ones(2))
reveal_mode(m)  # reveals: self train, dropout train
reveal_mode(m.eval())  # reveals: self eval, dropout eval
""")

STEPS = programs("""
import torch
import torchmetrics
from torch import nn

net = nn.Linear(4, 4)
opt = torch.optim.SGD(net.parameters(), 0.1)
x = torch.rand(2, 4)

## the value of a batch has a graph
loss = torchmetrics.MeanSquaredError()(net(x), x)  # forward: a
loss.backward()
opt.step()  # step: a
## a metric beside the loss
metric = torchmetrics.MeanSquaredError()
out = net(x)  # forward: a
metric.update(out, x)
out.sum().backward()
opt.step()  # step: a
""")


def test_what_is_accumulated_has_no_graph() -> None:
    torch = pytest.importorskip("torch")
    from torchmetrics import MeanMetric

    metric = MeanMetric()
    metric.update(torch.ones(2, requires_grad=True))
    assert not metric.compute().requires_grad


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "torchmetrics")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])


@pytest.mark.parametrize("name", STEPS)
def test_real_steps(name: str) -> None:
    check_steps(STEPS[name], "torchmetrics", real=True)


@pytest.mark.parametrize("name", STEPS)
def test_abstract_steps(name: str) -> None:
    check_steps(STEPS[name], real=False)

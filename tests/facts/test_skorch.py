"""Networks of skorch."""

import pytest

from tests.facts.recorder import check_abstract, check_real, check_steps, programs

PROGRAMS = programs("""
import numpy as np
import torch
from skorch import NeuralNet, NeuralNetClassifier, NeuralNetRegressor
from skorch.dataset import unpack_data
from torch import nn


class Model(nn.Module):
    def __init__(self, hidden=4):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4, hidden), nn.Dropout(0.5), nn.Linear(hidden, 1))

    def forward(self, x):
        return self.layers(x)


x, y = np.random.rand(20, 4).astype("float32"), np.random.rand(20, 1).astype("float32")
quiet = dict(max_epochs=2, verbose=0, lr=0.01)

## a network is made in train mode
net = NeuralNetRegressor(Model, module__hidden=3, **quiet)
net.initialize()
reveal_mode(net.module_)  # reveals: self train, dropout train
## validation is last
net = NeuralNetRegressor(Model, **quiet)
net.fit(x, y)
reveal_mode(net.module_)  # reveals: self eval, dropout eval
net.predict(x)
net.partial_fit(x, y)
reveal_mode(net.module_)  # reveals: self eval, dropout eval
## without validation
net = NeuralNetRegressor(Model().eval(), train_split=None, **quiet)
net.fit(x, y)
reveal_mode(net.module_)  # reveals: self train, dropout train
net.predict(x)
reveal_mode(net.module_)  # reveals: self eval, dropout eval
## predictions leave eval mode
m = Model()
net = NeuralNet(m, nn.MSELoss, **quiet).initialize()
reveal_mode(m)  # reveals: self train, dropout train
net.predict_proba(x)
reveal_mode(m)  # reveals: self eval, dropout eval
net.forward(x, training=True)
reveal_mode(m)  # reveals: self train, dropout train
net.forward(x)
reveal_mode(m)  # reveals: self eval, dropout eval
net.evaluation_step((torch.rand(2, 4), None), training=True)
reveal_mode(m)  # reveals: self train, dropout train
net.trim_for_prediction()
reveal_mode(m)  # reveals: self eval, dropout eval
## steps set their mode
m = Model().eval()
net = NeuralNet(m, nn.MSELoss, **quiet).initialize()
batch = torch.rand(2, 4), torch.rand(2, 1)
net.train_step(batch)
reveal_mode(m)  # reveals: self train, dropout train
net.validation_step(batch)
reveal_mode(m)  # reveals: self eval, dropout eval
## a step of one's own has the mode that validation left
class Own(NeuralNetRegressor):
    def train_step_single(self, batch, **fit_params):
        reveal_mode(self.module_)  # reveals: self train+eval, dropout train+eval
        x, y = unpack_data(batch)
        y_pred = self.infer(x, **fit_params)
        loss = self.get_loss(y_pred, y, X=x, training=True)
        loss.backward()
        return {"loss": loss, "y_pred": y_pred}


Own(Model, **quiet).fit(x, y)
## a loss of one's own
class Own(NeuralNetRegressor):
    def get_loss(self, y_pred, y_true, *args, training=False, **kwargs):
        reveal_mode(self.module_)  # reveals: self train+eval, dropout train+eval
        return super().get_loss(y_pred, y_true, *args, training=training, **kwargs)


Own(Model, **quiet).fit(x, y)
## saved parameters
net = NeuralNetRegressor(Model, **quiet).initialize()
net.predict(x)
net.save_params(f_params="parameters.pt")
net.load_params(f_params="parameters.pt")
reveal_mode(net.module_)  # reveals: self eval, dropout eval
""")

STEPS = programs("""
import torch
from skorch import NeuralNetRegressor
from torch import nn

x, y = torch.rand(20, 4), torch.rand(20, 4)

## what fit trains
net = NeuralNetRegressor(nn.Linear(4, 4), max_epochs=1, verbose=0, train_split=None)
net.fit(x, y)  # step: line 8
""")


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name], "skorch")


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])


@pytest.mark.parametrize("name", STEPS)
def test_real_steps(name: str) -> None:
    check_steps(STEPS[name], "skorch", real=True)


@pytest.mark.parametrize("name", STEPS)
def test_abstract_steps(name: str) -> None:
    check_steps(STEPS[name], real=False)

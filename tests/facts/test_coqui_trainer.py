"""The trainer of coqui, whose package is called `trainer`."""

import pytest

from tests.facts.recorder import check_abstract, check_real, programs

PROGRAMS = programs("""
import os

import torch
from torch import nn
from torch.utils.data import DataLoader
from trainer import Trainer, TrainerArgs, TrainerConfig, TrainerModel


class Model(TrainerModel):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 2)
        self.frozen = nn.Dropout(0.5)

    def forward(self, x):
        return self.frozen(self.linear(x))

    def train_step(self, batch, criterion):
        loss = self(batch["x"]).sum()
        return {"model_outputs": None}, {"loss": loss}

    @torch.no_grad()
    def eval_step(self, batch, criterion):
        return {"model_outputs": None}, {"loss": self(batch["x"]).sum()}

    def get_data_loader(self, *args, **kwargs):
        data = [{"x": torch.ones(2)} for _ in range(4)]
        return DataLoader(data, batch_size=2)

    def get_criterion(self):
        return None

    def get_optimizer(self):
        return torch.optim.SGD(self.parameters(), 0.1)

    def train_log(self, *args, **kwargs):
        pass

    eval_log = train_log

    def get_lr(self):
        return 0.1

    def get_scheduler(self, optimizer):
        return None


def trainer(model, run_eval=True):
    os.makedirs("out", exist_ok=True)
    config = TrainerConfig(
        epochs=2, batch_size=2, run_eval=run_eval, print_step=100, save_step=10000, mixed_precision=False, output_path="out"
    )
    return Trainer(TrainerArgs(), config, output_path="out", model=model, train_samples=[1], eval_samples=[1], parse_command_line_args=False)


## train mode comes after the start of an epoch
class Hooks(Model):
    def on_epoch_start(self, trainer):
        self.eval()
        reveal_mode(trainer.model)  # reveals: self eval, dropout eval

    def on_train_epoch_start(self, trainer):
        reveal_mode(trainer.model)  # reveals: self train, dropout train

    def train_step(self, batch, criterion):
        reveal_mode(self)  # reveals: self train, dropout train
        return super().train_step(batch, criterion)


trainer(Hooks(), run_eval=False).fit()
## evaluations are in eval mode and leave it
class Evaluated(Model):
    @torch.no_grad()
    def eval_step(self, batch, criterion):
        reveal_mode(self)  # reveals: self eval, dropout eval
        return super().train_step(batch, criterion)

    def on_epoch_end(self, trainer):
        reveal_mode(self)  # reveals: self eval, dropout eval


m = Evaluated()
trainer(m).fit()
reveal_mode(m)  # reveals: self eval, dropout eval
## what a hook of the training sets is kept
class Kept(Model):
    def on_train_epoch_start(self, trainer):
        self.frozen.eval()

    def train_step(self, batch, criterion):
        reveal_mode(self)  # reveals: self train, dropout eval
        return super().train_step(batch, criterion)


trainer(Kept(), run_eval=False).fit()
## a test run is in eval mode
class Tested(Model):
    def test_run(self, assets):
        reveal_mode(self)  # reveals: self eval, dropout eval
        return {}

    def test_log(self, *args, **kwargs):
        pass


trainer(Tested(), run_eval=False).fit()
## a step of its own
class Own(Model):
    def optimize(self, batch, trainer):
        reveal_mode(self)  # reveals: self train, dropout train
        loss = self(batch["x"]).sum()
        loss.backward()
        trainer.optimizer[0].step()
        return {"model_outputs": None}, {"loss": loss}


trainer(Own(), run_eval=False).fit()
""")


@pytest.mark.parametrize("name", PROGRAMS)
def test_coqui_trainer_real(name: str) -> None:
    check_real(PROGRAMS[name])


@pytest.mark.parametrize("name", PROGRAMS)
def test_coqui_trainer_abstract(name: str) -> None:
    check_abstract(PROGRAMS[name])

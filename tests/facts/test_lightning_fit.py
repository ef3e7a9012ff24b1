"""Lightning: what `fit`, `validate`, `test` and `predict` do to modes, on both sides of 2.2, and Fabric.

`backbone` stands for a part that a loader left in eval mode, `head` for a new one: BatchNorm there, dropout here.
"""

from __future__ import annotations

import importlib.metadata
import textwrap

import pytest

from tests.facts.library_kinds import _library_kinds  # noqa: F401
from tests.facts.recorder import check_abstract, check_real, claims, programs, text

START = """
import warnings
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
import lightning.pytorch as pl


def loader():
    return DataLoader(TensorDataset(torch.randn(4, 4)), batch_size=2)


class Base(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
        self.backbone.eval()
        self.head = nn.Sequential(nn.BatchNorm1d(4), nn.Linear(4, 1))

    def forward(self, x):
        return self.head(self.backbone(x))

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), 0.01)


class Model(Base):
    def training_step(self, batch, batch_idx):
        return self(batch[0]).mean()


class Validated(Model):
    def validation_step(self, batch, batch_idx):
        self(batch[0])


def trainer(**values):
    return pl.Trainer(
        max_epochs=2, logger=False, enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False,
        accelerator="cpu", **values,
    )


def fit(module, **values):
    trainer(**values).fit(module, loader(), loader())
    return module


"""

EITHER = programs(
    START
    + """
## validation runs in eval mode
class Noted(Model):
    def validation_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self eval, dropout eval, batch_norm eval


fit(Noted())
## freeze and unfreeze
m = Base()
m.freeze()
reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
m.unfreeze()
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
## construction
reveal_mode(Base())  # reveals: self train, dropout eval, batch_norm train
## train mode set by the user
class InSetup(Model):
    def setup(self, stage):
        self.backbone.train()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


class InFitStart(Validated):
    def on_fit_start(self):
        self.train()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


class InTrainStart(Validated):
    def on_train_start(self):
        self.train()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


class InEpochStart(Validated):
    def on_train_epoch_start(self):
        self.train()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


class InBatchStart(Validated):
    def on_train_batch_start(self, batch, batch_idx):
        self.train()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


class InStep(Validated):
    def training_step(self, batch, batch_idx):
        self.train()
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


class InConfigureModel(Validated):
    def configure_model(self):
        self.train()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


for cls in (InSetup, InFitStart, InTrainStart, InEpochStart, InBatchStart, InStep, InConfigureModel):
    fit(cls())
## a callback
class Switch(pl.Callback):
    def on_train_start(self, trainer, pl_module):
        pl_module.train()


class Noted(Validated):
    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


m = fit(Noted(), callbacks=[Switch()])
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
## eval mode set in the step itself
class Noted(Validated):
    def training_step(self, batch, batch_idx):
        self.backbone.eval()
        reveal_mode(self)  # reveals: self train, dropout eval, batch_norm train
        return super().training_step(batch, batch_idx)


fit(Noted())
## on_validation_model_train overridden
class Noted(Validated):
    def on_validation_model_train(self):
        self.train()

    def on_train_epoch_end(self):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train


reveal_mode(fit(Noted()))  # reveals: self train, dropout train, batch_norm train
## a step of one argument, manual optimization, several optimizers
class Manual(Base):
    def __init__(self):
        super().__init__()
        self.automatic_optimization = False
        self.train()

    def training_step(self, batch):
        first, second = self.optimizers()
        loss = self(batch[0]).mean()
        first.zero_grad()
        self.manual_backward(loss)
        first.step()
        second.step()
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train

    def configure_optimizers(self):
        return torch.optim.SGD(self.head.parameters(), 0.1), torch.optim.SGD(self.backbone.parameters(), 0.1)


fit(Manual())
"""
)

NEW = programs(
    START
    + """
## fit never calls train
class Noted(Model):
    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout eval, batch_norm train
        return super().training_step(batch, batch_idx)


reveal_mode(fit(Noted()))  # reveals: self train, dropout eval, batch_norm train
## fit with a validation gives back each mode
class Noted(Validated):
    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout eval, batch_norm train
        return super().training_step(batch, batch_idx)


reveal_mode(fit(Noted()))  # reveals: self train, dropout eval, batch_norm train
## a whole module in eval mode stays there
class Noted(Validated):
    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self eval, dropout eval, batch_norm eval
        return super().training_step(batch, batch_idx)


m = Noted()
m.eval()
fit(m)
reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
## what is undone after a validation
class AtTheEnd(Validated):
    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout eval, batch_norm train
        return super().training_step(batch, batch_idx)

    def on_validation_epoch_end(self):
        self.train()


class InTheStep(Validated):
    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout eval, batch_norm train
        return super().training_step(batch, batch_idx)

    def validation_step(self, batch, batch_idx):
        self.train()


fit(AtTheEnd())
fit(InTheStep())
## eval mode set in a hook is kept
class InTrainStart(Validated):
    def __init__(self):
        super().__init__()
        self.train()

    def on_train_start(self):
        self.backbone.eval()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout eval, batch_norm train
        return super().training_step(batch, batch_idx)


class InFitStart(Validated):
    def __init__(self):
        super().__init__()
        self.train()

    def on_fit_start(self):
        self.backbone.eval()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout eval, batch_norm train
        return super().training_step(batch, batch_idx)


fit(InTrainStart())
fit(InFitStart())
## an override of train is never called with True
class Frozen(Validated):
    def __init__(self):
        super().__init__()
        self.backbone.train()

    def train(self, mode=True):
        super().train(mode)
        self.backbone.eval()
        return self

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


fit(Frozen())
## built in a hook
class InSetup(Model):
    def __init__(self):
        super().__init__()
        self.backbone = None

    def setup(self, stage):
        self.backbone = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5)).eval()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout eval, batch_norm train
        return super().training_step(batch, batch_idx)


class InConfigureModel(Model):
    def __init__(self):
        super().__init__()
        self.backbone = None

    def configure_model(self):
        self.backbone = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5)).eval()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout eval, batch_norm train
        return super().training_step(batch, batch_idx)


fit(InSetup())
fit(InConfigureModel())
## validate, test and predict give the modes back
class Full(Validated):
    def test_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self eval, dropout eval, batch_norm eval

    def predict_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self eval, dropout eval, batch_norm eval
        return self(batch[0])


m = Full()
trainer().validate(m, loader())
reveal_mode(m)  # reveals: self train, dropout eval, batch_norm train
trainer().test(m, loader())
reveal_mode(m)  # reveals: self train, dropout eval, batch_norm train
trainer().predict(m, loader())
reveal_mode(m)  # reveals: self train, dropout eval, batch_norm train
## loading from a checkpoint
m = Validated()
t = trainer()
t.fit(m, loader(), loader())
t.save_checkpoint("model.ckpt")
reveal_mode(Validated.load_from_checkpoint("model.ckpt"))  # reveals: self train, dropout eval, batch_norm train
## the other name
import pytorch_lightning


class Noted(pytorch_lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 1), nn.Dropout()).eval()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout eval
        return self.net(batch[0]).mean()

    def configure_optimizers(self):
        return {"optimizer": torch.optim.SGD(self.parameters(), 0.01)}


t = pytorch_lightning.Trainer(
    max_epochs=1, logger=False, enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False, accelerator="cpu"
)
t.fit(Noted(), loader())
## Fabric
from lightning.fabric import Fabric

fabric = Fabric(accelerator="cpu", devices=1)
net = nn.Sequential(nn.Linear(4, 1), nn.Dropout()).eval()
m, optimizer = fabric.setup(net, torch.optim.SGD(net.parameters(), 0.1))
reveal_mode(m)  # reveals: self train, dropout eval
reveal_mode(net)  # reveals: self eval, dropout eval
fabric.backward(m(torch.randn(2, 4)).mean())
optimizer.step()
m.train()
reveal_mode(net)  # reveals: self train, dropout train
reveal_mode(m.eval())  # reveals: self eval, dropout eval
other = fabric.setup_module(nn.Sequential(nn.Linear(4, 1), nn.Dropout()).eval())
reveal_mode(other)  # reveals: self train, dropout eval
"""
)

OLD = programs(
    START
    + """
## fit calls train
class Noted(Model):
    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


reveal_mode(fit(Noted()))  # reveals: self train, dropout train, batch_norm train
## a whole module in eval mode is set to train
class Noted(Validated):
    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


m = Noted()
m.eval()
fit(m)
## eval mode set before fit's train is lost
class InFitStart(Validated):
    def on_fit_start(self):
        self.backbone.eval()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train, batch_norm train
        return super().training_step(batch, batch_idx)


fit(InFitStart())
## eval mode set after it holds up to the first validation
class InTrainStart(Validated):
    def on_train_start(self):
        self.backbone.eval()

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout train+eval, batch_norm train
        return super().training_step(batch, batch_idx)


fit(InTrainStart())
## an override of train takes effect
class Frozen(Validated):
    def __init__(self):
        super().__init__()
        self.backbone.train()

    def train(self, mode=True):
        super().train(mode)
        self.backbone.eval()
        return self

    def training_step(self, batch, batch_idx):
        reveal_mode(self)  # reveals: self train, dropout eval, batch_norm train
        return super().training_step(batch, batch_idx)


fit(Frozen())
## validate and test set train mode, predict leaves eval mode
class Full(Validated):
    def test_step(self, batch, batch_idx):
        self(batch[0])

    def predict_step(self, batch, batch_idx):
        return self(batch[0])


m = Full()
trainer().validate(m, loader())
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
trainer().test(m, loader())
reveal_mode(m)  # reveals: self train, dropout train, batch_norm train
trainer().predict(m, loader())
reveal_mode(m)  # reveals: self eval, dropout eval, batch_norm eval
"""
)


def installed() -> tuple[int, ...]:
    try:
        version = importlib.metadata.version("lightning")
    except importlib.metadata.PackageNotFoundError:
        return ()
    return tuple(int(part) for part in version.split(".")[:2])


@pytest.mark.parametrize("name", EITHER)
def test_real(name: str) -> None:
    check_real(EITHER[name], "lightning.pytorch")


@pytest.mark.parametrize("name", NEW)
def test_real_from_2_2(name: str) -> None:
    if installed() < (2, 2):
        pytest.skip("an older Lightning is installed, or none")
    check_real(NEW[name], "lightning.pytorch", "pytorch_lightning")


@pytest.mark.parametrize("name", OLD)
def test_real_before_2_2(name: str) -> None:
    if installed() >= (2, 2):
        pytest.skip("Lightning 2.2 or newer is installed; measured with 2.1.4")
    check_real(OLD[name], "lightning.pytorch")


@pytest.mark.parametrize("name", [*EITHER, *NEW])
def test_abstract(name: str) -> None:
    check_abstract({**EITHER, **NEW}[name])


@pytest.mark.parametrize("name", [*EITHER, *OLD])
def test_abstract_before_2_2(name: str) -> None:
    """By the version that the configuration names."""
    from modelint.testing import reveals

    source = textwrap.dedent({**EITHER, **OLD}[name])
    found = reveals(source, library_versions={"lightning": "2.1.4"})
    wrong = {
        line: f"claimed {text(claim)}, interpreted {text(found.get(line, {}))}"
        for line, claim in claims(source).items()
        if found.get(line) != claim
    }
    assert not wrong

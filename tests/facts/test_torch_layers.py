"""Which layers of torch depend on the mode."""

import ast
import inspect
from pathlib import Path

import modelint_rules
import pytest

from tests.facts.recorder import check_abstract, check_real, programs, require

PROGRAMS = programs("""
import torch
from torch import nn


## sensitive layers
reveal_mode(nn.Dropout())  # reveals: self train, dropout train
reveal_mode(nn.Dropout(0.1))  # reveals: self train, dropout train
reveal_mode(nn.Dropout(p=0.0))  # reveals: self train
reveal_mode(nn.Dropout1d())  # reveals: self train, dropout train
reveal_mode(nn.Dropout2d(0.1).eval())  # reveals: self eval, dropout eval
reveal_mode(nn.Dropout3d(0))  # reveals: self train
reveal_mode(nn.AlphaDropout())  # reveals: self train, dropout train
reveal_mode(nn.FeatureAlphaDropout())  # reveals: self train, dropout train
reveal_mode(nn.BatchNorm1d(3))  # reveals: self train, batch_norm train
reveal_mode(nn.BatchNorm2d(3).eval())  # reveals: self eval, batch_norm eval
reveal_mode(nn.BatchNorm3d(3, track_running_stats=False))  # reveals: self train
reveal_mode(nn.BatchNorm1d(3, 1e-5, None, True, False))  # reveals: self train
reveal_mode(nn.SyncBatchNorm(3))  # reveals: self train, batch_norm train
reveal_mode(nn.LazyBatchNorm1d())  # reveals: self train, batch_norm train
reveal_mode(nn.LazyBatchNorm2d(track_running_stats=False))  # reveals: self train
reveal_mode(nn.InstanceNorm1d(3))  # reveals: self train
reveal_mode(nn.InstanceNorm2d(3, track_running_stats=True))  # reveals: self train, batch_norm train
reveal_mode(nn.InstanceNorm3d(3, affine=True))  # reveals: self train
reveal_mode(nn.LazyInstanceNorm2d())  # reveals: self train, batch_norm train
reveal_mode(nn.LazyInstanceNorm1d(track_running_stats=True))  # reveals: self train, batch_norm train
reveal_mode(nn.RReLU())  # reveals: self train, other train
## recurrent layers
reveal_mode(nn.LSTM(3, 3))  # reveals: self train, rnn train
reveal_mode(nn.GRU(3, 3, 2))  # reveals: self train, rnn train
reveal_mode(nn.RNN(3, 3, num_layers=2))  # reveals: self train, rnn train
reveal_mode(nn.LSTM(3, 3, 2, dropout=0.5))  # reveals: self train, rnn train, dropout train
reveal_mode(nn.LSTM(3, 3, 2, True, False, 0.5))  # reveals: self train, rnn train, dropout train
reveal_mode(nn.RNN(3, 3, 2, "relu", True, False, 0.5))  # reveals: self train, rnn train, dropout train
reveal_mode(nn.GRU(3, 3, dropout=0.5))  # reveals: self train, rnn train
reveal_mode(nn.LSTMCell(3, 3))  # reveals: self train
## attention
reveal_mode(nn.MultiheadAttention(4, 2))  # reveals: self train
reveal_mode(nn.MultiheadAttention(4, 2, dropout=0.1))  # reveals: self train, dropout train
reveal_mode(nn.MultiheadAttention(4, 2, 0.1).eval())  # reveals: self eval, dropout eval
layer = nn.TransformerEncoderLayer(4, 2, 8)
reveal_mode(layer)  # reveals: self train, dropout train
reveal_mode(nn.TransformerEncoderLayer(4, 2, 8, 0.0))  # reveals: self train
reveal_mode(nn.TransformerDecoderLayer(4, 2, dropout=0))  # reveals: self train
reveal_mode(nn.TransformerDecoderLayer(4, 2, 8))  # reveals: self train, dropout train
reveal_mode(nn.TransformerEncoder(layer.eval(), 2))  # reveals: self train, dropout eval
reveal_mode(nn.TransformerDecoder(nn.TransformerDecoderLayer(4, 2, 8), num_layers=2))  # reveals: self train, dropout train
reveal_mode(nn.Transformer(4, 2, 1, 1, 8))  # reveals: self train, dropout train
reveal_mode(nn.Transformer(4, 2, 1, 1, 8, dropout=0.0))  # reveals: self train
layer.train()
encoder = nn.TransformerEncoder(layer, num_layers=2)
layer.eval()
reveal_mode(encoder)  # reveals: self train, dropout train
## one layer of several
encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8), num_layers=2)
encoder.layers[0].eval()
reveal_mode(encoder)  # reveals: self train, dropout train+eval
## parameters and buffers
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(2, 3))
        self.register_buffer("mask", torch.ones(2, 3))
        self.register_buffer("bias", None)
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        x = self.drop(x) + self.table.repeat(1, 1) * self.mask.expand(2, 3)
        return x if self.bias is None else x + self.bias


m = Model()
m(torch.rand(2, 3))
reveal_mode(m)  # reveals: self train, dropout train
reveal_mode(m.table)  # reveals: nothing
reveal_mode(m.eval())  # reveals: self eval, dropout eval
## insensitive layers
reveal_mode(nn.Linear(2, 2))  # reveals: self train
reveal_mode(nn.Conv2d(1, 1, 1).eval())  # reveals: self eval
reveal_mode(nn.LayerNorm(2))  # reveals: self train
reveal_mode(nn.GroupNorm(1, 2))  # reveals: self train
reveal_mode(nn.Embedding(2, 2))  # reveals: self train
reveal_mode(nn.CrossEntropyLoss())  # reveals: self train
reveal_mode(nn.AdaptiveLogSoftmaxWithLoss(4, 8, [2, 4]))  # reveals: self train
reveal_mode(nn.ReLU6())  # reveals: self train
reveal_mode(nn.ParameterList([nn.Parameter(torch.ones(1))]))  # reveals: self train
reveal_mode(nn.ParameterDict({"a": nn.Parameter(torch.ones(1))}))  # reveals: self train
""")


@pytest.mark.parametrize("name", PROGRAMS)
def test_real(name: str) -> None:
    check_real(PROGRAMS[name])


@pytest.mark.parametrize("name", PROGRAMS)
def test_abstract(name: str, request: pytest.FixtureRequest) -> None:
    if name == "one layer of several":
        reason = "what a loop makes at one place is one object: a mode that one of them is given by its index is taken for that of all"
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    check_abstract(PROGRAMS[name])


STUBS = Path(modelint_rules.__file__).parent / "stubs" / "torch"


def stub_classes(folder: Path) -> dict[str, ast.ClassDef]:
    nodes = (node for path in folder.rglob("*.py") for node in ast.parse(path.read_text("utf-8")).body)
    return {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}


def test_every_layer_has_a_stub() -> None:
    require("torch")
    from torch import nn

    real = {name for name, cls in vars(nn).items() if isinstance(cls, type) and issubclass(cls, nn.Module)}
    assert real - stub_classes(STUBS / "nn").keys() == {"Container"}  # deprecated since 0.3


def test_every_layer_that_reads_its_flag_is_sensitive() -> None:
    require("torch")
    from torch import nn

    def reads(cls: type) -> bool:
        return any(
            "self.training" in inspect.getsource(base)
            for base in cls.__mro__
            if issubclass(base, nn.Module) and base is not nn.Module
        )

    def stubbed(name: str) -> bool:
        node = classes[name]
        calls = (part for part in ast.walk(node) if isinstance(part, ast.Name))
        return any(call.id == "sensitive" for call in calls) or any(
            isinstance(base, ast.Name) and base.id in classes and stubbed(base.id) for base in node.bases
        )

    classes = stub_classes(STUBS / "nn")
    real = {name for name, cls in vars(nn).items() if isinstance(cls, type) and issubclass(cls, nn.Module) and reads(cls)}
    made_of_parts = {"TransformerEncoderLayer"}  # its parts are sensitive; its own flag chooses between equal computations
    assert {name for name in real if not stubbed(name)} == made_of_parts
    assert {name for name in classes if hasattr(nn, name) and stubbed(name)} - real == {"RNNBase"}  # its subclasses read it


def test_every_optimizer_and_scheduler_has_a_stub() -> None:
    require("torch")
    from torch import optim

    real = {name for name, cls in vars(optim).items() if isinstance(cls, type) and issubclass(cls, optim.Optimizer)}
    schedulers = {
        name
        for name, cls in vars(optim.lr_scheduler).items()
        if isinstance(cls, type) and issubclass(cls, optim.lr_scheduler.LRScheduler)
    }
    stubbed = stub_classes(STUBS / "optim").keys() | {"_LRScheduler"}
    assert (real | schedulers) - stubbed == set()

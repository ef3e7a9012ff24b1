"""bitsandbytes, einops and loralib: layers that stand in for those of torch, and optimizers."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.facts.recorder import check_abstract, check_real, check_steps, kinds_by_class, programs, require

PROGRAMS = {
    "bitsandbytes": programs("""
import bitsandbytes as bnb
from torch import nn

## quantized layers
linear = [bnb.nn.Linear8bitLt(4, 4), bnb.nn.Linear4bit(4, 4), bnb.nn.LinearNF4(4, 4), bnb.nn.LinearFP4(4, 4)]
embeddings = [bnb.nn.Embedding(4, 4), bnb.nn.StableEmbedding(4, 4), bnb.nn.Embedding8bit(4, 4), bnb.nn.EmbeddingNF4(4, 4)]
reveal_mode(nn.ModuleList([*linear, *embeddings]))  # reveals: self train
reveal_mode(nn.Sequential(*linear, nn.Dropout(0.5)).eval())  # reveals: self eval, dropout eval
"""),
    "einops": programs("""
from einops.layers.torch import EinMix, Rearrange, Reduce
from torch import nn

## rearranging layers
layers = [Rearrange("a b -> b a"), Reduce("a b -> a", "mean"), EinMix("a b -> a c", weight_shape="b c", b=4, c=4)]
reveal_mode(nn.Sequential(*layers))  # reveals: self train
reveal_mode(nn.Sequential(*layers, nn.Dropout(0.5)).eval())  # reveals: self eval, dropout eval
"""),
    "loralib": programs("""
import loralib as lora
from torch import nn

## layers with an adapter
reveal_mode(lora.Linear(4, 4))  # reveals: self train
reveal_mode(lora.Linear(4, 4, r=2))  # reveals: self train
reveal_mode(lora.Linear(4, 4, r=2, lora_dropout=0.1))  # reveals: self train, dropout train
reveal_mode(lora.MergedLinear(4, 4, r=2, lora_dropout=0.1, enable_lora=[True]))  # reveals: self train, dropout train
reveal_mode(lora.Conv2d(4, 4, 3, r=2, lora_dropout=0.1))  # reveals: self train, dropout train
reveal_mode(lora.Embedding(4, 4, r=2))  # reveals: self train
## a layer with an adapter returns nothing from train
m = lora.Linear(4, 4, r=2, lora_dropout=0.1)
reveal_mode(m.train(False))  # reveals: nothing
reveal_mode(m)  # reveals: self eval, dropout eval
## a model of layers with adapters
m = nn.Sequential(lora.Linear(4, 4, r=2, lora_dropout=0.1), nn.Dropout(0.5))
lora.mark_only_lora_as_trainable(m)
reveal_mode(m)  # reveals: self train, dropout train
reveal_mode(m.eval())  # reveals: self eval, dropout eval
lora.lora_state_dict(m)
reveal_mode(m)  # reveals: self eval, dropout eval
"""),
}
CASES = [pytest.param(library, name, id=name) for library, group in PROGRAMS.items() for name in group]

STEPS = programs("""
import bitsandbytes as bnb
import torch
from torch import nn

net = nn.Linear(64, 64)
other = nn.Linear(64, 64)

## an optimizer of 8 bits
opt = bnb.optim.AdamW8bit(net.parameters())
out = net(torch.rand(2, 64))  # forward: a
(out + other(out)).sum().backward()  # forward: b
opt.step()  # step: a
opt.zero_grad()
## an optimizer that pages
from bitsandbytes.optim import PagedAdamW32bit

opt = PagedAdamW32bit(net.parameters())
net(torch.rand(2, 64)).sum().backward()  # forward: a
opt.zero_grad()
opt.step()  # step:
""")


@kinds_by_class("Linear8bitLt", "Linear4bit")
def _other_kernel(module: Any) -> Iterable[str]:
    return ()  # `test_a_quantized_layer_does_the_same_in_both_modes` says why


@pytest.mark.parametrize("name", ["Linear8bitLt", "Linear4bit"])
def test_a_quantized_layer_does_the_same_in_both_modes(name: str) -> None:
    require("bitsandbytes")
    import bitsandbytes
    import torch

    settings = {"has_fp16_weights": False} if name == "Linear8bitLt" else {}
    layer = getattr(bitsandbytes.nn, name)(64, 64, **settings).to("cpu")
    x = torch.rand(8, 64)
    assert torch.allclose(layer.train()(x), layer.eval()(x), atol=0.02)
    assert torch.equal(layer.train()(x), layer.train()(x))


@pytest.mark.parametrize(("library", "name"), CASES)
def test_real(library: str, name: str) -> None:
    check_real(PROGRAMS[library][name], library)


@pytest.mark.parametrize(("library", "name"), CASES)
def test_abstract(library: str, name: str) -> None:
    check_abstract(PROGRAMS[library][name])


@pytest.mark.parametrize("name", STEPS)
def test_real_steps(name: str) -> None:
    check_steps(STEPS[name], "bitsandbytes", real=True)


@pytest.mark.parametrize("name", STEPS)
def test_abstract_steps(name: str) -> None:
    check_steps(STEPS[name], real=False)

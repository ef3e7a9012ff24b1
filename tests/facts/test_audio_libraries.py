"""torchcrepe and resemblyzer, with the weights that come in their packages."""

import pytest

from tests.facts.recorder import check_abstract, check_real, programs

PROGRAMS = {
    "torchcrepe": programs("""
import torch
import torchcrepe

## torchcrepe made
reveal_mode(torchcrepe.Crepe("tiny"))  # reveals: self train, batch_norm train
## torchcrepe loaded
torchcrepe.load.model("cpu", "tiny")
reveal_mode(torchcrepe.infer.model)  # reveals: self eval, batch_norm eval
torchcrepe.infer.model.train()
reveal_mode(torchcrepe.infer.model)  # reveals: self train, batch_norm train
torchcrepe.load.model("cpu", "tiny")
reveal_mode(torchcrepe.infer.model)  # reveals: self eval, batch_norm eval
## torchcrepe loads what it predicts with
torchcrepe.predict(torch.randn(1, 2048), 16000, model="tiny")
m = torchcrepe.infer.model
reveal_mode(m)  # reveals: self eval, batch_norm eval
m.train()
torchcrepe.predict(torch.randn(1, 2048), 16000, model="tiny")
reveal_mode(m)  # reveals: self train, batch_norm train
torchcrepe.embed(torch.randn(1, 2048), 16000, model="tiny")
reveal_mode(torchcrepe.infer.model)  # reveals: self train, batch_norm train
torchcrepe.infer(torch.randn(1, 1024), model="tiny")
reveal_mode(torchcrepe.infer.model)  # reveals: self train, batch_norm train
"""),
    "resemblyzer": programs("""
import numpy
from resemblyzer import VoiceEncoder

m = VoiceEncoder("cpu", verbose=False)

## resemblyzer
reveal_mode(m)  # reveals: self train, rnn train
## resemblyzer embeds in any mode
m.embed_utterance(numpy.zeros(16000, dtype="float32"))
reveal_mode(m)  # reveals: self train, rnn train
m.eval()
m.embed_speaker([numpy.zeros(16000, dtype="float32")])
reveal_mode(m)  # reveals: self eval, rnn eval
"""),
}
CASES = [pytest.param(library, name, id=name) for library, group in PROGRAMS.items() for name in group]


@pytest.mark.parametrize(("library", "name"), CASES)
def test_real(library: str, name: str) -> None:
    check_real(PROGRAMS[library][name], library)


@pytest.mark.parametrize(("library", "name"), CASES)
def test_abstract(library: str, name: str) -> None:
    check_abstract(PROGRAMS[library][name])

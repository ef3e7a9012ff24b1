"""What only a GPU shows: cuDNN's refusal, half precision, where a model lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelint.diagnostics.diagnostic import Verdict
from modelint.engine.premises import verdict
from modelint.probe.examine import Wish, examine
from tests.facts.recorder import require
from tests.probe.conftest import Probe, check

require("torch")

import torch  # noqa: E402

pytestmark = [pytest.mark.gpu, pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")]

RECURRENT = """
import torch
from torch import nn

__model__ = nn.LSTM(8, 8, 2, batch_first=True){half}
"""


def wish(folder: Path, recipe: str, premise: str, device: str = "cuda") -> Wish:
    return Wish(
        recipe=recipe,
        part="",
        premises=(premise,),
        roots=(str(folder),),
        device=device,
        network=False,
        gigabytes=16,
        example="",
        attach="",
    )


@pytest.mark.parametrize("half", ["", ".half()"])
def test_backward_of_a_recurrent_layer_in_eval_mode_raises(tmp_path: Path, half: str) -> None:
    facts = examine(wish(tmp_path, RECURRENT.format(half=half), "recurrent"), 120)
    assert (facts.error, facts.device) == ("", "cuda")
    assert facts.backward is not None
    assert "cudnn RNN backward can only be called in training mode" in facts.backward
    assert verdict("recurrent", facts).verdict is Verdict.PREMISES_CONFIRMED


def test_backward_of_a_recurrent_layer_in_bfloat16(tmp_path: Path) -> None:
    """Which kernels that has depends on the version of torch; the answer is what this one does."""
    layer = torch.nn.LSTM(8, 8, 2, batch_first=True).bfloat16().cuda().eval()
    raised = ""
    try:
        layer(torch.randn(2, 4, 8).bfloat16().cuda())[0].sum().backward()
    except RuntimeError as error:
        raised = str(error).splitlines()[0]
    facts = examine(wish(tmp_path, RECURRENT.format(half=".bfloat16()"), "recurrent"), 120)
    assert (facts.error, facts.device, facts.backward) == ("", "cuda", raised)
    assert verdict("recurrent", facts).verdict is (Verdict.PREMISES_CONFIRMED if raised else Verdict.REFUTED)


def test_auto_takes_the_gpu_and_cpu_hides_it(tmp_path: Path) -> None:
    recipe = "import torch\n__model__ = torch.nn.Dropout(0.25 if torch.cuda.is_available() else 0.75)\n"
    for device, expected in (("auto", "p=0.25"), ("cpu", "p=0.75")):
        facts = examine(wish(tmp_path, recipe, "sensitive", device), 120)
        assert facts.layers is not None
        assert [layer.details for layer in facts.layers] == [expected]


def test_a_half_precision_model_is_compared(tmp_path: Path) -> None:
    recipe = "from torch import nn\n__model__ = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5), nn.Linear(4, 2)).half()\n"
    facts = examine(wish(tmp_path, recipe, "sensitive"), 120)
    assert facts.differences is not None
    assert facts.differences["train"] > 0


TRAINING = """
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8), nn.Dropout(0.5), nn.Linear(8, 2)).cuda()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scaler = torch.amp.GradScaler()
x, y = torch.randn(16, 8).cuda(), torch.randint(0, 2, (16,)).cuda()
for epoch in range(2):
    for step in range(3):
        with torch.autocast("cuda", dtype=torch.float16):
            loss = nn.functional.cross_entropy(model(x), y)  # expect: ML103
        optimizer.zero_grad()
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
    model.eval()
    with torch.no_grad():
        print((model(x).argmax(1) == y).float().mean().item())
"""


def test_a_mixed_precision_loop(probe: Probe) -> None:
    check(probe(TRAINING), TRAINING)


def test_a_recurrent_layer_trained_in_eval_mode_ends_the_program(probe: Probe) -> None:
    text = """
import torch
from torch import nn

model = nn.LSTM(8, 8).cuda().eval()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model(torch.randn(4, 2, 8).cuda())[0].sum().backward()
optimizer.step()
"""
    [found] = probe(text).report.diagnostics
    assert "cudnn RNN backward can only be called in training mode" in found.message

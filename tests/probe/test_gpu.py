"""What only a GPU shows: cuDNN's refusal, half precision, where a model lies; and that all the rest is the same there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import ProbeResult, Verdict
from modelint.engine.looking import LookOptions, look
from modelint.engine.premises import verdict
from modelint.engine.probing import against
from modelint.probe.examine import Facts, Wish, examine
from modelint.testing import check_files, mismatches
from tests.facts.recorder import require
from tests.probe.conftest import PROGRAMS, Probe, check
from tests.probe.test_scenes_probed import FILES
from tests.scenes.test_scenes_run import LIBRARIES, SCENES

require("torch")

import torch  # noqa: E402

pytestmark = [pytest.mark.gpu, pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device and `-m gpu`")]

REFUSAL = "cudnn RNN backward can only be called in training mode"
MOVES_MODELS = ("lightning", "Trainer")
"""Who says so has models and batches moved to the GPU."""


def on_gpu(program: str) -> str:
    """A program that was written for a CPU; its lines stay where they are."""
    for here, there in (
        ("use_cpu=True", "use_cpu=False"),
        ('accelerator="cpu"', 'accelerator="gpu", devices=1'),
        ("Accelerator(cpu=True)", "Accelerator()"),
        ('"cpu"', '"cuda"'),
        # gliner makes models on the CPU, whatever is said.
        ('GLiNER.from_pretrained(f"{folder}/gliner")', 'GLiNER.from_pretrained(f"{folder}/gliner").cuda()'),
        (
            "model(**collator([example]))",
            "model(**{name: part.cuda() if hasattr(part, 'cuda') else part for name, part in collator([example]).items()})",
        ),
    ):
        program = program.replace(here, there)
    if any(name in program for name in (*MOVES_MODELS, "GLiNER")):
        return program
    assert "import torch\n" in program
    return program.replace("import torch\n", 'import torch; torch.set_default_device("cuda")\n', 1)


def run_and_confirm(probe: Probe, path: Path, text: str, steps: int = 1000) -> None:
    """The run and the source say the same, and the run confirms each finding in the source."""
    path.write_text(text)
    config = Config(root=str(path.parent))
    static = check_files([str(path)], config).diagnostics
    assert mismatches(text, static) == []
    probed = probe(path, steps=steps)
    check(probed, text)
    verdicts = [each.probe.verdict for each in against(static, probed, config).diagnostics if each.probe is not None]
    assert verdicts == [Verdict.CONFIRMED] * len(static)


RECURRENT = """
import torch
from torch import nn

__model__ = nn.{layer}(8, 8, 2, batch_first=True){half}
"""


def seen(folder: Path, recipe: str, premise: str, device: str = "cuda") -> Facts:
    wish = Wish(
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
    return examine(wish, 120)


def looked_at(path: Path, device: str = "cuda") -> list[ProbeResult]:
    config = Config(root=str(path.parent))
    options = LookOptions(device=device, show_refuted=True)
    found = look(check_files([str(path)], config), config, options, lambda text: None).diagnostics
    return [each.probe for each in found if each.probe is not None]


@pytest.mark.parametrize("half", ["", ".half()", ".double()"])
@pytest.mark.parametrize("layer", ["RNN", "LSTM", "GRU"])
def test_backward_of_a_recurrent_layer_in_eval_mode_raises(tmp_path: Path, layer: str, half: str) -> None:
    facts = seen(tmp_path, RECURRENT.format(layer=layer, half=half), "recurrent")
    assert (facts.error, facts.device) == ("", "cuda")
    assert facts.backward is not None
    assert REFUSAL in facts.backward
    assert verdict("recurrent", facts).verdict is Verdict.PREMISES_CONFIRMED


def test_backward_of_a_recurrent_layer_in_bfloat16(tmp_path: Path) -> None:
    """Which kernels that has depends on the version of torch; the answer is what this one does."""
    layer = torch.nn.LSTM(8, 8, 2, batch_first=True).bfloat16().cuda().eval()
    raised = ""
    try:
        layer(torch.randn(2, 4, 8).bfloat16().cuda())[0].sum().backward()
    except RuntimeError as error:
        raised = str(error).splitlines()[0]
    facts = seen(tmp_path, RECURRENT.format(layer="LSTM", half=".bfloat16()"), "recurrent")
    assert (facts.error, facts.device, facts.backward) == ("", "cuda", raised)
    assert verdict("recurrent", facts).verdict is (Verdict.PREMISES_CONFIRMED if raised else Verdict.REFUTED)


def test_auto_takes_the_gpu_and_cpu_hides_it(tmp_path: Path) -> None:
    recipe = "import torch\n__model__ = torch.nn.Dropout(0.25 if torch.cuda.is_available() else 0.75)\n"
    for device, expected in (("auto", "p=0.25"), ("cpu", "p=0.75")):
        facts = seen(tmp_path, recipe, "sensitive", device)
        assert facts.layers is not None
        assert [layer.details for layer in facts.layers] == [expected]


def test_a_half_precision_model_is_compared(tmp_path: Path) -> None:
    recipe = "from torch import nn\n__model__ = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5), nn.Linear(4, 2)).half()\n"
    facts = seen(tmp_path, recipe, "sensitive")
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
    assert REFUSAL in found.message


# ---------------------------------------------------------------- where a model lies
def test_a_model_that_the_program_places_stays_there(tmp_path: Path) -> None:
    """A library may forbid to move it, and its parts may be meant for several devices."""
    recipe = """
from torch import nn

class Placed(nn.Sequential):
    def to(self, *args, **kwargs):
        raise ValueError("not to be moved")
    def forward(self, x):
        return self[1](self[0](x).cuda())

__model__ = Placed(nn.Linear(4, 4), nn.Sequential(nn.Dropout(0.5), nn.Linear(4, 2)).cuda())
"""
    facts = seen(tmp_path, recipe, "sensitive")
    assert facts.error == ""
    assert facts.differences is not None
    assert facts.differences["train"] > 0


@pytest.mark.parametrize("placing", ['device_map="auto"', 'device_map="cuda"', "dtype=torch.bfloat16", "dtype=torch.float16"])
def test_a_pretrained_model(probe: Probe, tmp_path: Path, placing: str) -> None:
    require("transformers", "accelerate")
    from transformers import BertConfig, BertForSequenceClassification

    sizes = {"vocab_size": 32, "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertForSequenceClassification(BertConfig(**sizes)).save_pretrained(tmp_path / "model")
    text = f"""
import torch
from transformers import BertForSequenceClassification

model = BertForSequenceClassification.from_pretrained({str(tmp_path / "model")!r}, {placing}).cuda()  # expect: ML101
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
ids, labels = torch.randint(0, 32, (4, 6)).cuda(), torch.randint(0, 2, (4,)).cuda()
for step in range(3):
    loss = model(input_ids=ids, labels=labels).loss
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""
    path = tmp_path / "program.py"
    run_and_confirm(probe, path, text)
    [result] = looked_at(path)
    assert result.verdict is Verdict.PREMISES_CONFIRMED
    assert "two forwards in train mode differ" in result.details[1]


def test_a_pretrained_model_in_pieces(tmp_path: Path) -> None:
    """One of them waits on the CPU, and in its place is nothing, until it is called."""
    require("transformers", "accelerate")
    from transformers import BertConfig, BertForSequenceClassification

    sizes = {"vocab_size": 32, "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertForSequenceClassification(BertConfig(**sizes)).save_pretrained(tmp_path / "model")
    pieces = '{"bert.embeddings": "cpu", "bert.encoder": 0, "bert.pooler": 0, "dropout": 0, "classifier": 0}'
    loading = f"BertForSequenceClassification.from_pretrained({str(tmp_path / 'model')!r}, device_map={pieces})"
    facts = seen(tmp_path, f"from transformers import BertForSequenceClassification\n__model__ = {loading}\n", "made-in-eval")
    assert (facts.error, facts.inputs) == ("", "its configuration")
    assert verdict("made-in-eval", facts).verdict is Verdict.PREMISES_CONFIRMED


def test_a_model_that_does_not_fit(tmp_path: Path) -> None:
    recipe = (
        "import torch\nfrom torch import nn\n__model__ = nn.Sequential(nn.Dropout(), nn.Linear(2**20, 2**20, device='cuda'))\n"
    )
    facts = seen(tmp_path, recipe, "sensitive")
    assert "CUDA out of memory" in facts.error
    assert verdict("sensitive", facts).verdict is Verdict.INCONCLUSIVE


def test_without_cudnn_the_backward_works(tmp_path: Path) -> None:
    recipe = RECURRENT.format(layer="LSTM", half="") + "torch.backends.cudnn.enabled = False\n"
    facts = seen(tmp_path, recipe, "recurrent")
    assert (facts.error, facts.backward) == ("", "")
    assert verdict("recurrent", facts).verdict is Verdict.REFUTED


def test_a_frozen_recurrent_layer_shows_nothing(tmp_path: Path) -> None:
    facts = seen(tmp_path, RECURRENT.format(layer="LSTM", half=".requires_grad_(False)"), "recurrent")
    assert verdict("recurrent", facts).verdict is Verdict.INCONCLUSIVE


def test_the_command(tmp_path: Path) -> None:
    """As a user calls it: the finding that a laptop cannot show."""
    (tmp_path / "train.py").write_text(LEFT_IN_EVAL)
    command = [sys.executable, "-m", "modelint", "check", "--probe", "--device", "cuda", "--no-cache", "train.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert (
        f"probe: premises confirmed: 1 recurrent layer: `recurrent` (dropout=0.0); a backward in eval mode raises: {REFUSAL}"
        in done.stdout
    )


# ---------------------------------------------------------------- runs
LEFT_IN_EVAL = """
import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.recurrent = nn.LSTM(8, 8, batch_first=True)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.recurrent(x)[0])


def evaluate(model):
    model.eval()
    with torch.no_grad():
        print(model(torch.randn(2, 4, 8).to(device)).mean().item())


device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
model = Tagger().to(device)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(2):
    for step in range(3):
        optimizer.zero_grad()
        loss = model(torch.randn(2, 4, 8).to(device)).mean()  # expect: ML107
        loss.backward()
        optimizer.step()
    evaluate(model)
"""


def refused(probe: Probe, path: Path, text: str) -> int:
    """The run ends at cuDNN's refusal and confirms the one finding in the source. The number of steps before it."""
    path.write_text(text)
    config = Config(root=str(path.parent))
    [static] = check_files([str(path)], config).diagnostics
    probed = probe(path)
    [cut_short] = [each for each in probed.report.diagnostics if not each.code]
    assert REFUSAL in cut_short.message
    assert mismatches(text, [each for each in probed.report.diagnostics if each.code]) == []
    assert probed.report.counters["problems of the probe"] == 0
    verdicts = [each.probe.verdict for each in against([static], probed, config).diagnostics if each.probe is not None]
    assert verdicts == [Verdict.CONFIRMED]
    return probed.steps


def test_cudnn_refuses_the_second_epoch(probe: Probe, tmp_path: Path) -> None:
    assert refused(probe, tmp_path / "train.py", LEFT_IN_EVAL) == 3


def test_cudnn_refuses_a_model_with_real_weights(probe: Probe, tmp_path: Path) -> None:
    require("resemblyzer")
    path = tmp_path / "train.py"
    assert refused(probe, path, on_gpu((PROGRAMS / "resemblyzer_trained.py").read_text())) == 0
    [result] = looked_at(path)
    assert result.verdict is Verdict.PREMISES_CONFIRMED
    assert REFUSAL in result.details[1]


@pytest.mark.parametrize(
    ("name", "libraries"),
    [
        ("accelerated", ("accelerate", "transformers")),
        ("adapters", ("peft",)),
        ("classes", ()),
        ("compiled", ()),
        ("frozen_parts", ()),
        ("functional_dropouts", ()),
        ("hugging_face_trainer", ("transformers", "accelerate")),
        ("meant_for_training", ()),
        ("mode_methods", ()),
        ("saved_parameters", ()),
        ("torchcrepe_finetuned", ("torchcrepe",)),
        ("unheeded_overrides", ()),
    ],
)
def test_programs(probe: Probe, tmp_path: Path, name: str, libraries: tuple[str, ...]) -> None:
    require("torch", *libraries)
    text = on_gpu((PROGRAMS / f"{name}.py").read_text())
    # A copy of a process has no GPU: an override that computes on one cannot be tried there.
    text = text.replace("parameter.data.zero_()", "pass")
    if name == "hugging_face_trainer":
        text = text.replace("model(ids)", "model(ids.to(model.device))")
    run_and_confirm(probe, tmp_path / "program.py", text)


def test_a_model_that_is_compiled_to_kernels(probe: Probe, tmp_path: Path) -> None:
    text = on_gpu((PROGRAMS / "compiled.py").read_text())
    run_and_confirm(probe, tmp_path / "program.py", text.replace(', backend="eager"', ""))


@pytest.mark.scenes
@pytest.mark.parametrize("name", FILES)
def test_scenes(probe: Probe, tmp_path: Path, name: str) -> None:
    path = SCENES / name
    require("torch", *LIBRARIES[path.parent.name])
    text = on_gpu(path.read_text())
    if name == "gliner/bug.py":
        assert refused(probe, tmp_path / path.name, text) == 0
    else:
        run_and_confirm(probe, tmp_path / path.name, text, steps=20)


@pytest.mark.scenes
@pytest.mark.parametrize("folder", LIBRARIES)
def test_scenes_looked_at(folder: str) -> None:
    require("torch", *LIBRARIES[folder])
    assert [result.verdict for result in looked_at(SCENES / folder / "bug.py")] == [Verdict.PREMISES_CONFIRMED]


def alone(path: Path) -> str:
    """What a program prints without the probe."""
    command = [sys.executable, str(path)]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True).stdout


OF_THE_DEVICE = "\nprint(torch.cuda.get_rng_state().tolist(), torch.cuda.max_memory_allocated())\n"


def test_results_are_the_same(probe: Probe, tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(on_gpu((PROGRAMS / "same_results.py").read_text()) + OF_THE_DEVICE)
    assert alone(path) == alone(path)
    assert probe(path).steps
    assert probe.output == alone(path)


CAPTURED = """
import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8), nn.Dropout(0.5), nn.Linear(8, 2)).cuda()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.randn(16, 8, device="cuda"), torch.randint(0, 2, (16,), device="cuda")


def step():
    optimizer.zero_grad(set_to_none=True)
    loss = nn.functional.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    return loss


side = torch.cuda.Stream()
side.wait_stream(torch.cuda.current_stream())
with torch.cuda.stream(side):
    for _ in range(3):
        step()
torch.cuda.current_stream().wait_stream(side)
graph = torch.cuda.CUDAGraph()
optimizer.zero_grad(set_to_none=True)
with torch.cuda.graph(graph):
    loss = step()
for _ in range(5):
    graph.replay()
print(loss.item() < 10, next(model.parameters()).device)
with torch.no_grad():
    print((model(x).argmax(1) == y).float().mean().item() >= 0)  # expect: ML104
"""


def test_a_graph_is_captured_under_the_hooks(probe: Probe, tmp_path: Path) -> None:
    """No hook asks the device for a value: that would end the capture."""
    path = tmp_path / "program.py"
    path.write_text(CAPTURED)
    check(probe(path), CAPTURED)
    assert probe.output == alone(path)


WORKERS = (
    (PROGRAMS / "workers.py")
    .read_text()
    .replace("nn.Linear(8, 2))", "nn.Linear(8, 2)).cuda()")
    .replace("shuffle=True", "shuffle=True, pin_memory=True")
    .replace("model(x)", "model(x.cuda(non_blocking=True))")
    .replace(", y)", ", y.cuda())")
    .replace("== y)", "== y.cuda())")
)


def test_workers_with_pinned_memory(probe: Probe) -> None:
    check(probe(WORKERS), WORKERS)


@pytest.mark.parametrize(("backend", "processes"), [("gloo", 2), ("nccl", 1)])
def test_processes_of_a_launcher(probe: Probe, tmp_path: Path, backend: str, processes: int) -> None:
    path = tmp_path / "program.py"
    path.write_text(on_gpu((PROGRAMS / "distributed.py").read_text()).replace('"gloo"', f'"{backend}"'))
    probed = probe(path, "--standalone", "--nproc-per-node", str(processes), "SCRIPT", module="torch.distributed.run")
    check(probed, path.read_text())
    assert {row.rank for row in probed.timeline} == set(range(processes))
    assert probed.steps == 6


LIGHTNING = """
import lightning
import torch
from torch import nn


class Classifier(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.model = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5), nn.Linear(8, 2))
        self.model.eval()

    def training_step(self, batch, index):
        x, y = batch
        return nn.functional.cross_entropy(self.model(x), y)  # expect: ML103

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.1)


data = torch.utils.data.TensorDataset(torch.randn(16, 8), torch.randint(0, 2, (16,)))
trainer = lightning.Trainer(
    max_epochs=2, accelerator="gpu", devices=1, precision="PRECISION", logger=False, enable_checkpointing=False,
    enable_progress_bar=False, enable_model_summary=False,
)
trainer.fit(Classifier(), torch.utils.data.DataLoader(data, batch_size=8))
"""


@pytest.mark.parametrize("precision", ["16-mixed", "bf16-mixed"])
def test_lightning_in_mixed_precision(probe: Probe, tmp_path: Path, precision: str) -> None:
    require("lightning")
    run_and_confirm(probe, tmp_path / "program.py", LIGHTNING.replace("PRECISION", precision))

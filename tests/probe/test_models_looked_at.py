"""Models of real libraries, made as programs make them and looked at: premises of findings confirmed, and rightly refuted."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from modelint.config.schema import Config
from modelint.diagnostics.diagnostic import Diagnostic, ProbeResult, Verdict
from modelint.engine.looking import LookOptions, look
from modelint.testing import check_files
from tests.facts.recorder import require
from tests.probe.test_examine import seen
from tests.scenes.test_scenes_run import LIBRARIES, SCENES

SMALL = "vocab_size=32, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16"
HUGE = "vocab_size=128256, hidden_size=8192, num_hidden_layers=80, num_attention_heads=64, num_key_value_heads=8, intermediate_size=28672"


def findings(path: Path, **options: object) -> tuple[Diagnostic, ...]:
    """The findings in a file, looked at."""
    config = Config(root=str(path.parent))
    chosen = LookOptions(**{"show_refuted": True, "device": "cpu", **options})
    return look(check_files([str(path)], config), config, chosen, lambda text: None).diagnostics


def looked_at(path: Path, **options: object) -> list[ProbeResult]:
    """The results for the findings in a file."""
    return [each.probe for each in findings(path, **options) if each.probe is not None]


def looked_at_program(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch, **options: object) -> ProbeResult:
    """The result for the one finding in a program that is run in `folder`."""
    monkeypatch.chdir(folder)
    path = folder / "program.py"
    path.write_text(text)
    [result] = looked_at(path, **options)
    return result


@pytest.mark.scenes
@pytest.mark.parametrize("folder", LIBRARIES)
def test_scenes(folder: str) -> None:
    require("torch", *LIBRARIES[folder])
    results = looked_at(SCENES / folder / "bug.py")
    assert [result.verdict for result in results] == [Verdict.PREMISES_CONFIRMED]


@pytest.mark.scenes
def test_names_for_modules_to_save() -> None:
    require("torch", *LIBRARIES["lora_batch_norm"])
    [found] = findings(SCENES / "lora_batch_norm/bug.py")
    assert found.probe is not None
    assert found.probe.details[-1] == 'with `modules_to_save=["classifier", "normalization"]` by 0'
    assert found.fix is not None
    assert [edit.content for edit in found.fix.edits] == [', "normalization"']


ADAPTER = """
import argparse
import torch
from peft import LoraConfig, get_peft_model
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--dropout", type=float, default=0.0)
options = parser.parse_args()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.norm, self.head = nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4, momentum={momentum}), nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).mean((2, 3)))


model = get_peft_model(Net(), LoraConfig(target_modules=["conv"], lora_dropout=options.dropout))
model.train()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x in torch.load("images.pt"):
    model(x).sum().backward()
    optimizer.step()
    optimizer.zero_grad()
model.save_pretrained("adapter")
"""


@pytest.mark.parametrize(("momentum", "verdict"), [("0.1", Verdict.PREMISES_CONFIRMED), ("0.0", Verdict.REFUTED)])
def test_statistics_that_do_not_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, momentum: str, verdict: Verdict) -> None:
    require("torch", "peft")
    result = looked_at_program(tmp_path, ADAPTER.format(momentum=momentum), monkeypatch)
    assert result.verdict is verdict, result
    assert sorted(os.listdir(tmp_path)) == ["program.py"]


def test_diffusers_without_dropout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("torch", "diffusers")
    from diffusers import UNet2DModel

    blocks = {"down_block_types": ("DownBlock2D",), "up_block_types": ("UpBlock2D",), "block_out_channels": (8,)}
    UNet2DModel(sample_size=8, norm_num_groups=4, layers_per_block=1, **blocks).save_pretrained(tmp_path / "unet")
    text = """
import torch
from diffusers import AutoModel

model = AutoModel.from_pretrained("unet")
optimizer = torch.optim.AdamW(model.parameters())
for x, t in torch.load("images.pt"):
    model(x, t).sample.mean().backward()
    optimizer.step()
"""
    result = looked_at_program(tmp_path, text, monkeypatch)
    assert (result.verdict, result.details) == (Verdict.REFUTED, ("no layer of `UNet2DModel` depends on the mode",))


def test_timm_with_batch_norm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("torch", "timm")
    import timm
    import torch

    torch.save(timm.create_model("test_resnet").state_dict(), tmp_path / "weights.pth")
    text = """
import timm
import torch

model = timm.create_model("test_resnet", num_classes=1000)
model.load_state_dict(torch.load("weights.pth"))
with torch.no_grad():
    for x in torch.load("images.pt"):
        print(model(x).argmax(1))
"""
    result = looked_at_program(tmp_path, text, monkeypatch)
    assert result.verdict is Verdict.PREMISES_CONFIRMED
    assert "BatchNorm layers" in result.details[0]


TRAINER = """
import torch
from transformers import AutoModel


class Trainer:
    def __init__(self, folder):
        self.folder = folder

    def run(self):
        model = AutoModel.from_pretrained(self.folder)
        optimizer = torch.optim.AdamW(model.parameters())
        for batch in torch.load("batches.pt"):
            model(**batch).last_hidden_state.mean().backward()
            optimizer.step()


Trainer("model").run()
"""
IMAGES = "image_size=8, patch_size=4, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16"


@pytest.mark.parametrize(
    ("config", "verdict"),
    [
        (f"BertConfig({SMALL})", Verdict.PREMISES_CONFIRMED),
        (f"ViTConfig({IMAGES})", Verdict.REFUTED),
    ],
)
def test_transformers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str, verdict: Verdict) -> None:
    require("torch", "transformers")
    import transformers

    made = eval(f"transformers.{config}", {"transformers": transformers})
    transformers.AutoModel.from_config(made).save_pretrained(tmp_path / "model")
    result = looked_at_program(tmp_path, TRAINER, monkeypatch)
    assert result.verdict is verdict, result


@pytest.mark.parametrize("place", ['{"": 0}', '{"": "cuda:0"}', "torch.device('cuda')"])
def test_transformers_placed_on_a_gpu_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    require("torch", "transformers", "accelerate")
    from transformers import BertConfig, BertModel

    configuration = eval(f"config({SMALL})", {"config": BertConfig})
    BertModel(configuration).save_pretrained(tmp_path / "model")  # its weights are loaded in threads
    result = looked_at_program(tmp_path, TRAINER.replace("self.folder)", f"self.folder, device_map={place})"), monkeypatch)
    assert result.verdict is Verdict.PREMISES_CONFIRMED, result


@pytest.mark.parametrize(
    ("config", "verdict"), [(HUGE, Verdict.REFUTED), (f"{HUGE}, attention_dropout=0.1", Verdict.PREMISES_CONFIRMED)]
)
def test_a_configuration_of_seventy_billion_parameters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str, verdict: Verdict
) -> None:
    require("torch", "transformers")
    import transformers

    eval(f"transformers.LlamaConfig({config})", {"transformers": transformers}).save_pretrained(tmp_path / "huge")
    text = """
import torch
from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("huge")
optimizer = torch.optim.AdamW(model.parameters())
for batch in torch.load("batches.pt"):
    model(**batch).loss.backward()
    optimizer.step()
"""
    result = looked_at_program(tmp_path, text, monkeypatch, device="meta", gigabytes=2.0)
    assert result.verdict is verdict, result


CODE = """
from torch import nn
from transformers import PretrainedConfig, PreTrainedModel


class MyConfig(PretrainedConfig):
    model_type = "mine"


class MyModel(PreTrainedModel):
    config_class = MyConfig

    def __init__(self, config):
        super().__init__(config)
        self.net = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.5))
        self.post_init()

    def forward(self, x):
        return self.net(x)
"""
HUB = """
import torch
from transformers import AutoModel

model = AutoModel.from_pretrained("{name}", trust_remote_code=True)
optimizer = torch.optim.AdamW(model.parameters())
for x in torch.load("batches.pt"):
    model(x).last_hidden_state.mean().backward()
    optimizer.step()
"""


def test_code_of_a_checkpoint_runs_only_if_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("torch", "transformers")
    from safetensors.torch import save_file
    from torch import nn

    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "code.py").write_text(CODE)
    classes = {"AutoConfig": "code.MyConfig", "AutoModel": "code.MyModel"}
    (folder / "config.json").write_text(json.dumps({"model_type": "mine", "auto_map": classes}))
    weights = nn.Sequential(nn.Linear(2, 2)).state_dict()
    save_file({f"net.{name}": value for name, value in weights.items()}, folder / "model.safetensors", {"format": "pt"})
    text = HUB.format(name="model")
    result = looked_at_program(tmp_path, text, monkeypatch)
    assert result.verdict is Verdict.INCONCLUSIVE
    assert "contains custom code" in result.details[0]
    result = looked_at_program(tmp_path, text, monkeypatch, remote_code=True)
    assert result.verdict is Verdict.PREMISES_CONFIRMED, result


def test_the_cache_of_a_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("torch", "transformers")
    import transformers

    model = tmp_path / "hub/models--someone--small"
    configuration = eval(f"BertConfig({SMALL})", {"BertConfig": transformers.BertConfig})
    transformers.BertModel(configuration).save_pretrained(model / "snapshots/0123456789abcdef")
    (model / "refs").mkdir()
    (model / "refs/main").write_text("0123456789abcdef")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    result = looked_at_program(tmp_path, HUB.format(name="someone/small"), monkeypatch)
    assert result.verdict is Verdict.PREMISES_CONFIRMED, result
    result = looked_at_program(tmp_path, HUB.format(name="someone/else"), monkeypatch)
    assert result.verdict is Verdict.INCONCLUSIVE


def test_inputs_of_the_models_own_tokenizer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require("torch", "transformers", "sentence_transformers")
    from transformers import BertConfig, BertModel, BertTokenizerFast

    monkeypatch.chdir(tmp_path)
    Path("vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "one", "another"]))
    eval(f"model(config({SMALL}))", {"model": BertModel, "config": BertConfig}).save_pretrained("bert")
    BertTokenizerFast("vocab.txt").save_pretrained("bert")
    recipe = "from sentence_transformers import SentenceTransformer\n__model__ = SentenceTransformer('bert')\n"
    facts = seen("", tmp_path, recipe=recipe)
    assert (facts.error, facts.inputs, facts.training) == ("", "its tokenizer", True)
    assert facts.differences is not None
    assert facts.differences["train"] > 0 == facts.differences["eval"]


FUNCTIONS = """
import torch
from peft import LoraConfig, get_peft_model
from torch import nn


def block(momentum):
    return nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4, momentum=momentum))


def train(model):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for x in torch.load("x.pt"):
        model(x).sum().backward()
        optimizer.step()
    return model


"""
FROZEN = """
def main(momentum):
    train(get_peft_model(block(momentum), LoraConfig(target_modules=["0"], inference_mode=True)))
"""
SAVED = """
def main(momentum):
    torch.save(dict(train(block(momentum)).named_parameters()), "m.pt")
"""
TAUGHT = """
def main(momentum):
    teacher, net = block(momentum), nn.Linear(4, 4)
    teacher.load_state_dict(torch.load("t.pt"))
    teacher.requires_grad_(False)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for x in torch.load("x.pt"):
        with torch.no_grad():
            target = teacher(x)
        nn.functional.mse_loss(net(x), target).backward()
        optimizer.step()
"""


@pytest.mark.parametrize(
    ("function", "momentum", "verdict", "detail"),
    [
        (FROZEN, 0.1, Verdict.PREMISES_CONFIRMED, "none of 92 parameters can be trained"),
        (SAVED, 0.1, Verdict.PREMISES_CONFIRMED, "one training step moves `1`"),
        (SAVED, 0.0, Verdict.REFUTED, "one training step moves no statistics"),
        (TAUGHT, 0.1, Verdict.PREMISES_CONFIRMED, "1 BatchNorm layer: `1` (momentum=0.1)"),
    ],
)
def test_models_made_in_functions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, momentum: float, verdict: Verdict, detail: str
) -> None:
    require("torch", "peft")
    result = looked_at_program(tmp_path, f"{FUNCTIONS}{function}\nmain({momentum})\n", monkeypatch)
    assert (result.verdict, result.details[0]) == (verdict, detail)

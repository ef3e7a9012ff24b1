"""One model is made in a subprocess, and whatever it does there: an answer comes, nothing is written, no process stays."""

from __future__ import annotations

import functools
import http.server
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from modelint.probe import parent
from modelint.probe.examine import Facts, Wish, examine
from modelint.probe.inside import landlock
from tests.probe.test_hostile_programs import is_gone

NET = """
import os, signal, socket, subprocess, sys, time
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        {hostile}
        self.layers = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 2))

    def forward(self, x):
        return self.layers(x)


__model__ = Net()
"""


def seen(
    hostile: str,
    tmp_path: Path,
    *,
    seconds: float = 60,
    gigabytes: float = 4,
    waiting: Callable[[float, str], None] = lambda *seen: None,
    **changes: object,
) -> Facts:
    values: dict[str, object] = {
        "recipe": NET.format(hostile=hostile),
        "part": "",
        "premises": ("sensitive",),
        "roots": (str(tmp_path),),
        "device": "cpu",
        "network": False,
        "gigabytes": gigabytes,
        "example": "",
        "attach": "",
    }
    return examine(Wish(**{**values, **changes}), seconds, waiting)


def test_what_is_seen(tmp_path: Path) -> None:
    facts = seen("pass", tmp_path)
    assert (facts.error, facts.stage, facts.class_name, facts.training) == ("", "done", "Net", True)
    assert facts.layers is not None
    assert [(layer.path, layer.kind, layer.training, layer.details) for layer in facts.layers] == [
        ("layers.1", "batch_norm", True, "momentum=0.1"),
        ("layers.2", "dropout", True, "p=0.5"),
    ]
    assert (facts.parameters, facts.trainable, facts.inputs) == (38, 38, "its first layer")
    assert facts.differences is not None
    assert facts.differences["eval"] == 0
    assert facts.differences["train"] > 0


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        ("sys.exit(3)", "SystemExit: 3"),
        ("os._exit(3)", "left with 3"),
        ("raise ValueError('broken')", "ValueError: broken"),
        ("input('name? ')", "EOFError: EOF when reading a line"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "ended by signal 9"),
        (
            "socket.create_connection(('203.0.113.1', 80), timeout=5)",
            "Denied: the network is not allowed; --allow-network allows it",
        ),
        ("subprocess.run(['true'])", "Denied: starting another program is not allowed"),
        ("os.kill(os.getppid(), signal.SIGTERM)", "Denied: ending another process is not allowed"),
        ("os.killpg(1, signal.SIGTERM)", "Denied: ending another process is not allowed"),
        ("os.system('true')", "Denied: starting another program is not allowed"),
        ("torch.empty(10**11).fill_(1)", "RuntimeError"),
        ("self.kept = [bytearray(10**8) for _ in range(1000)]", "MemoryError"),
    ],
)
def test_hostile_models(tmp_path: Path, hostile: str, why: str) -> None:
    facts = seen(hostile, tmp_path)
    assert facts.layers is None
    assert facts.stage == "building the model"
    assert facts.error.startswith(why)


def test_an_answer_that_its_own_process_breaks(tmp_path: Path) -> None:
    facts = seen(
        "import glob; open(glob.glob(os.environ['TMPDIR'] + '/answer.json')[0], 'w').write('{'); os._exit(0)", tmp_path
    )
    assert facts.error.startswith("its process left an answer that cannot be read")


@pytest.mark.parametrize("numbers", ["nan", "inf"])
def test_outputs_that_are_not_finite(tmp_path: Path, numbers: str) -> None:
    always = NET.replace("{hostile}", "pass").replace("return self.layers(x)", f"return self.layers(x) + float('{numbers}')")
    facts = seen("", tmp_path, recipe=always)
    assert (facts.error, facts.inputs) == ("", "with its first layer its outputs are not finite")
    training = always.replace("float(", "float(self.training and ").replace(
        "self.training and 'nan'", "'nan' if self.training else 0"
    )
    facts = seen("", tmp_path, recipe=training.replace("self.training and 'inf'", "'inf' if self.training else 0"))
    assert facts.differences == {"train": 0, "eval": 0, "between": 0}


def test_layers_that_are_made_by_their_first_forward(tmp_path: Path) -> None:
    """Each takes what it is given; before that it has no weights to be counted."""
    text = "from torch import nn\n__model__ = nn.Sequential(nn.LazyConv2d(2, 3), nn.Dropout(), nn.Flatten(), nn.LazyLinear(2), nn.Linear(2, 2))"
    facts = seen("", tmp_path, recipe=text)
    assert (facts.error, facts.inputs, facts.parameters) == ("", "its first layer", 6)
    assert facts.differences is not None
    assert facts.differences["train"] > 0


def test_says_what_it_does_while_it_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "TELL_SECONDS", 0.0)
    stages: list[str] = []

    def waiting(seconds: float, stage: str) -> None:
        stages.append(stage)
        if stage == "building the model":
            (tmp_path / "go").touch()

    waits = f"while not os.path.exists({str(tmp_path / 'go')!r}): time.sleep(0.05)"
    assert seen(waits, tmp_path, waiting=waiting).stage == "done"
    assert "building the model" in stages


def test_zero_is_no_limit(tmp_path: Path) -> None:
    assert seen("pass", tmp_path, seconds=0, gigabytes=0).stage == "done"


def test_a_model_that_hangs(tmp_path: Path) -> None:
    assert seen("time.sleep(1000)", tmp_path, seconds=15).error.startswith("stopped after")


def test_gigabytes_of_output(tmp_path: Path) -> None:
    assert seen("for _ in range(2000): print('x' * 10**6)", tmp_path).stage == "done"


def test_processes_that_hide(tmp_path: Path) -> None:
    """The child writes its number into a pipe, as it may write no file."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "s"))
    server.listen()
    pids: list[bytes] = []
    listener = threading.Thread(target=lambda: pids.append(server.accept()[0].recv(20)), daemon=True)
    listener.start()
    address = str(tmp_path / "s")
    hide = f"""
        if os.fork() == 0:
            os.setsid()
            line = socket.socket(socket.AF_UNIX)
            line.connect({address!r})
            line.send(str(os.getpid()).encode())
            time.sleep(1000)
        time.sleep(1)
"""
    assert seen(hide.strip(), tmp_path).stage == "done"
    listener.join(5)
    assert is_gone(int(pids[0]))


WRITES = ["open({path!r}, 'w')", "os.mkdir({path!r})", "os.symlink('/etc', {path!r})"]
NATIVE_WRITES = ["torch.save(torch.ones(1), {path!r})"] if landlock.version() else []


@pytest.mark.parametrize("hostile", [*WRITES, *NATIVE_WRITES])
def test_nothing_is_written_elsewhere(tmp_path: Path, hostile: str) -> None:
    path = tmp_path / "written"
    facts = seen(hostile.format(path=str(path)), tmp_path)
    assert "is not allowed" in facts.error or "Permission denied" in facts.error
    assert not path.exists()


def test_native_code_names_its_threads(tmp_path: Path) -> None:
    """As CUDA does. The threads of others stay as they are."""
    name = """
        import ctypes, threading
        def name(process):
            path = f"/proc/{process}/task/{process if process != 'self' else threading.get_native_id()}/comm"
            opened.append(ctypes.CDLL(None).open(path.encode(), os.O_WRONLY))
        opened = []
        for process in ("self", "self", os.getppid()):
            thread = threading.Thread(target=name, args=(process,))
            thread.start()
            thread.join()
        raise ValueError([each > 0 for each in opened])
"""
    expected = [True, True, not landlock.version()]
    assert seen(name.strip(), tmp_path).error == f"ValueError: {expected}"


def test_downloads_go_to_the_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a server on this machine, and only if the network is allowed."""
    torch = pytest.importorskip("torch")
    torch.save({}, tmp_path / "weights.pt")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "cache"))
    load = f"torch.hub.load_state_dict_from_url('http://127.0.0.1:{server.server_port}/weights.pt')"
    assert "is not allowed" in seen(load, tmp_path).error
    assert not (tmp_path / "cache").exists()
    assert seen(load, tmp_path, network=True).error == ""
    assert (tmp_path / "cache/hub/checkpoints/weights.pt").exists()
    assert "is not allowed" in seen(f"open({str(tmp_path / 'other')!r}, 'w')", tmp_path, network=True).error
    server.shutdown()


def test_code_in_a_checkpoint_does_not_run(tmp_path: Path) -> None:
    class Trick:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return exec, (f"open({str(tmp_path / 'ran')!r}, 'w')",)

    torch = pytest.importorskip("torch")
    torch.save({"weights": Trick()}, tmp_path / "model.pt")
    for given in ("", ", weights_only=False"):
        facts = seen(f"torch.load({str(tmp_path / 'model.pt')!r}{given})", tmp_path)
        assert "weights_only" in facts.error or "Weights only load failed" in facts.error
        assert not (tmp_path / "ran").exists()


def test_inputs_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "inputs.py").write_text("import torch\n\ndef batch():\n    return torch.ones(3, 4)\n")
    assert seen("pass", tmp_path, example="inputs:batch").inputs == "what `inputs:batch` gives"
    assert seen("pass", tmp_path, example="inputs:nothing").error.startswith("AttributeError")


@pytest.mark.parametrize("layer", ["Embedding(8, 4)", "EmbeddingBag(8, 4)", "Conv1d(2, 4, 3)", "LSTM(3, 4)", "BatchNorm1d(3)"])
def test_inputs_for_the_first_layer(tmp_path: Path, layer: str) -> None:
    recipe = f"from torch import nn\n__model__ = nn.Sequential(nn.{layer})\n"
    facts = seen("pass", tmp_path, recipe=recipe)
    assert (facts.inputs, facts.differences is not None) == ("its first layer", True)


def test_why_the_best_inputs_are_none(tmp_path: Path) -> None:
    facts = seen(
        "raise RuntimeError",
        tmp_path,
        recipe=NET.replace("{hostile}", "pass").replace("return self", "assert x.sum() > 1e9, x.shape\n        return self"),
    )
    assert facts.inputs == "no inputs are known that it takes: AssertionError: torch.Size([2, 4])"


ON_A_GPU = """
import torch
from torch import nn

DEVICE = torch.device("cuda:0")
SAME = torch.device("cuda", index=0), torch.device(type="cuda", index=0), torch.device(0)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.recurrent = nn.GRU(4, 4, batch_first=True, device="cuda")
        self.drop = nn.Dropout(0.5)
        self.register_buffer("scale", torch.ones(4, device=DEVICE))
        self.shift = torch.zeros(4).cuda() + torch.zeros(4).to(0) + torch.zeros(4).to("cuda:1", torch.float32)
        self.shift = self.shift + sum(torch.zeros(4, device=device) for device in SAME) + torch.zeros(4, device=1)

    def forward(self, x):
        first = torch.zeros(1, x.shape[0], 4).cuda()
        return self.drop(self.recurrent(x.to(DEVICE), first)[0] * self.scale + self.shift)


net = Net()
net.load_state_dict(torch.load({path!r}))
__model__ = nn.DataParallel(net).cuda().to(DEVICE).to(0).to(device=0)
"""


def test_what_is_meant_for_a_gpu_is_made_without_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch")
    path = str(tmp_path / "saved_there.pt")
    state = {**torch.nn.ModuleDict({"recurrent": torch.nn.GRU(4, 4)}).state_dict(), "scale": torch.ones(4)}
    with monkeypatch.context() as patched:
        patched.setattr(torch.serialization, "location_tag", lambda storage: "cuda:0")
        torch.save(state, path)
    facts = seen("", tmp_path, recipe=ON_A_GPU.format(path=path))
    assert facts.error == ""
    assert facts.differences is not None
    assert facts.differences["train"] > 0
    assert facts.differences["eval"] == 0
    of_meta = seen("", tmp_path, recipe=ON_A_GPU.format(path=path), device="meta")
    assert (of_meta.error, of_meta.parameters) == ("", facts.parameters)


def test_what_is_no_model(tmp_path: Path) -> None:
    assert seen("pass", tmp_path, recipe="__model__ = 3\n").error == "TypeError: what is made there is no model but a int"


def test_a_model_that_is_kept_elsewhere(tmp_path: Path) -> None:
    recipe = "from torch import nn\nkept = []\ndef load(*parts):\n    kept.extend(parts)\n"
    one = f"{recipe}__model__ = load(nn.Sequential(nn.Linear(2, 2), nn.Dropout()), nn.MSELoss())\n"
    assert seen("pass", tmp_path, recipe=one).class_name == "Sequential"
    two = f"{recipe}__model__ = load(nn.Linear(2, 2), nn.Linear(2, 2))\n"
    assert seen("pass", tmp_path, recipe=two).error == "TypeError: what is made there is not one model but 2"

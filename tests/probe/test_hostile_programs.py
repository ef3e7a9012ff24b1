"""Programs that do not want to be probed: each gets a verdict, modelint goes on, and no process stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from modelint.engine.probing import CUT_SHORT
from modelint.probe.parent import ECHO_LIMIT, TAIL, Limits
from tests.probe.conftest import Probe

STEPS = """
import os, signal, subprocess, sys, time
import torch
from torch import nn

model = nn.Linear(4, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(3):
    model(torch.randn(2, 4)).sum().backward()
    optimizer.step()
"""
SECONDS = Limits(seconds=60)


@pytest.mark.parametrize(
    ("ending", "limits", "why"),
    [
        ("sys.exit(3)", SECONDS, "it left with 3"),
        ("raise ValueError('no such data')", SECONDS, "it left with 1: ValueError: no such data"),
        ("raise ValueError('no such data\\nin two lines')", SECONDS, "it left with 1: ValueError: no such data"),
        ("os._exit(7)", SECONDS, "up to training step 3 only: it left with 7"),
        ("import ctypes\nctypes.CDLL(None)._exit(0)", SECONDS, "it left without an end that Python code sees"),
        ("input('continue? ')", SECONDS, "it left with 1: EOFError"),
        ("import socket\nsocket.create_connection(('127.0.0.1', 1))", SECONDS, "it left with 1: ConnectionRefusedError"),
        ("os.kill(os.getpid(), signal.SIGKILL)", SECONDS, "signal 9 ended it"),
        ("os.abort()", SECONDS, "signal 6 ended it"),
        ("os.killpg(0, signal.SIGKILL)", SECONDS, "signal 9 ended it"),
        ("time.sleep(1000)", Limits(seconds=15), "it was stopped after"),
        ("while True: pass", Limits(seconds=15), "it was stopped after"),
        ("signal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(1000)", Limits(seconds=15), "it was stopped after"),
        ("kept = []\nwhile True: kept.append(bytearray(10**8))", Limits(60, 2.0), "for using more memory than it may"),
    ],
)
def test_verdicts(probe: Probe, ending: str, limits: Limits, why: str) -> None:
    probed = probe(STEPS + ending, limits=limits)
    [found] = probed.report.diagnostics
    assert found.name == CUT_SHORT
    assert why in found.message
    assert probed.report.exit_code == 1


def test_what_was_seen_before_the_end_counts(probe: Probe) -> None:
    probed = probe(STEPS + "raise SystemExit(4)")
    assert probed.steps == 3
    assert "up to training step 3" in probed.report.diagnostics[0].message


def test_leaving_well_is_no_finding(probe: Probe) -> None:
    assert probe(STEPS + "sys.exit(0)").report.diagnostics == ()


def test_gigabytes_of_output(probe: Probe) -> None:
    probed = probe(STEPS + "line = 'x' * 10**6\nfor _ in range(2000): print(line)\nprint('done')")
    assert probed.report.diagnostics == ()
    assert len(probe.output) < ECHO_LIMIT + TAIL


def test_processes_that_hide(probe: Probe, tmp_path: Path) -> None:
    """A child in a session of its own, whose parent is gone."""
    hide = f"""
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        with open({str(tmp_path / "pid")!r}, "w") as file:
            file.write(str(os.getpid()))
        time.sleep(1000)
    os._exit(0)
while not os.path.exists({str(tmp_path / "pid")!r}) or not open({str(tmp_path / "pid")!r}).read():
    time.sleep(0.05)
"""
    probe(STEPS + hide)
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_processes_without_the_environment(probe: Probe, tmp_path: Path) -> None:
    """It holds the output open, too."""
    text = f"""
program = "import os, time; open({str(tmp_path / "pid")!r}, 'w').write(str(os.getpid())); time.sleep(1000)"
subprocess.Popen([sys.executable, "-c", program], env={{}}, start_new_session=True)
while not os.path.exists({str(tmp_path / "pid")!r}) or not open({str(tmp_path / "pid")!r}).read():
    time.sleep(0.05)
"""
    assert probe(STEPS + text).report.diagnostics == ()
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_memory_that_forks_share_counts_once(probe: Probe) -> None:
    text = """
kept = b"x" * 500_000_000
for _ in range(10):
    if os.fork() == 0:
        time.sleep(1000)
time.sleep(1)
"""
    assert probe(STEPS + text, limits=Limits(60, 4.0)).report.diagnostics == ()


def test_code_in_a_checkpoint(probe: Probe, tmp_path: Path) -> None:
    """The probe does not switch off what torch does against it."""
    text = f"""
class Trick:
    def __reduce__(self):
        return exec, (f"open({str(tmp_path / "ran")!r}, 'w')",)

torch.save(Trick(), "trick.pt")
torch.load("trick.pt")
"""
    [found] = probe(STEPS + text).report.diagnostics
    assert "it left with 1: _pickle.UnpicklingError: Weights only load failed" in found.message
    assert not (tmp_path / "ran").exists()


def test_a_fork_of_the_program_records_nothing(probe: Probe) -> None:
    probed = probe(STEPS.replace("range(3)", "range(3) if os.fork() else range(50)"))
    assert probed.steps == 3


def test_no_torch_at_all(probe: Probe) -> None:
    [found] = probe("print('hello')").report.diagnostics
    assert "it never imported torch" in found.message


def is_gone(pid: int) -> bool:
    """Dead within a moment, or waiting to be asked how it ended."""
    for _ in range(50):
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except OSError:
            return True
        time.sleep(0.1)
    os.kill(pid, 9)
    return False

"""A file has its old bytes or its new ones, whatever goes wrong."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from modelint.fixing.loop import ChangedFile
from modelint.fixing.write import WriteError, write

ROOT = Path(__file__).parents[2]
unix = pytest.mark.skipif(sys.platform == "win32", reason="modes, links and limits of Unix")


@pytest.fixture
def change(tmp_path: Path) -> ChangedFile:
    path = tmp_path / "a.py"
    path.write_bytes(b"old")
    return ChangedFile("a.py", str(path), b"old", b"new")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@unix
def test_mode_bits_stay(change, tmp_path):
    os.chmod(change.absolute, 0o750)
    write(change)
    assert Path(change.absolute).read_bytes() == b"new"
    assert stat.S_IMODE(os.stat(change.absolute).st_mode) == 0o750
    assert files(tmp_path) == ["a.py"]


@unix
def test_links_stay_links(change, tmp_path):
    (tmp_path / "folder").mkdir()
    link = tmp_path / "folder" / "link.py"
    link.symlink_to("../a.py")
    write(ChangedFile("folder/link.py", str(link), b"old", b"new"))
    assert link.is_symlink()
    assert Path(change.absolute).read_bytes() == b"new"
    assert files(tmp_path / "folder") == ["link.py"]


def test_file_that_changed_meanwhile(change, tmp_path):
    Path(change.absolute).write_bytes(b"newer")
    with pytest.raises(WriteError, match=r"^a\.py: left as it is: it has changed"):
        write(change)
    assert Path(change.absolute).read_bytes() == b"newer"
    assert files(tmp_path) == ["a.py"]


def test_file_that_is_gone(change):
    os.unlink(change.absolute)
    with pytest.raises(WriteError, match="cannot be written: no such file"):
        write(change)


@unix
def test_read_only_file(change, monkeypatch):
    os.chmod(change.absolute, 0o444)
    # Root may write everything; the answer for everybody else is what counts.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(WriteError, match="the file is read-only"):
        write(change)
    assert Path(change.absolute).read_bytes() == b"old"


def test_full_disk(change, tmp_path, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="cannot be written: no space left on device"):
        write(change)
    assert Path(change.absolute).read_bytes() == b"old"
    assert files(tmp_path) == ["a.py"]


@unix
def test_limit_of_the_file_size(change, tmp_path):
    code = f"""
import resource
from modelint.fixing.loop import ChangedFile
from modelint.fixing.write import WriteError, write
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    write(ChangedFile("a.py", {change.absolute!r}, b"old", b"x" * 10000))
except WriteError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-B", "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout == "a.py: left as it is: it cannot be written: file too large\n"
    assert Path(change.absolute).read_bytes() == b"old"
    assert files(tmp_path) == ["a.py"]


@unix
def test_kill_in_the_middle(change):
    code = f"""
import os, signal
from modelint.fixing.loop import ChangedFile
from modelint.fixing.write import write
os.fsync = lambda descriptor: os.kill(os.getpid(), signal.SIGKILL)
write(ChangedFile("a.py", {change.absolute!r}, b"old", b"new"))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert Path(change.absolute).read_bytes() == b"old"
    write(change)
    assert Path(change.absolute).read_bytes() == b"new"

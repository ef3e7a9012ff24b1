"""The processes of a probed program: how much memory they use, and their end.

Each carries a mark in its environment, by which it is found wherever it went: into another session, or under another parent. One
that was started without that environment is found as a child of another, and once it has no parent any more, as an orphan: Linux
hands these to the process that asks for them, which is this one.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

_PROC = "/proc"
ROUNDS = 50
"""A process that forks faster than it is killed is tried this often."""
_SET_SUBREAPER, _GET_SUBREAPER = 36, 37


class _Process(NamedTuple):
    parent: int
    is_dead: bool


class Family:
    """The processes of one program, marked with a variable of its environment as `NAME=value`. Without a `/proc`, none is known."""

    def __init__(self, mark: str) -> None:
        self._mark = mark.encode()
        self._others = {pid for pid, process in _processes() if process.parent == os.getpid()}

    def has_more_than(self, size: float) -> bool:
        """Whether these processes use more memory than `size` bytes. What they share counts once; to ask for that is slow."""
        members = self.members()
        return sum(map(_private_memory, members)) > size and sum(map(_proportional_memory, members)) > size

    def members(self) -> list[int]:
        """Those that are alive."""
        processes = dict(_processes())
        below: dict[int, list[int]] = {}
        for pid, process in processes.items():
            below.setdefault(process.parent, []).append(pid)
        pending = [pid for pid in processes if pid != os.getpid() and _has_mark(pid, self._mark)]
        pending += [pid for pid in below.get(os.getpid(), ()) if pid not in self._others]
        found: dict[int, None] = {}
        while pending:
            pid = pending.pop()
            if pid not in found:
                found[pid] = None
                pending += below.get(pid, ())
        return [pid for pid in found if not processes[pid].is_dead]

    def end(self, group: int) -> None:
        """Kills a process group and every member."""
        orphans: set[int] = set()
        for _ in range(ROUNDS):
            _kill(os.killpg, group)
            left = self.members()
            orphans.update(left)
            if not left:
                break
            for pid in left:
                _kill(os.kill, pid)
            time.sleep(0.02)
        _bury(orphans - {group})


@contextlib.contextmanager
def adopting_orphans() -> Iterator[None]:
    """Who loses its parent below this process becomes its child, where the system knows such a thing."""
    if not sys.platform.startswith("linux"):
        yield
        return
    prctl = ctypes.CDLL(None).prctl
    before = ctypes.c_int()
    prctl(_GET_SUBREAPER, ctypes.byref(before), 0, 0, 0)
    prctl(_SET_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(_SET_SUBREAPER, before.value, 0, 0, 0)


def free_memory() -> int | None:
    """Bytes that new processes could have; None where the system does not say."""
    try:
        with open(f"{_PROC}/meminfo", encoding="ascii") as file:
            lines = dict(line.split(":", 1) for line in file)
        return int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None


def _kill(how: Callable[[int, int], None], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        how(number, signal.SIGKILL)


def _bury(pids: Iterable[int]) -> None:
    """Asks how the adopted ones of these ended, so that they go."""
    for pid in pids:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def _processes() -> Iterator[tuple[int, _Process]]:
    try:
        names = os.listdir(_PROC)
    except OSError:
        return
    for name in names:
        if name.isdigit():
            with contextlib.suppress(OSError), open(f"{_PROC}/{name}/stat", "rb") as file:
                state, parent = file.read().rpartition(b")")[2].split()[:2]
                yield int(name), _Process(int(parent), state in (b"Z", b"X"))


def _has_mark(pid: int, mark: bytes) -> bool:
    try:
        with open(f"{_PROC}/{pid}/environ", "rb") as file:
            return mark in file.read().split(b"\0")
    except OSError:
        return False


def _private_memory(pid: int) -> int:
    """Bytes that are in no file; forks count what they share each."""
    try:
        with open(f"{_PROC}/{pid}/statm", "rb") as file:
            _, resident, shared = file.read().split()[:3]
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


def _proportional_memory(pid: int) -> int:
    """Bytes, of those that several processes share each one's part."""
    try:
        with open(f"{_PROC}/{pid}/smaps_rollup", "rb") as file:
            line = next(line for line in file if line.startswith(b"Pss:"))
    except (OSError, StopIteration):
        return _private_memory(pid)
    return int(line.split()[1]) * 1024

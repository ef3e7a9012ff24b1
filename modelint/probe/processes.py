"""The processes of a probed program: how much memory they use, and their end.

Each carries a mark in its environment, by which it is found wherever it went: into another session, or under another parent.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator

_PROC = "/proc"
ROUNDS = 50
"""A process that forks faster than it is killed is tried this often."""


def marked(mark: str) -> list[int]:
    """The processes that were started with `mark` in their environment. Without a `/proc`, none is known."""
    return [pid for pid in _all() if pid != os.getpid() and _has_mark(pid, mark.encode())]


def memory_of(pids: list[int]) -> int:
    """Bytes that these processes have for themselves."""
    return sum(map(_private_memory, pids))


def free_memory() -> int | None:
    """Bytes that new processes could have; None where the system does not say."""
    try:
        with open(f"{_PROC}/meminfo", encoding="ascii") as file:
            lines = dict(line.split(":", 1) for line in file)
        return int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None


def end_all(group: int, mark: str) -> None:
    """Kills a process group and every marked process."""
    for _ in range(ROUNDS):
        _kill(os.killpg, group)
        left = marked(mark)
        if not left:
            return
        for pid in left:
            _kill(os.kill, pid)
        time.sleep(0.02)


def _kill(how: Callable[[int, int], None], number: int) -> None:
    try:
        how(number, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _all() -> Iterator[int]:
    try:
        names = os.listdir(_PROC)
    except OSError:
        return
    for name in names:
        if name.isdigit():
            yield int(name)


def _has_mark(pid: int, mark: bytes) -> bool:
    try:
        with open(f"{_PROC}/{pid}/environ", "rb") as file:
            found = mark in file.read().split(b"\0")
        return found and not _is_dead(pid)
    except OSError:
        return False


def _is_dead(pid: int) -> bool:
    """Killed, and waiting for its parent to ask how it ended."""
    with open(f"{_PROC}/{pid}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()[0] in (b"Z", b"X")


def _private_memory(pid: int) -> int:
    try:
        with open(f"{_PROC}/{pid}/statm", "rb") as file:
            _, resident, shared = file.read().split()[:3]
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")

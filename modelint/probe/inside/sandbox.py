"""Holds a process that builds a stranger's model: it may write in its own folder only, and reach no network unless that is allowed.

Audit hooks stop Python code and say why; where Linux has Landlock, it stops native code from writing too. Elsewhere this is no wall
against native code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

from modelint.probe.inside import landlock

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGING = frozenset(
    "os.remove os.rename os.rmdir os.mkdir os.link os.symlink os.truncate os.chmod os.chown shutil.rmtree".split()
)
_STARTING = frozenset("subprocess.Popen os.system os.exec os.posix_spawn os.spawn".split())
_ENDING = frozenset({"os.kill", "os.killpg"})
_CACHES = ("HF_HOME", "HF_HUB_CACHE", "TORCH_HOME")
"""Variables that name the caches of hubs, where these are not in the user's own."""
_OWN_THREADS = "/proc/self/task"
"""CUDA does not begin where it cannot name its threads: `cuInit` opens `comm` in their folders and fails with error 304."""
_REACHING = frozenset("socket.connect socket.getaddrinfo socket.sendto socket.bind".split())


class Denied(PermissionError):
    """The sandbox does not allow it."""


def close(folder: str, *, network: bool) -> set[str]:
    """From here on, for good. With the network, downloads may be kept in the caches of hubs. The set holds the files that Python code
    has read."""
    read: set[str] = set()
    writable = [os.path.realpath(each) for each in (folder, *(_caches() if network else ()))]
    inside = tuple(os.path.join(each, "") for each in (*writable, "/dev"))

    def is_inside(path: Any) -> bool:
        if isinstance(path, int):
            return True
        real = os.path.realpath(os.fsdecode(path))
        return os.path.join(real, "").startswith(inside)

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if path is not None and flags & _WRITING and not is_inside(path):
                raise Denied(f"writing {os.fsdecode(path)} is not allowed")
            if isinstance(path, (str, bytes)):
                read.add(os.path.abspath(os.fsdecode(path)))
        elif event in _CHANGING and not is_inside(arguments[0]):
            raise Denied(f"changing {os.fsdecode(arguments[0])} is not allowed")
        elif event in _ENDING and arguments[0] not in (0, os.getpid()):
            raise Denied("ending another process is not allowed")
        elif event in _STARTING:
            raise Denied("starting another program is not allowed")
        elif event in _REACHING and not network and not _is_local(arguments):
            raise Denied("the network is not allowed; --allow-network allows it")

    landlock.write_only_in([*writable, "/dev", *filter(os.path.isdir, [_OWN_THREADS])])
    sys.addaudithook(guard)
    return read


def _caches() -> Iterator[str]:
    """The folders in which downloads are kept. They are made, as a right can be had only for what is there."""
    common = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    for folder in (common, *(os.environ.get(name) for name in _CACHES)):
        if folder:
            os.makedirs(folder, exist_ok=True)
            yield folder


def _is_local(arguments: tuple[Any, ...]) -> bool:
    """A socket of this machine's own, that is a path."""
    return len(arguments) > 1 and isinstance(arguments[1], (str, bytes))


def limit_memory(gigabytes: float) -> None:
    """More than this cannot be had; who asks gets a `MemoryError`."""
    try:
        import resource
    except ImportError:
        return
    size = int(gigabytes * 1e9)
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))

"""Ties the life of the probed process to that of the one that started it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_SET_DEATH_SIGNAL = 1


def end_with(parent: int) -> None:
    """Linux kills this process when `parent` is gone, even if that is killed. What it starts itself is not tied."""
    if sys.platform.startswith("linux") and os.getppid() == parent:
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)

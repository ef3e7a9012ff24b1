"""Linux's own way for a process to give up rights for itself and all that it starts: writing outside of some folders.

It holds for native code as well, which Python's audit hooks do not see. https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_NO_NEW_PRIVILEGES = 38
_GET_VERSION = 1
_PATH_BENEATH = 1
_WRITE_FILE = 1 << 1
_CHANGE_FOLDER = sum(1 << bit for bit in range(4, 13))
_REFER, _TRUNCATE = 1 << 13, 1 << 14
"""Known from the second and third version on."""


def version() -> int:
    """The version that the kernel has, 0 for none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(_call(_CREATE_RULESET, None, 0, _GET_VERSION), 0)


def write_only_in(folders: Iterable[str]) -> bool:
    """From here on this process and all that it starts can write in these folders only. False if the kernel cannot do that.

    The folders stay open: one of `/proc` would else be another one, without the right, when it is looked up again."""
    known = version()
    if not known:
        return False
    rights = _WRITE_FILE | _CHANGE_FOLDER | (_REFER if known > 1 else 0) | (_TRUNCATE if known > 2 else 0)
    rules = _call(_CREATE_RULESET, struct.pack("Q", rights), 8, 0)
    if rules < 0:
        return False
    for folder in folders:
        descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        _call(_ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    closed = _call(_RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return closed


def _call(*arguments: object) -> int:
    result: int = ctypes.CDLL(None, use_errno=True).syscall(*arguments)
    return result

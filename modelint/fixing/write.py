"""Puts changed files on the disk: `write(file)`. A file has either its old bytes or its new ones, whatever happens meanwhile.

The new text goes into a file beside the old one and takes its place in one step, with its mode bits. Links stay links: the file
behind them is replaced.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile

from modelint.files.inputs import reason
from modelint.files.read import load
from modelint.fixing.loop import ChangedFile


class WriteError(Exception):
    """Why a file was left as it is, for the user."""


def write(file: ChangedFile) -> None:
    """Replaces the file's bytes. Raises `WriteError`; the file is as it was then."""
    try:
        target = os.path.realpath(file.absolute)
        _unchanged(target, file)
        if not os.access(target, os.W_OK):
            raise WriteError(f"{file.path}: left as it is: the file is read-only")
        temporary = _written(target, file.after)
        try:
            # Once more, right before: writing takes time.
            _unchanged(target, file)
            os.replace(temporary, target)
        except BaseException:
            _remove(temporary)
            raise
        _sync_folder(os.path.dirname(target))
    except OSError as error:
        raise WriteError(f"{file.path}: left as it is: it cannot be written: {reason(error)}") from None


def _unchanged(target: str, file: ChangedFile) -> None:
    if load(target) != file.before:
        raise WriteError(f"{file.path}: left as it is: it has changed since it was checked")


def _written(target: str, data: bytes) -> str:
    """A file beside `target` with the data, safely on the disk."""
    status = os.stat(target)
    descriptor, temporary = tempfile.mkstemp(
        prefix=f".{os.path.basename(target)}.", suffix=".modelint", dir=os.path.dirname(target)
    )
    try:
        with open(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, stat.S_IMODE(status.st_mode))
        with contextlib.suppress(OSError, AttributeError):
            # Only root may give a file away; anybody else's own files belong to them already.
            os.chown(temporary, status.st_uid, status.st_gid)
    except BaseException:
        _remove(temporary)
        raise
    return temporary


def _remove(temporary: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(temporary)


def _sync_folder(folder: str) -> None:
    """The new name is on the disk too. Not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

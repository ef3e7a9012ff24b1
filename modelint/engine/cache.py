"""Keeps what lowering made of each file, so that an unchanged file is not parsed again.

One entry for each path, which a changed file overwrites, so the cache does not grow without bound. An entry begins with a
digest of everything that it depends on and one of its own content: an entry that is damaged, cut off, of another version of
modelint or of another Python is a miss and never an error. The content is msgpack; nothing in it is executed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from hashlib import blake2b

from modelint import __version__
from modelint.text.source import SourceFile

FOLDER = ".modelint_cache"
_DIGEST_SIZE = 16
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by modelint. See https://bford.info/cachedir/\n"


class Cache:
    """A folder of entries. All methods are silent about a disk that is full or read-only: the cache only saves time."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._engine = engine_digest("ir", "lowering", "syntax", "text")
        self._is_prepared = False

    def get(self, source: SourceFile) -> bytes | None:
        """What was put for this very text, else None."""
        try:
            with open(self._entry(source), "rb") as file:
                entry = file.read()
        except OSError:
            return None
        content = entry[2 * _DIGEST_SIZE :]
        expected = self._key(source) + _digest(content)
        return content if entry[: 2 * _DIGEST_SIZE] == expected else None

    def put(self, source: SourceFile, content: bytes) -> None:
        """Writes to a file of its own and renames it, so that a reader never sees half an entry."""
        entry = self._entry(source)
        temporary = f"{entry}.{os.getpid()}"
        try:
            self._prepare()
            os.makedirs(os.path.dirname(entry), exist_ok=True)
            with open(temporary, "wb") as file:
                file.write(self._key(source) + _digest(content) + content)
            os.replace(temporary, entry)
        except OSError:
            _remove(temporary)

    def _entry(self, source: SourceFile) -> str:
        name = _digest(source.path.encode("utf-8", "surrogatepass")).hex()
        return os.path.join(self._folder, name[:2], name[2:])

    def _key(self, source: SourceFile) -> bytes:
        cells = "".join(f"{cell.first_row}+{cell.rows} " for cell in source.cells)
        parts = (
            self._engine,
            source.path.encode("utf-8", "surrogatepass"),
            cells.encode(),
            source.text.encode("utf-8", "surrogatepass"),
        )
        return _digest(*parts)

    def _prepare(self) -> None:
        """Marks the folder as one that neither git nor a backup wants."""
        if self._is_prepared:
            return
        self._is_prepared = True
        os.makedirs(self._folder, exist_ok=True)
        for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
            path = os.path.join(self._folder, name)
            if not os.path.exists(path):
                with open(path, "w", encoding="ascii") as file:
                    file.write(text)


def _digest(*parts: bytes) -> bytes:
    hashed = blake2b(digest_size=_DIGEST_SIZE)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "little"))
        hashed.update(part)
    return hashed.digest()


def engine_digest(*folders: str) -> bytes:
    """Of the code in folders of modelint. Sizes and times of our own files stand in for them, for those who change them."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    stamps = [__version__, f"{sys.version_info[0]}.{sys.version_info[1]}"]
    for folder in folders:
        for path in _python_files(os.path.join(package, folder)):
            status = os.stat(path)
            stamps.append(f"{os.path.basename(path)} {status.st_size} {status.st_mtime_ns}")
    return _digest(*(stamp.encode() for stamp in stamps))


def _python_files(folder: str) -> Iterable[str]:
    try:
        return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".py")]
    except OSError:  # Run from a zip file, where the version alone must do.
        return []


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass

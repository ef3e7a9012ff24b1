"""Answers of the probe, kept while what they rest on stays the same.

That is the recipe with all that was allowed, the installed libraries, the probe itself, and the files that were read: project code and
configurations by content, what is larger by size and time. Weights that native code reads lie beside a configuration or are named in
the recipe.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import os
import sys
from collections.abc import Iterable
from functools import cached_property

import msgspec

from modelint.engine.cache import engine_digest
from modelint.probe.examine import Facts, Wish

SMALL = 1_000_000
"""Files of fewer bytes are compared by content."""
_GPU = "/dev/nvidiactl"


class _Answer(msgspec.Struct, frozen=True):
    facts: Facts
    files: dict[str, str]


class Answers:
    """Those in a folder; of None, none."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder

    def get(self, wish: Wish) -> Facts | None:
        """What was seen when the same was asked before."""
        if self._folder is None:
            return None
        try:
            with open(self._entry(self._folder, wish), "rb") as file:
                answer = msgspec.json.decode(file.read(), type=_Answer)
        except (OSError, msgspec.DecodeError):
            return None
        return answer.facts if answer.files == _stamps(answer.files) else None

    def keep(self, wish: Wish, facts: Facts) -> None:
        """Only what went well: a time that ran out may be enough tomorrow."""
        if self._folder is None or facts.stage != "done" or facts.error:
            return
        read = [path for path in facts.files if os.path.isfile(path)]
        beside = {os.path.dirname(path) for path in read if path.endswith(".json")}
        files = [*read, *(os.path.join(folder, name) for folder in beside for name in os.listdir(folder))]
        entry = self._entry(self._folder, wish)
        os.makedirs(os.path.dirname(entry), exist_ok=True)
        with open(f"{entry}.new", "wb") as file:
            file.write(msgspec.json.encode(_Answer(facts, _stamps(files))))
        os.replace(f"{entry}.new", entry)

    def _entry(self, folder: str, wish: Wish) -> str:
        named = [os.path.join(root, text) for text in _texts(wish.recipe) for root in (os.getcwd(), *wish.roots)]
        inside = [os.path.join(path, name) for path in named if os.path.isdir(path) for name in sorted(os.listdir(path))]
        pieces = [self._surroundings, msgspec.json.encode(wish), msgspec.json.encode(_stamps([*named, *inside]))]
        return os.path.join(folder, "probe", f"{hashlib.sha256(b'|'.join(pieces)).hexdigest()[:32]}.json")

    @cached_property
    def _surroundings(self) -> bytes:
        """Where and with what models are made."""
        libraries = sorted(map(_library, importlib.metadata.distributions()))
        gpus = f"{os.path.exists(_GPU)} {os.environ.get('CUDA_VISIBLE_DEVICES')}"
        own = engine_digest("probe", "probe/inside").hex()
        return "\n".join([sys.version, os.getcwd(), gpus, own, *libraries]).encode()


def _library(installed: importlib.metadata.Distribution) -> str:
    try:
        return f"{installed.name} {installed.version}"
    except Exception:  # what is left of one that was removed by hand
        return ""


def _texts(recipe: str) -> list[str]:
    """The texts in a recipe: some name a file or a folder."""
    nodes = ast.walk(ast.parse(recipe))
    return sorted({node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)})


def _stamps(paths: Iterable[str]) -> dict[str, str]:
    """By path, what tells whether a file is still the same, "" if there is none."""
    return {path: _stamp(path) for path in sorted(set(paths))}


def _stamp(path: str) -> str:
    try:
        if not os.path.isfile(path):
            return ""
        status = os.stat(path)
        if status.st_size >= SMALL:
            return f"{status.st_size} {status.st_mtime_ns}"
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()[:32]
    except (OSError, ValueError):  # a text that is no path
        return ""

"""What the probed process is told: a JSON file, named in its environment."""

from __future__ import annotations

import json
from typing import NamedTuple


class Settings(NamedTuple):
    """`root`: the project's folder; `out`: where records go; `parent`: the process that asks; `steps`: how many to see; `saves`: dotted names of functions that write
    tensors to a file; `adapters`: dotted names of the classes of adapters; `configurations`: those of their configurations."""

    root: str
    out: str
    parent: int
    steps: int
    saves: list[str]
    adapters: list[str]
    configurations: list[str]


def read(path: str) -> Settings:
    """The settings in a file."""
    with open(path, encoding="utf-8") as file:
        return Settings(**json.load(file))

"""What the modules of libraries do differently by mode, for the real side of the fact tests.

Much of transformers keeps a probability as a number and calls `F.dropout(x, p=self.dropout, training=self.training)`, and almost
every module there reads `self.training` for gradient checkpointing. So a module of a library counts as a dropout if it has an
attribute for one that is above zero, and reading `self.training` alone counts for nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.facts import recorder

LIBRARIES = ("transformers", "peft", "sentence_transformers", "lightning", "pytorch_lightning", "trl", "accelerate", "gliner")
_kinds_of = recorder.kinds_of


def kinds_of(module: Any) -> set[str]:
    if type(module).__module__.partition(".")[0] in LIBRARIES:
        return {"dropout"} if any(_is_dropout(name, value) for name, value in vars(module).items()) else set()
    if type(module).__module__ == "__main__" and "training" not in type(module).forward.__code__.co_names:
        return set()  # a class of the program, whose source `inspect` would look up in the file that runs the tests
    return _kinds_of(module)


def _is_dropout(name: str, value: object) -> bool:
    return "drop" in name.lower() and isinstance(value, float) and value > 0


@pytest.fixture(autouse=True)
def _library_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "kinds_of", kinds_of)

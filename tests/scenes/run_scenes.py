"""Run scenes with the real libraries and print, as one JSON record for each, what their `# measured:` claims turned out to be.

A claim is a Python expression over the names that the program leaves behind and two functions: `training(kind)` is the set of modes of
the layers of that kind at the forwards that an optimizer's step trained, `inference(kind)` at the forwards without gradients.
"""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from tests import torchvision_on_cpu
from tests.facts import recorder
from tests.facts.library_kinds import kinds_of

CLAIM = re.compile(r"^# measured: (.+)$", re.MULTILINE)


def measured(path: Path) -> dict[str, str]:
    """By claim: "" if it holds, else what was found instead."""
    text = path.read_text()
    run = recorder.run(text)
    trained = {line for step in run.steps for line in step.forwards}
    names = {
        **run.namespace,
        "training": _modes([forward for forward in run.forwards if forward.gradients and forward.line in trained]),
        "inference": _modes([forward for forward in run.forwards if not forward.gradients]),
    }
    return {claim: "" if eval(claim, names) else _shown(claim, names) for claim in CLAIM.findall(text)}


def _modes(forwards: list[recorder.RealForward]) -> Callable[[str], set[str]]:
    return lambda kind: {mode for forward in forwards for mode in forward.modes.get(kind, ())}


def _shown(claim: str, names: dict[str, object]) -> str:
    left = re.split(r" [<>=]=? ", claim)[0]
    return f"{left} is {eval(left, names)!r}"


def main(paths: list[str]) -> None:
    recorder.kinds_of = kinds_of
    for path in paths:
        try:
            record = {"path": path, "claims": measured(Path(path))}
        except Exception:
            record = {"path": path, "error": traceback.format_exc()}
        print("\nSCENE " + json.dumps(record), flush=True)


if __name__ == "__main__":
    torchvision_on_cpu.install()
    main(sys.argv[1:])

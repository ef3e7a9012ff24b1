"""Found by every Python process of a probed program, as its folder is first in PYTHONPATH: begins the recording there.

Workers that a launcher starts are found in this way too. The environment's own `sitecustomize` runs afterwards as if this one
were not there.
"""

import os
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec

_FOLDER = os.path.dirname(os.path.abspath(__file__))


def _begin() -> None:
    home = os.path.dirname(os.path.dirname(os.path.dirname(_FOLDER)))
    sys.path.insert(0, home)
    try:
        from modelint.probe.inside import start
    finally:
        sys.path.remove(home)
    start.begin(os.environ["MODELINT_PROBE"])


def _run_hidden() -> None:
    """What the environment has under this name."""
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != _FOLDER]
    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(module_from_spec(spec))


if "MODELINT_PROBE" in os.environ:
    _begin()
_run_hidden()

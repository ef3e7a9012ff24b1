"""Makes one model in a subprocess of its own and hands back what was seen of it, however that ended."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from modelint.probe.parent import OFFLINE, Ending, Limits, Program, run, temporary_folder

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
Device = Literal["auto", "cpu", "cuda", "meta"]


class SeenLayer(msgspec.Struct, frozen=True, array_like=True):
    """A mode-sensitive layer of the model as it was made."""

    path: str
    kind: Literal["dropout", "batch_norm", "rnn", "other"]
    training: bool
    details: str


class AdapterFacts(msgspec.Struct, frozen=True):
    """A training step, a save, and a load on a fresh base: layers whose statistics moved and were left out, the largest
    difference of outputs, and the names for `modules_to_save` with the difference that remains with them."""

    moved: tuple[str, ...]
    difference: float
    names: tuple[str, ...]
    remaining: float | None = None


class Evaluated(msgspec.Struct, frozen=True, kw_only=True):
    """What `eval()` raised, or returned instead of the object; the layers that it left in train mode, and whether the object itself."""

    raised: str = ""
    returned: str = ""
    live: tuple[str, ...] = ()
    own: bool = False


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """An attribute, its type ("" if there is none), how many modules it holds in a plain container, how many of them are `missed` by `modules()`; how many numbers are
    in their parameters, and how many of their layers `eval()` leaves in train mode."""

    attribute: str
    kind: str
    held: int
    missed: int = 0
    parameters: int = 0
    live: int = 0


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a model. `differences`: of outputs between two forwards in train mode, two in eval mode, and one in each;
    None without inputs. `inputs`: where they came from, or why there are none. `backward`: what a backward in eval mode
    raised. `moved`: layers whose statistics a training step moves. `kept`: layers that are made in train mode, and put in eval mode by `train()`.
    `error`: what ended the look; `stage`: where. `files`: those of no library that were read."""

    stage: str = ""
    error: str = ""
    device: str = ""
    class_name: str = ""
    training: bool | None = None
    layers: tuple[SeenLayer, ...] | None = None
    parameters: int = 0
    trainable: int = 0
    seconds: float = 0.0
    inputs: str = ""
    differences: dict[str, float] | None = None
    backward: str | None = None
    moved: tuple[str, ...] | None = None
    adapter: AdapterFacts | None = None
    evaluated: Evaluated | None = None
    kept: tuple[str, ...] | None = None
    hidden: Hidden | None = None
    files: tuple[str, ...] = ()


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What to make and look at. `roots`: where the project's modules lie."""

    recipe: str
    part: str
    premises: tuple[str, ...]
    roots: tuple[str, ...]
    device: Device
    network: bool
    gigabytes: float
    example: str
    attach: str


def examine(wish: Wish, seconds: float, waiting: Callable[[float, str], None] = lambda seconds, stage: None) -> Facts:
    """Make the model and look. Nothing is written outside of a temporary folder, which is gone afterwards. `waiting` is given now and then
    the seconds that have passed and what is going on."""
    with temporary_folder() as folder:
        answer = os.path.join(folder, "answer.json")
        request = os.path.join(folder, "request.json")
        with open(request, "wb") as file:
            file.write(
                msgspec.json.encode({**msgspec.structs.asdict(wish), "folder": folder, "answer": answer, "parent": os.getpid()})
            )
        paths = os.pathsep.join(filter(None, [HOME, os.environ.get("PYTHONPATH")]))
        variables = {"PYTHONPATH": paths, "MODELINT_EXAMINE": request, **_quiet(folder, network=wish.network)}
        if wish.device == "cpu" or wish.device == "meta":
            variables["CUDA_VISIBLE_DEVICES"] = ""
        command = (sys.executable, "-m", "modelint.probe.inside.build", request)
        program = Program(command=command, folder=os.getcwd(), variables=variables)

        def still(passed: float) -> None:
            waiting(passed, _answer(answer).stage)

        limits = Limits(seconds or None, wish.gigabytes or None)
        ending = run(program, f"MODELINT_EXAMINE={request}", limits, lambda text: None, still)
        facts = _answer(answer)
        done = facts.stage == "done" or facts.error
        return facts if done else msgspec.structs.replace(facts, error=_why(ending))


def _quiet(folder: str, *, network: bool) -> dict[str, str]:
    """Everything that libraries would write goes to the folder; checkpoints are data, and hubs are their local caches."""
    variables = {
        "TMPDIR": folder,
        "PYTHONDONTWRITEBYTECODE": "1",
        "TORCH_FORCE_WEIGHTS_ONLY_LOAD": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "HF_MODULES_CACHE": folder,
        "MPLCONFIGDIR": folder,
        "TRITON_CACHE_DIR": folder,
        "TORCHINDUCTOR_CACHE_DIR": folder,
        "NUMBA_CACHE_DIR": folder,
        "CUDA_CACHE_PATH": folder,
    }
    if not network:
        variables |= OFFLINE
    return variables


def _answer(path: str) -> Facts:
    """What is known so far."""
    try:
        with open(path, "rb") as file:
            return msgspec.json.decode(file.read(), type=Facts)
    except FileNotFoundError:
        return Facts(stage="starting Python")
    except (OSError, msgspec.DecodeError) as error:  # a stranger's code could write there
        return Facts(error=f"its process left an answer that cannot be read: {error}")


def _why(ending: Ending) -> str:
    if ending.how == "timeout":
        return f"stopped after {ending.seconds:.0f} seconds; --probe-timeout gives it more"
    if ending.how == "memory":
        return "stopped for using more memory than it may; --probe-memory gives it more"
    if ending.code < 0:
        return f"ended by signal {-ending.code}"
    return f"left with {ending.code}"


def named(paths: Sequence[str], limit: int = 3) -> str:
    """Paths for a sentence: `a`, `b` and 4 more."""
    shown = ", ".join(f"`{path}`" for path in paths[:limit])
    return f"{shown} and {len(paths) - limit} more" if len(paths) > limit else shown

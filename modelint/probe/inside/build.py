"""Makes a model as a recipe says and writes down what it is: `python -m modelint.probe.inside.build REQUEST`.

The request is a JSON file, the answer another one, written whole after each thing that was found out: whatever happens then,
what is known is known.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from modelint.probe.inside import sandbox, tied

MODEL = "__model__"


class Request(NamedTuple):
    """`recipe`: a program that makes `__model__`; `part`: the dotted path of what is looked at; `premises`: what is asked;
    `folder`: where it may write; `roots`: where the project's modules lie; `answer`: the file to write; `parent`: who asks."""

    recipe: str
    part: str
    premises: list[str]
    folder: str
    roots: list[str]
    answer: str
    parent: int
    device: str
    network: bool
    gigabytes: float
    example: str
    attach: str


def main(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        request = Request(**json.load(file))
    tied.end_with(request.parent)
    answer: dict[str, Any] = {}

    def note(**facts: Any) -> None:
        answer.update(facts)
        with open(f"{request.answer}.new", "w", encoding="utf-8") as file:
            json.dump(answer, file)
        os.replace(f"{request.answer}.new", request.answer)

    note(stage="importing torch")
    if request.gigabytes and request.device in ("cpu", "meta"):  # what a GPU's driver reserves is no memory in use
        sandbox.limit_memory(request.gigabytes)
    sys.path[:0] = request.roots
    sys.argv[:] = ["recipe.py"]  # a command line without arguments: its defaults
    read = sandbox.close(request.folder, network=request.network)
    try:
        from modelint.probe.inside.elsewhere import without_gpu

        with without_gpu("meta" if request.device == "meta" else "cpu"):
            _look(request, note)
        note(stage="done", files=_files(read, request))
    except BaseException as error:  # `SystemExit` too: the answer says what happened
        note(error=f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}")


def _look(request: Request, note: Callable[..., None]) -> None:
    from torch.nn.parameter import is_lazy

    from modelint.probe.inside import look, switching
    from modelint.probe.inside.stacks import Stacks

    stacks = Stacks(request.roots[0])

    def is_users(function: object) -> bool:
        return stacks.is_users(function) or getattr(function, "__module__", "") == "__main__"

    device = _device(request.device)
    note(stage="building the model", device=device)
    start = time.monotonic()
    model = _build(request, device)
    target = _part(model, request.part)
    parameters = [parameter for parameter in model.parameters() if not is_lazy(parameter)]
    note(
        stage="looking at the model",
        class_name=type(model).__qualname__,
        training=model.training,
        layers=look.layers_as_made(target, is_users),
        parameters=sum(parameter.numel() for parameter in parameters),
        trainable=sum(parameter.numel() for parameter in parameters if parameter.requires_grad),
        seconds=round(time.monotonic() - start, 1),
    )
    if switched := switching.seen(request.premises, model, request.part, is_users):
        note(stage="switching its mode", **switched)
    elif device != "meta":
        _run(request, device, model, is_users, note)


def _run(request: Request, device: str, model: Any, is_users: Callable[[object], bool], note: Callable[..., None]) -> None:
    """What forwards, steps and saves show."""
    from modelint.probe.inside import look

    source, run = look.runner(model, request.example)
    note(inputs=source)
    if run is not None:
        note(stage="comparing forwards", differences=look.compared(model, run))
        if "recurrent" in request.premises:
            note(stage="a backward in eval mode", backward=look.recurrent_backward(model, run))
        if "moving" in request.premises:
            note(stage="a training step", moved=[found.path for found in look.moved_statistics(model, run, is_users)])
    if "statistics" in request.premises:
        from modelint.probe.inside.adapters import saved_and_loaded

        note(stage="saving and loading the adapter")
        build = functools.partial(_build, request, device)
        note(adapter=saved_and_loaded(build, request.attach, request.folder, request.example, is_users))


def _files(read: set[str], request: Request) -> list[str]:
    """The files of the project and of checkpoints among those that were read."""
    from modelint.probe.inside.stacks import library_folders

    modules = [path for each in list(sys.modules.values()) if isinstance(path := getattr(each, "__file__", None), str)]
    apart = (
        *library_folders(request.roots[0]),
        *(os.path.join(path, "") for path in (request.folder, "/proc", "/sys", "/dev")),
    )
    return sorted(
        path
        for path in read.union(map(os.path.abspath, modules))
        if not os.path.realpath(path).startswith(apart) and os.path.isfile(path)
    )


def _part(model: Any, path: str) -> Any:
    """The part at a path; the whole model where the path names no module of it, but layers that the source does not name."""
    try:
        return model.get_submodule(path)
    except AttributeError:
        return model


def _device(wanted: str) -> str:
    import torch

    return wanted if wanted != "auto" else "cuda" if torch.cuda.is_available() else "cpu"


def _build(request: Request, device: str) -> Any:
    """Run the recipe. Each time with the same random numbers, so that what is not loaded is the same too."""
    import torch

    from modelint.probe.inside.made import Made

    torch.manual_seed(0)
    text = request.recipe
    context = torch.device("meta") if device == "meta" else contextlib.nullcontext()
    namespace: dict[str, Any] = {"__name__": "__main__", "__file__": "recipe.py", "__from_configuration__": _from_configuration}
    with context, Made() as made:
        exec(compile(text, "recipe.py", "exec"), namespace)
    model = made.model(namespace[MODEL])
    # What the program has placed, on one GPU or in pieces, stays there.
    is_placed = any(parameter.device.type != "cpu" for parameter in model.parameters())
    return model.to(device) if device == "cuda" and not is_placed else model


def _from_configuration(cls: Any, path: Any, *args: Any, **kwargs: Any) -> Any:
    """What `cls.from_pretrained(path)` would give, without weights: the class says which configuration is its own."""
    configuration_class = getattr(cls, "config_class", None)
    if configuration_class is not None:
        return cls(configuration_class.from_pretrained(path)).eval()
    library = importlib.import_module(cls.__module__.partition(".")[0])
    return cls.from_config(library.AutoConfig.from_pretrained(path)).eval()


if __name__ == "__main__":
    main(sys.argv[1])

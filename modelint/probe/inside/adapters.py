"""Does an adapter's save hold what training moved? Attach, train a step, save, load on a fresh base, compare."""

from __future__ import annotations

import copy
import importlib
import os
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from modelint.probe.inside.look import Run, difference, in_mode, moved_statistics, runner


def saved_and_loaded(
    build: Callable[[], Any], attach: str, folder: str, example: str, is_users: Callable[[object], bool]
) -> dict[str, Any]:
    """`moved`: layers whose statistics moved and were left out; `difference`: of outputs after loading; `names`: what
    `modules_to_save` must hold, with what it holds already; `remaining`: the difference with these names."""
    model = build()
    moved, difference = _round_trip(model, build, os.path.join(folder, "adapter"), example, is_users)
    names = sorted({path.rpartition(".")[2] for path in moved})
    result: dict[str, Any] = {"moved": moved, "difference": difference, "names": names, "remaining": None}
    if names and attach:
        configuration = copy.deepcopy(next(iter(model.peft_config.values())))
        result["names"] = configuration.modules_to_save = sorted({*(configuration.modules_to_save or ()), *names})
        module, _, name = attach.rpartition(".")
        again = getattr(importlib.import_module(module), name)(build().unload(), configuration)
        _, result["remaining"] = _round_trip(again, build, os.path.join(folder, "named"), example, is_users)
    return result


def _round_trip(
    model: Any, build: Callable[[], Any], folder: str, example: str, is_users: Callable[[object], bool]
) -> tuple[list[str], float]:
    problem, run = runner(model, example)
    if run is None:
        raise LookupError(problem)
    left_out = [found for found in moved_statistics(model, run, is_users) if found.module.running_mean is not None]
    model.save_pretrained(folder)
    loaded = type(model).from_pretrained(build().unload(), folder)
    _, run_loaded = runner(loaded, example)
    if run_loaded is None:
        raise LookupError("the loaded model does not take the same inputs")
    held = {id(part) for name, part in model.named_modules() if "modules_to_save" in name}
    paths = [found.path for found in left_out if id(found.module) not in held]
    return paths, _difference(model, run, loaded, run_loaded)


def _difference(model: nn.Module, run: Run, loaded: nn.Module, run_loaded: Run) -> float:
    with torch.no_grad(), in_mode(model, False), in_mode(loaded, False):
        return difference(run(), run_loaded())

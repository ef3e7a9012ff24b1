"""What the engine knows of libraries by name alone, and the names under which a project knows what makes models in those that it uses:
whoever mentions one of these matters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from modelint.interpreter.values import Class, Function, Module
from modelint.ir.module import ModuleIR

if TYPE_CHECKING:
    from modelint.interpreter.machine import Machine

COMMON_NAMES = {"torch": "torch", "nn": "torch.nn", "F": "torch.nn.functional", "optim": "torch.optim"}
"""What modules of torch are called by everybody."""
OTHER_FRAMEWORKS = frozenset("tensorflow keras jax flax mxnet paddle mindspore sklearn xgboost lightgbm numpy pandas".split())
"""Libraries of whose classes no module of torch is an instance."""
NO_LOADERS = (
    "torch.nn.functional", "torch.utils", "torch.optim", "torch.amp", "torch.autograd", "transformers.optimization", "diffusers.optimization",
    "set_seed", "seed_everything", "save", "compile", "export", "ignore", "unused", "freeze", "random_split", "accuracy",
)  # fmt: skip
"""Modules, and functions of modules, of stubs that neither make nor wrap a model, or only one that they are given."""


def library_names(machine: Machine, modules: Iterable[ModuleIR]) -> set[str]:
    """The names of what makes models in the stubs that are loaded, and of what models are made from: their classes, those of
    configurations, functions that load or wrap; and the names by which modules of the project import such classes."""
    linker = machine.linker
    found: set[str] = set()
    for path in linker.loaded_stubs():
        library = linker.dotted_module(path)
        for name, value in linker.namespace(machine, machine.base, path).attributes.items():
            if (type(value) is Class and (value.info.is_module or not library.startswith("torch."))) or (
                type(value) is Function and not library.startswith(NO_LOADERS) and name not in NO_LOADERS
            ):
                found.add(str(name))
    return found | _asked_for(machine, modules)


def _asked_for(machine: Machine, modules: Iterable[ModuleIR]) -> set[str]:
    """The names under which the project imports classes that a stub makes when they are asked for, and libraries that have such."""
    found = lazy = _lazy(machine)
    for ir in modules:
        asked = {member for module, member, level in ir.imports if level == 0 and member and module.partition(".")[0] in lazy}
        attributes = machine.linker.namespace(machine, machine.base, ir.path).attributes
        held = {
            str(name)
            for name, value in attributes.items()
            if (type(value) is Module and _makes_classes(machine, value.path))
            or (type(value) is Class and value.info.is_stub and value.info.is_module)
        }
        found = found | asked | held
    return found


def _lazy(machine: Machine) -> set[str]:
    """The libraries of which a stub makes classes when they are asked for."""
    linker = machine.linker
    paths = (path for path in linker.loaded_stubs() if _makes_classes(machine, path))
    return {linker.dotted_module(path).partition(".")[0] for path in paths} - {"torch"}


def _makes_classes(machine: Machine, path: str) -> bool:
    return "__getattr__" in machine.linker.namespace(machine, machine.base, path).attributes

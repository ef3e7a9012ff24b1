"""What the classes of a project are like by themselves: an object of each is made with symbolic arguments and looked at.

Runs after everything else, so that nothing that a program does depends on it.
"""

from __future__ import annotations

from functools import partial

from modelint.events import HiddenParts, ModuleBuilt, Site
from modelint.interpreter.clients import Client
from modelint.interpreter.hidden import hidden_parts
from modelint.interpreter.machine import Machine
from modelint.interpreter.overrides import train_override
from modelint.interpreter.programs import Runner
from modelint.interpreter.values import Class, ClassInfo, Function
from modelint.ir.ops import Build, SetAttribute
from modelint.ir.walk import walk


def probe_classes(runner: Runner) -> None:
    """Event `ModuleBuilt` for the classes of modules of which there is something to tell."""
    classes = [
        (path, info) for path in sorted(runner.starting & runner.modules.keys()) for info in _module_classes(runner, path)
    ]
    bases = {base for _, info in classes for base in info.mro[1:]}
    for path, info in classes:
        overrides = runner.linker.overrides_train(info)
        keeps_containers = info not in bases and any(_keeps_containers(base) for base in info.mro)
        if overrides or keeps_containers:
            runner.budgeted(path, info.qualname, partial(_probe, runner, path, info, keeps_containers))


def _module_classes(runner: Runner, path: str) -> list[ClassInfo]:
    if path not in runner.ends and not runner.linker.is_loaded(path):
        return []
    attributes = runner.linker.namespace(runner.machine, runner.state_of(path), path).attributes
    values = [(cls, attributes.get(cls.qualname)) for cls in runner.modules[path].classes]
    return [value.info for cls, value in values if isinstance(value, Class) and value.info.ir is cls and value.info.is_module]


def _keeps_containers(info: ClassInfo) -> bool:
    """Whether its constructor makes containers and sets attributes."""
    init = info.attributes.get("__init__")
    if info.is_stub or not isinstance(init, Function):
        return False
    kinds = {type(op) for op in walk(init.ir.body) if not isinstance(op, Build) or op.kind != "set"}
    return kinds >= {Build, SetAttribute}


def _probe(runner: Runner, path: str, info: ClassInfo, keeps_containers: bool) -> None:
    client = Client(runner, path, info, "built")
    before = runner.state_of(path)
    starts, ref = client.create(before.fork())
    if ref is None or info.ir is None:
        return
    override = train_override(client, starts, ref)
    if override is not None:
        runner.machine.train_overrides[path, info.qualname] = override
    hidden: tuple[HiddenParts, ...] = ()
    if keeps_containers:
        hidden = tuple(hidden_parts(runner.machine, before.heap, starts, ref, info))
    own = override if "train" in info.attributes else None
    if own is not None or hidden:
        site = Site(path, info.qualname, info.ir.header)
        runner.machine.log.event(ModuleBuilt(info.name, site, own, hidden, made=_made(runner.machine, info)))


def _made(machine: Machine, info: ClassInfo) -> tuple[Site, ...]:
    """Where an object of the class is made, or one of a class below it."""
    below = (made for cls, made in machine.made.items() if info in cls.mro)
    return machine.made.get(info) or next(below, ())

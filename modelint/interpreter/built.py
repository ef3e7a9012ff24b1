"""What the classes of a project are like by themselves: an object of each is made with symbolic arguments and looked at.

Runs after everything else, so that nothing that a program does depends on it.
"""

from __future__ import annotations

from functools import partial

from modelint.events import ModuleBuilt, Site
from modelint.interpreter.overrides import train_override
from modelint.interpreter.programs import Client, Runner
from modelint.interpreter.values import Class, ClassInfo


def probe_classes(runner: Runner) -> None:
    """Event `ModuleBuilt` for the classes of modules of which there is something to tell."""
    for path, ir in sorted(runner.modules.items()):
        if path not in runner.starting or not (path in runner.ends or runner.linker.is_loaded(path)):
            continue
        for cls in ir.classes:
            value = runner.linker.namespace(runner.machine, runner.state_of(path), path).attributes.get(cls.qualname)
            if type(value) is Class and value.info.ir is cls and value.info.is_module and "train" in value.info.attributes:
                runner.budgeted(path, cls.qualname, partial(_probe, runner, path, value.info))


def _probe(runner: Runner, path: str, info: ClassInfo) -> None:
    client = Client(runner, path, info, "built")
    starts, ref = client.create(runner.state_of(path))
    override = train_override(client, starts, ref) if ref is not None else None
    if override is not None and info.ir is not None:
        runner.machine.train_overrides[path, info.qualname] = override
        runner.machine.log.events[ModuleBuilt(info.name, Site(path, info.qualname, info.ir.header), override)] = None

"""What the analysis takes the models of a file to be made of: `model_layers(path, config, options)`."""

from __future__ import annotations

from typing import NamedTuple

from modelint.config.schema import Config
from modelint.engine.analysis import interpret
from modelint.engine.options import Options
from modelint.engine.pipeline import gather
from modelint.judge.pack import load_rules
from modelint.text.source import cell_span
from modelint.text.span import Span


class Layer(NamedTuple):
    """A layer that depends on the mode, by its path from the model ("" for the model itself); of the kind `unknown` with the reason."""

    path: str
    kind: str
    reason: str


class RunModel(NamedTuple):
    """A model that runs at a place of the file, in a notebook one in a cell: how the code names it, its class ("" if nobody knows), and the
    layers that run."""

    cell: int | None
    span: Span
    text: str
    class_name: str
    layers: tuple[Layer, ...]


def model_layers(path: str, config: Config, options: Options) -> list[RunModel]:
    """The models that run in a file, from top to bottom, each with what the analysis knows of its layers. The file is one that can be read."""
    load_rules(config.plugins)
    project, _, _, files = gather([path], config, options)
    machine = interpret(files, project.resolver, config, project.starting()).machine
    sources = {file.source.path: file.source for file in files}
    found: dict[tuple[int | None, Span, str, str], dict[Layer, None]] = {}
    for record in machine.log.forwards:
        if record.site.path in project.given:
            info = machine.snapshots[record.number][0]
            name = info.name if info is not None and not info.name.startswith("_") else ""
            cell, span = cell_span(sources[record.site.path], record.site.span)
            leaves = machine.forward_leaves[record.number]
            layers = found.setdefault((cell, span, record.text, name), {})
            layers.update({Layer(leaf.path, leaf.kind, leaf.reason): None for leaf in leaves})
    models = [RunModel(*key, tuple(sorted(layers))) for key, layers in found.items()]
    return sorted(models, key=lambda model: (model.cell or 0, model[1:]))

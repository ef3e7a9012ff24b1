"""What the analysis takes the models of a file to be made of: `model_layers(path, config, options)`."""

from __future__ import annotations

from typing import NamedTuple

from modelint.config.schema import Config
from modelint.engine.analysis import AnalysedFile, interpret
from modelint.engine.options import Options
from modelint.engine.project import Project
from modelint.engine.words import library_words
from modelint.engine.workers import lower_all
from modelint.judge.pack import load_rules


class Layer(NamedTuple):
    """A layer that depends on the mode, by its path from the model ("" for the model itself); of the kind `unknown` with the reason."""

    path: str
    kind: str
    reason: str


class RunModel(NamedTuple):
    """A model that runs at a line of the file: how the code names it, its class ("" if nobody knows), and the layers that run."""

    row: int
    text: str
    class_name: str
    layers: tuple[Layer, ...]


def model_layers(path: str, config: Config, options: Options) -> list[RunModel]:
    """The models that run in a file, by line, each with what the analysis knows of its layers. The file is one that can be read."""
    load_rules(config.plugins)  # these bring the stubs
    words = library_words(config)
    project = Project([path], config, options, words)
    sources = {source.path: source for source in project.sources(project.relevant(project.related(), words))}
    lowered = lower_all(list(sources.values()), None, options.jobs)
    files = [AnalysedFile(sources[name], result.ir) for name, result in lowered.items() if result.ir is not None]
    machine = interpret(files, project.resolver, config, project.starting()).machine
    found: dict[tuple[int, str, str], dict[Layer, None]] = {}
    for record in machine.log.forwards:
        if record.site.path in project.given:
            info = machine.snapshots[record.number][0]
            name = info.name if info is not None and not info.name.startswith("_") else ""
            key = (record.site.span.row, record.text, name)
            leaves = machine.forward_leaves[record.number]
            found.setdefault(key, {}).update({Layer(leaf.path, leaf.kind, leaf.reason): None for leaf in leaves})
    return [RunModel(*key, tuple(sorted(found[key]))) for key in sorted(found)]

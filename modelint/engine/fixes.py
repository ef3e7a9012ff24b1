"""A run that fixes: `fix(paths, config, options) -> Fixed`, in memory; nothing is written here."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from modelint.config.schema import Config
from modelint.config.select import ALL, RuleId, Selection
from modelint.diagnostics.diagnostic import Confidence, Diagnostic
from modelint.engine.options import Options
from modelint.engine.pipeline import check
from modelint.files.paths import absolute_path
from modelint.fixing import loop
from modelint.judge.pack import load_rules
from modelint.report.record import Report


def fix(paths: Sequence[str], config: Config, options: Options | None = None, *, unsafe: bool = False) -> loop.Fixed:
    """Fixes what `check` finds in the files that `paths` mean. Only these are changed. Rules that the configuration switches off are
    not fixed, but no fix may give them a finding."""
    options = options or Options()
    folder = os.path.abspath(options.folder or os.getcwd())
    everything = replace(config, select=(ALL,), ignore=(), per_file_ignores={}, min_confidence="likely")
    selection = Selection(config, [RuleId(loaded.rule.code, loaded.rule.name) for loaded in load_rules(config.plugins)])

    def run(contents: Mapping[str, bytes]) -> Report:
        return check(paths, everything, replace(options, contents=contents))

    def is_wanted(diagnostic: Diagnostic) -> bool:
        is_sure = config.min_confidence != "certain" or diagnostic.confidence is not Confidence.LIKELY
        return is_sure and selection.is_enabled(diagnostic.code, diagnostic.filename)

    contents = {absolute_path(path, folder): data for path, data in options.contents.items()}
    given = [absolute_path(path, folder) for path in paths]
    fixed = loop.fix(run, is_wanted, given=given, unsafe=unsafe, contents=contents)
    if everything == config:
        return fixed
    contents.update((file.absolute, file.after) for file in fixed.files)
    return replace(fixed, report=check(paths, config, replace(options, contents=contents)))

"""`check --baseline`: what of a report is new."""

from __future__ import annotations

import os
from collections.abc import Callable

from modelint.cli.output import write_output
from modelint.config.schema import Config
from modelint.config.select import RuleId, Selection
from modelint.judge.pack import load_rules
from modelint.report.baseline import Baseline, Entry, encode, load, updated, without
from modelint.report.record import Report


def new_findings(report: Report, config: Config, path: str, *, write: bool) -> Report:
    """The report without what is in the baseline, after it was written if that is asked for."""
    baseline = load(path) if not write or os.path.exists(path) else Baseline()
    is_judged = _judge(report, config)
    if write:
        baseline = updated(report, baseline, is_judged)
        write_output(encode(baseline), path)
    return without(report, baseline, is_judged)


def _judge(report: Report, config: Config) -> Callable[[Entry], bool]:
    """Whether the run would have told a finding: its file was checked, or is gone, its rule is on and likely findings are told."""
    selection = Selection(config, [RuleId(loaded.rule.code, loaded.rule.name) for loaded in load_rules(config.plugins)])

    def is_judged(entry: Entry) -> bool:
        if config.min_confidence == "certain" or not selection.is_enabled(entry.code, entry.filename):
            return False
        return entry.filename in report.checked or not os.path.exists(os.path.join(config.root, entry.filename))

    return is_judged

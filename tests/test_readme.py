"""The README shows what the tool really prints."""

from __future__ import annotations

import re
from pathlib import Path

from modelint.config.load import load_config
from modelint.engine.options import Options
from modelint.engine.pipeline import check
from modelint.engine.timeline import timeline
from modelint.judge.pack import load_rules
from modelint.report.render import RenderOptions, render
from modelint.report.timeline import render as render_timeline

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_picture_is_real_output():
    [picture] = re.findall(r"<!-- picture: modelint check examples/ -->\n```text\n(.*?)```\n", README, re.DOTALL)
    config = load_config("examples", folder=str(ROOT))
    report = check(["examples"], config, Options(use_cache=False, folder=str(ROOT)))
    assert picture == render(report, "text", RenderOptions())


def test_timeline_is_real_output():
    [picture] = re.findall(
        r"<!-- picture: modelint timeline examples/finetune/train.py -->\n```text\n(.*?)```\n", README, re.DOTALL
    )
    config = load_config("examples", folder=str(ROOT))
    result = timeline("examples/finetune/train.py", config, Options(use_cache=False, folder=str(ROOT)))
    assert picture in render_timeline(result, color=False)


def test_table_has_every_rule():
    rows = re.findall(r"^\| (\w+) \| `([\w-]+)` \| (.+) \|$", README, re.MULTILINE)
    rules = load_rules(["modelint_rules"])
    assert rows == [(loaded.rule.code, loaded.rule.name, loaded.page.summary) for loaded in rules]

"""Reports for other programs, from a whole run."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.report.validation import junit_problems, validate_gitlab, validate_sarif

FILES = {
    "train.py": "from torch import nn\nmodel = nn.Dropout()\nmodel.eval\n",
    "notebook.ipynb": json.dumps(
        {
            "cells": [
                {"cell_type": "code", "metadata": {}, "outputs": [], "source": "from torch import nn\nnn.Dropout().eval"}
            ],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    ),
    "broken.py": "import torch\n(",
}


@pytest.fixture
def report(modelint, tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)

    def run(output_format: str) -> str:
        done = modelint("check", "--output-format", output_format)
        assert (done.returncode, done.stderr) == (1, "")
        return done.stdout

    return run


def test_sarif(report):
    log = json.loads(report("sarif"))
    validate_sarif(log)
    [run] = log["runs"]
    assert {result["ruleId"] for result in run["results"]} == {"ML105"}
    assert [each["id"] for each in run["tool"]["driver"]["rules"]][:2] == ["ML101", "ML102"]
    assert [each["descriptor"]["id"] for each in run["invocations"][0]["toolExecutionNotifications"]] == ["syntax-error"]


def test_gitlab(report):
    issues = json.loads(report("gitlab"))
    validate_gitlab(issues)
    assert sorted(issue["check_name"] for issue in issues) == ["ML105", "ML105", "syntax-error"]


def test_junit(report):
    text = report("junit")
    assert junit_problems(text) == []
    suites = ElementTree.fromstring(text.encode())
    assert (suites.get("tests"), suites.get("failures"), suites.get("errors")) == ("3", "2", "1")


def test_the_configuration_can_choose_them(modelint, tmp_path):
    (tmp_path / "modelint.toml").write_text('output-format = "sarif"\n')
    (tmp_path / "a.py").write_text("")
    assert json.loads(modelint("check").stdout)["version"] == "2.1.0"

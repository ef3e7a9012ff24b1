"""The formats that other programs read, checked against the schemas of those who define them."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from modelint.diagnostics.diagnostic import Severity
from modelint.judge.pack import load_rules
from modelint.report.record import INTERNAL_ERROR, Report
from modelint.report.render import RenderOptions, render
from tests.report.conftest import broken, cell, loop
from tests.report.validation import junit_problems, validate_gitlab, validate_sarif

EMPTY = Report((), {"files checked": 3}, {}, 0)


class TestSarif:
    @pytest.fixture
    def options(self) -> RenderOptions:
        return RenderOptions(rules=load_rules(["modelint_rules"]))

    def run(self, report: Report, options: RenderOptions) -> dict[str, Any]:
        log = json.loads(render(report, "sarif", options))
        validate_sarif(log)
        [run] = log["runs"]
        return run

    def test_empty_report(self, options):
        run = self.run(EMPTY, options)
        assert run["results"] == []
        assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]

    def test_rules_bring_their_pages(self, options):
        rules = self.run(EMPTY, options)["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == [loaded.rule.code for loaded in options.rules]
        [rule] = [rule for rule in rules if rule["id"] == "ML103"]
        assert rule["name"] == "TrainModeNotRestored"
        assert rule["shortDescription"]["text"].startswith("Training goes on")
        assert rule["help"]["markdown"].startswith("# train-mode-not-restored (ML103)\n")
        assert "## Why is this bad?" in rule["help"]["text"]

    def test_place_and_fingerprint(self, report, options):
        run = self.run(report, options)
        result = run["results"][0]
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "ML103"
        assert (result["level"], result["properties"]) == ("warning", {"confidence": "likely"})
        assert result["message"]["text"].startswith(
            "`model` is trained in the eval mode that `evaluate` leaves behind\nnote: call"
        )
        assert result["partialFingerprints"] == {"modelint/v1": "0123456789abcdef"}
        [location] = result["locations"]
        assert location["physicalLocation"] == {
            "artifactLocation": {"uri": "train.py", "uriBaseId": "SRCROOT"},
            "region": {"startLine": 4, "startColumn": 9, "endLine": 4, "endColumn": 21},
        }
        assert "SRCROOT" in run["originalUriBaseIds"]

    def test_the_trace_is_a_code_flow(self, report, options):
        [flow] = self.run(report, options)["results"][0]["codeFlows"]
        [thread] = flow["threadFlows"]
        steps = [each["location"] for each in thread["locations"]]
        assert [step["message"]["text"] for step in steps] == [
            "calls `evaluate`",
            "set to eval mode here",
            "forward pass in eval mode",
        ]
        assert [step["physicalLocation"]["artifactLocation"]["uri"] for step in steps] == ["train.py", "helpers.py", "train.py"]

    def test_fix(self, report, options):
        [fix] = self.run(report, options)["results"][0]["fixes"]
        [change] = fix["artifactChanges"]
        assert change["artifactLocation"]["uri"] == "train.py"
        assert change["replacements"] == [
            {
                "deletedRegion": {"startLine": 4, "startColumn": 1, "endLine": 4, "endColumn": 1},
                "insertedContent": {"text": "\tmodel.train()\n"},
            }
        ]

    def test_a_cell_is_a_logical_location(self, report, options):
        result = self.run(report, options)["results"][1]
        assert result["message"]["text"].startswith("a.ipynb:cell 3:1:1: `model.eval` is not called")
        [location] = result["locations"]
        assert "region" not in location["physicalLocation"]
        assert location["logicalLocations"] == [{"name": "cell 3"}]

    def test_what_could_not_be_analysed_is_a_notification(self, report, options):
        run = self.run(report, options)
        assert [result["ruleId"] for result in run["results"]] == ["ML103", "ML105"]
        [invocation] = run["invocations"]
        [notification] = invocation["toolExecutionNotifications"]
        assert notification["descriptor"] == {"id": "syntax-error"}
        assert invocation["executionSuccessful"]
        [location] = notification["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "bad%2C%20really%3A%20100%25.py"

    def test_a_run_that_broke_says_so(self, options):
        crash = msgspec.structs.replace(broken(), name=INTERNAL_ERROR)
        [invocation] = self.run(Report((crash,), {}, {}, 2), options)["invocations"]
        assert invocation["executionSuccessful"] is False

    @pytest.mark.parametrize(
        ("filename", "uri"),
        [("/p/a b.py", "file:///p/a%20b.py"), ("C:/p/a.py", "file:///C:/p/a.py")],
        ids=["absolute", "on a drive"],
    )
    def test_files_outside_of_the_project(self, options, filename, uri):
        outside = msgspec.structs.replace(loop(), filename=filename)
        [result] = self.run(Report((outside,), {}, {}, 1), options)["results"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}

    def test_a_note_without_a_rule(self, options):
        note = msgspec.structs.replace(broken(), name="unused-suppression", severity=Severity.NOTE)
        [result] = self.run(Report((note,), {}, {}, 1), options)["results"]
        assert (result["ruleId"], result["level"]) == ("unused-suppression", "note")
        assert "ruleIndex" not in result


class TestGitlab:
    def issues(self, report: Report) -> list[dict[str, Any]]:
        issues = json.loads(render(report, "gitlab", RenderOptions()))
        validate_gitlab(issues)
        return issues

    def test_empty_report(self):
        assert self.issues(EMPTY) == []

    def test_issues(self, report):
        first, second, third = self.issues(report)
        assert first == {
            "description": "`model` is trained in the eval mode that `evaluate` leaves behind",
            "check_name": "ML103",
            "fingerprint": "0123456789abcdef",
            "severity": "minor",
            "location": {"path": "train.py", "lines": {"begin": 4, "end": 4}},
        }
        assert second["description"].startswith("a.ipynb:cell 3:1:1: `model.eval`")
        assert (second["severity"], third["severity"], third["check_name"]) == ("major", "critical", "syntax-error")

    def test_fingerprints_are_there_once_and_do_not_name_lines(self):
        twice = (broken(), broken(), cell(), cell())
        prints = [issue["fingerprint"] for issue in self.issues(Report(twice, {}, {}, 1))]
        assert len(set(prints)) == 4
        moved = tuple(msgspec.structs.replace(each, span=loop().span) for each in twice)
        assert [issue["fingerprint"] for issue in self.issues(Report(moved, {}, {}, 1))] == prints


class TestJunit:
    def document(self, report: Report) -> ElementTree.Element:
        text = render(report, "junit", RenderOptions())
        assert junit_problems(text) == []
        return ElementTree.fromstring(text)

    def test_empty_report_has_a_test_that_passes(self):
        suites = self.document(EMPTY)
        assert (suites.get("tests"), suites.get("failures"), suites.get("errors")) == ("1", "0", "0")
        [case] = suites.iter("testcase")
        assert list(case) == []

    def test_a_suite_for_each_file_and_a_case_for_each_finding(self, report):
        suites = self.document(report)
        assert (suites.get("tests"), suites.get("failures"), suites.get("errors")) == ("3", "2", "1")
        assert [suite.get("name") for suite in suites] == ["train.py", "a.ipynb", "bad, really: 100%.py"]
        first, second, third = suites.iter("testcase")
        assert first.get("name") == "ML103 train-mode-not-restored (likely) at train.py:4:9"
        [failure] = first
        assert (failure.tag, failure.get("type")) == ("failure", "ML103")
        assert "\n2. helpers.py:2:5: set to eval mode here\n" in (failure.text or "")
        assert second.get("name") == "ML105 mode-method-not-called at a.ipynb:cell 3:1:1"
        assert [each.tag for each in third] == ["error"]

    def test_characters_that_xml_does_not_know(self):
        odd = msgspec.structs.replace(loop(), message="a \x1b < \ud800 & b", filename="\x00.py")
        [case] = self.document(Report((odd,), {}, {}, 1)).iter("testcase")
        assert case[0].get("message") == "a \ufffd < \ufffd & b"

    def test_the_check_of_the_schema_finds_what_is_wrong(self):
        wrong = "<testsuites><testsuite name='a' tests='1' failures='0' errors='0'><testcase classname='b' row='1'/>text</testsuite></testsuites>"
        found = junit_problems(wrong)
        assert found == ["<testcase> has no attribute row", "<testcase> needs the attribute name"]

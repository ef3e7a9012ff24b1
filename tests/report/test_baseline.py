"""A baseline hides what was there before and nothing else."""

from __future__ import annotations

import msgspec
import pytest

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.errors import UsageError
from modelint.report.baseline import GONE, HIDDEN, Baseline, Entry, encode, load, updated, without
from modelint.report.record import Report
from tests.report.conftest import broken, loop

OLD = msgspec.structs.replace(loop(), fingerprint="old")
NEW = msgspec.structs.replace(loop(), fingerprint="new")
ENTRY = Entry("train.py", "ML103", "old", OLD.message)
ELSEWHERE = Entry("other.py", "ML101", "elsewhere", "message")


def report(*diagnostics: Diagnostic) -> Report:
    return Report(diagnostics, {"files checked": 1}, {}, 1)


def everything(entry: Entry) -> bool:
    return True


def only_train(entry: Entry) -> bool:
    return entry.filename == "train.py"


def test_what_is_in_it_is_hidden_and_counted():
    left = without(report(OLD, NEW), Baseline(findings=(ENTRY,)), everything)
    assert left.diagnostics == (NEW,)
    assert (left.counters[HIDDEN], left.counters[GONE], left.exit_code) == (1, 0, 1)


def test_nothing_new_is_success():
    assert without(report(OLD), Baseline(findings=(ENTRY,)), everything).exit_code == 0


def test_what_could_not_be_analysed_is_always_told():
    failure = msgspec.structs.replace(broken(), fingerprint="failure")
    failing = report(failure)
    assert updated(failing, Baseline(), everything) == Baseline()
    assert without(failing, Baseline(findings=(Entry("a", "", "failure", ""),)), everything).diagnostics == (failure,)


def test_entries_that_are_gone_are_counted_if_they_were_judged():
    assert without(report(), Baseline(findings=(ENTRY, ELSEWHERE)), only_train).counters[GONE] == 1
    assert without(report(OLD), Baseline(findings=(ENTRY, ELSEWHERE)), only_train).counters[GONE] == 0


def test_writing_keeps_what_was_not_judged():
    old = Baseline(findings=(Entry("train.py", "ML103", "gone", ""), ELSEWHERE))
    assert set(updated(report(OLD), old, only_train).findings) == {ENTRY, ELSEWHERE}
    assert set(updated(report(OLD), old, everything).findings) == {ENTRY}


def test_text_is_sorted_and_read_back(tmp_path):
    one, other = Baseline(findings=(ENTRY, ELSEWHERE)), Baseline(findings=(ELSEWHERE, ENTRY))
    assert encode(one) == encode(other)
    path = tmp_path / "baseline.json"
    path.write_text(encode(one))
    assert load(str(path)) == other


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "no baseline: "),
        ("[]", "no baseline: "),
        ('{"version": 2}', "a baseline of version 2; this modelint knows version 1"),
        ('{"findings": [{"code": 1}]}', "no baseline: "),
        (None, "there is no such baseline; --write-baseline makes one"),
    ],
    ids=["no JSON", "no object", "another version", "wrong entry", "no file"],
)
def test_file_that_is_no_baseline(tmp_path, text, message):
    path = tmp_path / "baseline.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(UsageError, match="baseline.json: " + message):
        load(str(path))

"""Fixes are applied until nothing changes, and only those that help."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelint.diagnostics.diagnostic import Diagnostic
from modelint.diagnostics.fix import Applicability, Edit, Fix
from modelint.files.read import from_bytes
from modelint.fixing.loop import fix
from modelint.fixing.plan import plan
from modelint.report.record import Report, exit_code
from modelint.text.source import LineIndex, SourceFile
from modelint.text.span import Span

FOLDER = os.path.abspath("/project")


def linter(replacements: Mapping[str, str], *, safe: bool = True) -> Callable[[Mapping[str, bytes]], Report]:
    """Finds words, and says by what to replace them."""
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE

    def check(contents: Mapping[str, bytes]) -> Report:
        sources = {os.path.basename(path): from_bytes(data, path, os.path.basename(path)) for path, data in contents.items()}
        found = []
        for name, source in sources.items():
            assert isinstance(source, SourceFile)
            index = LineIndex(source.text)
            for number, match in enumerate(re.finditer(r"\w+", source.text)):
                if match.group() in replacements:
                    span = Span(*index.position(match.start()), *index.position(match.end()))
                    repair = Fix(applicability, "Replace", (Edit(name, span, replacements[match.group()]),))
                    found.append(
                        Diagnostic("X1", "word", match.group(), name, span, fix=repair, fingerprint=f"{match.group()}{number}")
                    )
        return Report(tuple(found), {}, sources, exit_code(found))  # type: ignore[arg-type]

    return check


def run(text: str, replacements: Mapping[str, str], *, unsafe: bool = False, safe: bool = True, given: str = FOLDER):
    contents = {os.path.join(FOLDER, "a.py"): text.encode()}
    return fix(linter(replacements, safe=safe), lambda each: True, given=[given], unsafe=unsafe, contents=contents)


def result(fixed) -> str | None:
    return fixed.files[0].after.decode() if fixed.files else None


def test_one_fix_after_the_other():
    fixed = run("a = 1\n", {"a": "b", "b": "c"})
    assert result(fixed) == "c = 1\n"
    assert [diagnostic.message for diagnostic in fixed.applied] == ["a", "b"]


def test_nothing_to_do():
    fixed = run("z = 1\n", {"a": "b"})
    assert (fixed.files, fixed.applied, fixed.skipped) == ((), (), ())


def test_unsafe_fixes_are_made_when_asked_for():
    assert result(run("a = 1\n", {"a": "b"}, safe=False)) is None
    assert result(run("a = 1\n", {"a": "b"}, safe=False, unsafe=True)) == "b = 1\n"


def test_files_that_were_not_given_stay():
    fixed = run("a = 1\n", {"a": "b"}, given=os.path.join(FOLDER, "other"))
    assert fixed.files == ()
    assert [skipped.reason for skipped in fixed.skipped] == ["elsewhere"]


def test_result_that_does_not_parse_is_told_and_not_kept():
    fixed = run("a = 1\n", {"a": "1 +"})
    assert fixed.files == ()
    assert fixed.problems == ("a.py: left as it is: the result would not parse; please report this",)


def test_fix_that_does_not_help_is_taken_back():
    fixed = run("a = 1\nd = 1\n", {"a": "a", "d": "e"})
    assert result(fixed) == "a = 1\ne = 1\n"
    assert [skipped.reason for skipped in fixed.skipped] == ["no help"]


def test_fixes_that_undo_each_other_change_nothing():
    assert result(run("a = 1\n", {"a": "b", "b": "a"})) is None


def test_file_that_changed_since_it_was_checked(tmp_path):
    path = tmp_path / "a.py"
    path.write_text("a = 1\n")
    checked = linter({"a": "b"})

    def check(contents: Mapping[str, bytes]) -> Report:
        report = checked({str(path): contents.get(str(path)) or path.read_bytes()})
        path.write_text("a = 2\n")
        return report

    fixed = fix(check, lambda each: True, given=[str(tmp_path)], unsafe=False)
    assert fixed.files == ()
    assert fixed.problems == ("a.py: left as it is: it has changed since it was checked",)


@given(st.lists(st.sampled_from("abcxyz"), min_size=1, max_size=12))
def test_second_run_changes_nothing(words):
    replacements = {"a": "x", "b": "a", "c": "y"}
    text = "".join(f"{word} = 1\n" for word in words)
    once = result(run(text, replacements)) or text
    assert result(run(once, replacements)) is None
    assert not set("abc") & set(once)


@st.composite
def diagnostics(draw):
    found = []
    for number in range(draw(st.integers(1, 8))):
        start = draw(st.integers(1, 6))
        span = Span(1, start, 1, start + draw(st.integers(0, 3)))
        edit = Edit("a.py", span, draw(st.sampled_from(["", "x", "y"])))
        repair = Fix(draw(st.sampled_from(list(Applicability))), "m", (edit,))
        found.append(Diagnostic("X1", "n", "m", "a.py", span, fix=repair, fingerprint=str(number)))
    return found


@given(diagnostics(), st.randoms(), st.booleans())
def test_plan_does_not_depend_on_the_order(found, random, unsafe):
    shuffled = random.sample(found, len(found))
    one, other = (plan(each, unsafe=unsafe, may_edit=lambda path: True) for each in (found, shuffled))
    assert one == other
    assert len(one.applied) + len(one.skipped) == len(found)


@pytest.mark.parametrize("jobs", [1, 2])
def test_number_of_processes_decides_nothing(tmp_path, jobs):
    from modelint.config.schema import Config
    from modelint.engine.fixes import fix as fix_project
    from modelint.engine.options import Options

    for name in ("a", "b"):
        text = f"import torch\nfrom torch import nn\nm{name} = nn.Dropout(0.5)\nm{name}.eval\n"
        (tmp_path / f"{name}.py").write_text(text)
    options = Options(jobs=jobs, use_cache=False, folder=str(tmp_path))
    fixed = fix_project(["."], Config(root=str(tmp_path)), options)
    assert [file.after.decode().split("\n")[-2] for file in fixed.files] == ["ma.eval()", "mb.eval()"]


def test_no_finding_of_another_rule_comes(tmp_path):
    """The evaluation gets its `eval()`; the training that would then run in that mode gets its `train()`, selected or not."""
    from modelint.config.schema import Config
    from modelint.engine.fixes import fix as fix_project
    from modelint.engine.options import Options

    text = """import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(3):
    for x in torch.load("train.pt"):
        optimizer.zero_grad()
        net(x).sum().backward()
        optimizer.step()
    with torch.no_grad():
        print(net(torch.load("validation.pt")))
net.eval
"""
    (tmp_path / "train.py").write_text(text)
    options = Options(jobs=1, use_cache=False, folder=str(tmp_path))
    fixed = fix_project(["train.py"], Config(root=str(tmp_path), select=("ML104",)), options)
    lines = [line.strip() for line in fixed.files[0].after.decode().splitlines()]
    assert [each for each in lines if each.startswith("net.")] == ["net.train()", "net.eval()", "net.eval"]
    assert fixed.report.diagnostics == ()
    assert fix_project(["."], Config(root=str(tmp_path), select=("ML103",)), options).files == ()

"""A report with a bit of everything: two files, a trace, a notebook cell, a report about the input, counters."""

import pytest

from modelint.diagnostics.diagnostic import Confidence, Diagnostic, Severity, TraceStep
from modelint.diagnostics.fix import Applicability, Edit, Fix
from modelint.report.record import Report
from modelint.text.source import Cell, SourceFile
from modelint.text.span import Span

TRAIN = "import helpers\n\nfor batch in data:\n\tloss = model(batch)\n\thelpers.evaluate(model)\n"
HELPERS = "def evaluate(model):\n    model.eval()\n"
NOTEBOOK = "x = 1\nmodel.eval\n"


def loop() -> Diagnostic:
    return Diagnostic(
        code="ML103",
        name="train-mode-not-restored",
        message="`model` is trained in the eval mode that `evaluate` leaves behind",
        filename="train.py",
        span=Span(4, 9, 4, 21),
        confidence=Confidence.LIKELY,
        trace=(
            TraceStep("calls `evaluate`", "train.py", Span(5, 2, 5, 25)),
            TraceStep("set to eval mode here", "helpers.py", Span(2, 5, 2, 17)),
            TraceStep("forward pass in eval mode", "train.py", Span(4, 9, 4, 21)),
        ),
        notes=("call `model.train()` before the loop goes on",),
        fix=Fix(Applicability.UNSAFE, "Call `train()`", (Edit("train.py", Span(4, 1, 4, 1), "\tmodel.train()\n"),)),
        fingerprint="0123456789abcdef",
    )


def cell() -> Diagnostic:
    return Diagnostic(
        code="ML105",
        name="mode-method-not-called",
        message="`model.eval` is not called: without parentheses it changes nothing",
        filename="a.ipynb",
        span=Span(1, 1, 1, 11),
        cell=3,
    )


def broken() -> Diagnostic:
    return Diagnostic("", "syntax-error", "invalid syntax", "bad, really: 100%.py", Span(7, 1, 7, 1), Severity.ERROR)


@pytest.fixture
def report() -> Report:
    sources = {
        "train.py": SourceFile("train.py", "/p/train.py", TRAIN),
        "helpers.py": SourceFile("helpers.py", "/p/helpers.py", HELPERS),
        "a.ipynb": SourceFile("a.ipynb", "/p/a.ipynb", NOTEBOOK, is_notebook=True, cells=(Cell(1, 1, 1), Cell(3, 2, 1))),
    }
    return Report((loop(), cell(), broken()), {"files checked": 4, "files not parsed": 1, "loops cut short": 0}, sources, 1)

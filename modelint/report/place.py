"""How places are written for people: `file.py:3:5`, in notebooks `file.ipynb:cell 2:3:5`."""

from __future__ import annotations

from modelint.diagnostics.diagnostic import Diagnostic, ProbeResult
from modelint.diagnostics.fix import Applicability, Fix
from modelint.text.span import Span


def place(filename: str, cell: int | None, span: Span) -> str:
    """Where a span begins."""
    middle = f":cell {cell}" if cell is not None else ""
    return f"{printable(filename)}{middle}:{span.row}:{span.column}"


def title(diagnostic: Diagnostic) -> str:
    """The rule of a diagnostic, and whether it is less than certain."""
    names = f"{diagnostic.code} {diagnostic.name}" if diagnostic.code else diagnostic.name
    return f"{names} ({diagnostic.confidence.value})" if diagnostic.code and diagnostic.confidence.value != "certain" else names


def probe_text(result: ProbeResult) -> str:
    """The probe's verdict with what it rests on, in one line."""
    return ": ".join([result.verdict.value, *(["; ".join(result.details)] if result.details else [])])


def fix_title(fix: Fix) -> str:
    """What a fix is called: its kind is named where it is not made by default."""
    return "fix" if fix.applicability is Applicability.SAFE else f"{fix.applicability.value} fix"


def fix_mark(fix: Fix | None) -> str:
    """The mark of a finding that can be fixed, in formats of one line: `[*]` as in other linters, `[?]` where the fix is unsafe."""
    if fix is None or fix.applicability is Applicability.DISPLAY:
        return ""
    return " [*]" if fix.applicability is Applicability.SAFE else " [?]"


def printable(text: str) -> str:
    """Text that a terminal shows and does not obey: control characters and undecodable bytes are made visible."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _visible(char) for char in text)


def _visible(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if 0xD800 <= code <= 0xDFFF:
        return "\N{REPLACEMENT CHARACTER}"
    # Spaces other than the plain one are not "printable" to Python, but harmless.
    return " " if char.isspace() else f"<{code:04x}>"

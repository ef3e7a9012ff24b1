"""Diagnostics about the input itself: a file that could not be analysed, and why. They have a name and no code."""

from __future__ import annotations

from hashlib import blake2b

from modelint.diagnostics.diagnostic import Diagnostic, Severity
from modelint.text.span import NOWHERE, Span

SYNTAX_ERROR = "syntax-error"
UNREADABLE = "unreadable-file"
NOT_TEXT = "not-text"
TOO_LARGE = "too-large"
BROKEN_LINK = "broken-link"
LINK_LOOP = "link-loop"
NOT_A_NOTEBOOK = "not-a-notebook"


def input_diagnostic(
    name: str, message: str, path: str, span: Span = NOWHERE, *, severity: Severity = Severity.ERROR, cell: int | None = None
) -> Diagnostic:
    """A diagnostic without a code about the file at `path`. Its fingerprint holds no line, so it survives edits elsewhere."""
    fingerprint = blake2b("\0".join((name, path, message)).encode("utf-8", "replace"), digest_size=8).hexdigest()
    return Diagnostic(
        code="", name=name, message=message, filename=path, span=span, severity=severity, cell=cell, fingerprint=fingerprint
    )


def reason(error: OSError) -> str:
    """Why the operating system refused, without path and number."""
    return (error.strerror or type(error).__name__).lower()

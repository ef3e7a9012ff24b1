"""What identifies a finding while the program around it changes: code, file, function and the statement at its place.

The statement counts as syntax, with its local names numbered, so that neither formatting nor renaming nor a moved line makes
another finding of it. Equal ones in one function are told apart by their order.
"""

from __future__ import annotations

import ast
import hashlib

from modelint.text.span import Span


def fingerprint(code: str, path: str, function: str, statement: str, ordinal: int) -> str:
    """A short stable digest."""
    text = "\0".join((code, path, function, statement, str(ordinal)))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Statements:
    """The normalised statements of one file, looked up by place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._statements: list[ast.stmt] | None = None

    def at(self, span: Span) -> str:
        """The innermost statement around the beginning of `span`; of a compound one only its head."""
        if self._statements is None:
            self._statements = _statements(self._text)
        around = [node for node in self._statements if _first_row(node) <= span.row <= (node.end_lineno or node.lineno)]
        if not around:
            return ""
        return _normalised(max(around, key=lambda node: (_first_row(node), node.col_offset)))


def _statements(text: str) -> list[ast.stmt]:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]


def _first_row(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _normalised(statement: ast.stmt) -> str:
    """The shape of a statement: node types, attributes, keywords and constants; local names by the order of appearance."""
    numbers: dict[str, int] = {}
    pieces: list[str] = []
    pending: list[object] = [statement]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name):
            pieces.append(f"v{numbers.setdefault(node.id, len(numbers))}")
        elif isinstance(node, ast.AST):
            pieces.append(type(node).__name__)
            fields = [
                (name, value)
                for name, value in ast.iter_fields(node)
                if name not in ("body", "orelse", "finalbody", "handlers")
            ]
            pending.extend(value for _, value in reversed(fields) if not isinstance(value, ast.expr_context))
        elif isinstance(node, list):
            pending.extend(reversed(node))
        elif node is not None:
            pieces.append(repr(node))
    return " ".join(pieces)

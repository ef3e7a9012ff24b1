"""Wraps a plain container of modules in one that knows them: `[...]` becomes `nn.ModuleList([...])`."""

from __future__ import annotations

import ast

from modelint.diagnostics.fix import Applicability, Edit, Fix
from modelint.fixing.code import Code
from modelint.judge.repair import WrapModules
from modelint.text.span import Span


def wrap(code: Code, repair: WrapModules) -> Fix | None:
    """Only where the container is the whole value that an attribute is set to, and the file has a name for `torch.nn`."""
    prefix = _name_of_nn(code.tree)
    value = _assigned_at(code, repair.site.span)
    if prefix is None or value is None:
        return None
    name = f"{prefix}.{repair.wrapper}"
    return Fix(
        Applicability.UNSAFE, f"Use `{name}`", tuple(Edit(repair.site.path, *edit) for edit in _edits(code, value, name))
    )


def _edits(code: Code, value: ast.expr, name: str) -> list[tuple[Span, str]]:
    span = code.span_of(value)
    if code.source(value) in ("[]", "{}"):
        return [(span, f"{name}()")]
    return [
        (Span(span.row, span.column, span.row, span.column), f"{name}("),
        (Span(span.end_row, span.end_column, span.end_row, span.end_column), ")"),
    ]


def _assigned_at(code: Code, span: Span) -> ast.expr | None:
    """The value at a place, if it is assigned to an attribute."""
    for node in ast.walk(code.tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and code.span_of(node.value) == span:
            target = (
                node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else getattr(node, "target", None)
            )
            return node.value if isinstance(target, ast.Attribute) else None
    return None


def _name_of_nn(tree: ast.Module) -> str | None:
    """How the top level of the file names `torch.nn`."""
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "torch" and statement.level == 0:
            for alias in statement.names:
                if alias.name == "nn":
                    return alias.asname or "nn"
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                if alias.name == "torch.nn" and alias.asname:
                    return alias.asname
                if alias.name in ("torch", "torch.nn") and not alias.asname:
                    return "torch.nn"
    return None

"""Parses a text with the standard library's parser.

`parse` gives a tree or raises `ParseFailure`, which is the only thing it raises and which callers turn into a diagnostic. It
prints nothing: the warnings that Python has about the code under check are not ours to show.
"""

from __future__ import annotations

import ast
import warnings

TOO_DEEP = "too deeply nested"


class ParseFailure(Exception):
    """A text that is no Python, or that is nested too deeply. Row and column count from 1, columns in characters."""

    def __init__(self, message: str, row: int = 1, column: int = 1) -> None:
        super().__init__(message, row, column)
        self.message = message
        self.row = row
        self.column = column

    def __str__(self) -> str:
        return f"{self.row}:{self.column}: {self.message}"


def parse(text: str, path: str) -> ast.Module:
    """The syntax tree of `text`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text, path)
        except SyntaxError as error:
            # The parser reports row 0 or no row at all for what concerns the file as a whole.
            raise ParseFailure(error.msg, max(error.lineno or 1, 1), max(error.offset or 1, 1)) from None
        except ValueError as error:
            raise ParseFailure(str(error)) from None
        except (RecursionError, MemoryError):
            raise ParseFailure(TOO_DEEP) from None

"""How the classes and functions of a program are spread over files, and how the main file imports them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from tests.oracle.grammar.writer import Writer

IMPORTS = """\
import copy
import functools
import sys
from contextlib import contextmanager

import torch
from torch import nn
from torch.nn import functional as F
"""
LIBRARIES = {
    "accelerate": "from accelerate import Accelerator",
    "lightning": "import lightning as L",
    "peft": "from peft import LoraConfig, get_peft_model",
    "transformers": "from transformers import Trainer, TrainerCallback, TrainingArguments",
}
STAYS = {"prepare", "try", "accelerate", "loader", "task", "model: deep copy"}
"""What is looked up in the main file, or made there."""
MAIN = "program.py"

Files = dict[str, str]


def one_file(writer: Writer, head: str, support: dict[str, str], body: list[str]) -> Files:
    return {MAIN: _joined(head, *support.values(), *body)}


def names_from_a_file(writer: Writer, head: str, support: dict[str, str], body: list[str]) -> Files:
    """`from helpers import leak`"""
    stays, moves = _divided(support)
    imported = _imported("helpers", moves)
    return {MAIN: _joined(head + imported, *stays, *body), "helpers.py": _joined(_libraries(writer), *moves)}


def module_in_a_file(writer: Writer, head: str, support: dict[str, str], body: list[str]) -> Files:
    """`import helpers` and `helpers.leak(...)`"""
    stays, moves = _divided(support)
    names = _names(moves)
    if names:
        pattern = re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, names))})(?!\w)")
        stays, body = ([pattern.sub(r"helpers.\1", text) for text in texts] for texts in (stays, body))
    return {MAIN: _joined(head + "import helpers\n", *stays, *body), "helpers.py": _joined(_libraries(writer), *moves)}


def package(writer: Writer, head: str, support: dict[str, str], body: list[str]) -> Files:
    """A package whose `__init__` takes the names from its files by relative imports."""
    stays, moves = _divided(support)
    half = writer.choose.randint(0, len(moves))
    files = {"tools/first.py": moves[:half], "tools/second.py": moves[half:]}
    init = "".join(_imported(f".{name}", files[f"tools/{name}.py"]) for name in ("first", "second"))
    main = _joined(head + _imported("tools", moves), *stays, *body)
    texts = {path: _joined(_libraries(writer), *pieces) for path, pieces in files.items()}
    return {MAIN: main, "tools/__init__.py": init, **texts}


def package_from_its_files(writer: Writer, head: str, support: dict[str, str], body: list[str]) -> Files:
    """The main file imports from a file of the package, which has its names from the file beside it."""
    stays, moves = _divided(support)
    half = writer.choose.randint(0, len(moves))
    return {
        MAIN: _joined(head + _imported("tools.second", moves), *stays, *body),
        "tools/__init__.py": "",
        "tools/first.py": _joined(_libraries(writer), *moves[:half]),
        "tools/second.py": _joined(_libraries(writer) + _imported(".first", moves[:half]), *moves[half:]),
    }


LAYOUTS: dict[str, Callable[[Writer, str, dict[str, str], list[str]], Files]] = {
    "one file": one_file,
    "names from a file": names_from_a_file,
    "module in a file": module_in_a_file,
    "package": package,
    "package from its files": package_from_its_files,
}


def laid_out(writer: Writer, layout: str, directives: list[str], body: list[str]) -> Files:
    head = "".join(f"# oracle: {line}\n" for line in directives) + _libraries(writer)
    return LAYOUTS[layout](writer, head, writer.support, body)


def _libraries(writer: Writer) -> str:
    return IMPORTS + "".join(f"{LIBRARIES[name]}\n" for name in sorted(writer.needs))


def _divided(support: dict[str, str]) -> tuple[list[str], list[str]]:
    stays = [text for name, text in support.items() if name in STAYS]
    return stays, [text for name, text in support.items() if name not in STAYS]


def _names(pieces: list[str]) -> list[str]:
    statements = [statement for piece in pieces for statement in ast.parse(piece).body]
    return [each.name for each in statements if isinstance(each, (ast.FunctionDef, ast.ClassDef))]


def _imported(module: str, pieces: list[str]) -> str:
    names = _names(pieces)
    return f"from {module} import {', '.join(names)}\n" if names else ""


def _joined(head: str, *pieces: str) -> str:
    return "\n\n\n".join([head.rstrip("\n"), *pieces]) + "\n"

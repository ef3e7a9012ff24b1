"""Finds and reads the configuration: `[tool.modelint]` of a `pyproject.toml`, or a `modelint.toml` with the same keys at top.

The search goes upward from the first path. A `pyproject.toml` without our table does not end it, so a package inside a
larger repository shares the repository's settings. Whatever is wrong is a `ConfigError` that names file and key.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TypeAlias

from modelint.config.schema import CONFIDENCES, OUTPUT_FORMATS, Config
from modelint.errors import ConfigError

_Table: TypeAlias = Mapping[str, object]

_LISTS = ("select", "ignore", "extend-select", "exclude", "extend-exclude", "stubs", "plugins", "src")
_CHOICES = {"min-confidence": CONFIDENCES, "output-format": OUTPUT_FORMATS}
KEYS = (*_LISTS, *_CHOICES, "per-file-ignores", "library-versions")

_PROJECT_MARKS = ("modelint.toml", "pyproject.toml", ".git", ".hg", "setup.py", "setup.cfg")


def load_config(
    first_path: str, *, config_file: str | None = None, isolated: bool = False, folder: str | None = None
) -> Config:
    """The configuration for a run over `first_path` (relative to `folder`, by default the current one)."""
    folder = os.path.abspath(folder or os.getcwd())
    start = os.path.normpath(os.path.join(folder, first_path))
    if not os.path.isdir(start):
        start = os.path.dirname(start)
    if config_file is not None:
        path = os.path.normpath(os.path.join(folder, config_file))
        return _from_table(_named_table(path, config_file), path, root=os.path.dirname(path))
    if not isolated:
        for candidate in _upward(start):
            table = _table(candidate)
            if table is not None:
                return _from_table(table, candidate, root=os.path.dirname(candidate))
    return Config(root=project_root(start, folder))


def project_root(start: str, folder: str) -> str:
    """The project's folder when no configuration names it: the nearest one upward with a mark of a project. Without any mark,
    the current folder if it holds `start`, else `start`."""
    for parent in _parents(start):
        if has_project_mark(parent):
            return parent
    inside = start == folder or start.startswith(folder.rstrip(os.sep) + os.sep)
    return folder if inside else start


def has_project_mark(folder: str) -> bool:
    """Whether something in the folder says that a project begins here."""
    return any(os.path.exists(os.path.join(folder, mark)) for mark in _PROJECT_MARKS)


def _upward(start: str) -> list[str]:
    """Files that may hold the configuration, the best first."""
    return [os.path.join(parent, name) for parent in _parents(start) for name in ("modelint.toml", "pyproject.toml")]


def _parents(start: str) -> list[str]:
    parents = [start]
    while os.path.dirname(parents[-1]) != parents[-1]:
        parents.append(os.path.dirname(parents[-1]))
    return parents


def _named_table(path: str, shown: str) -> _Table:
    """Our table of the file given with `--config`, which must exist and have one."""
    if not os.path.isfile(path):
        raise ConfigError(f"{shown}: no such configuration file")
    table = _table(path)
    if table is None:
        raise ConfigError(f"{shown}: no [tool.modelint] table")
    return table


def _table(path: str) -> _Table | None:
    """Our table in the file, None if the file does not exist or has none."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    is_pyproject = os.path.basename(path) == "pyproject.toml"
    # Most pyproject.toml files are not about us, and parsing them would cost every start.
    if is_pyproject and b"modelint" not in data:
        return None
    document = _parsed(data, path)
    if not is_pyproject:
        return document
    tool = document.get("tool")
    table = tool.get("modelint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.modelint must be a table, not {_kind(table)}")
    return table


def _parsed(data: bytes, path: str) -> _Table:
    from modelint.config.toml import parse_toml

    try:
        return parse_toml(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not valid UTF-8") from None
    except ValueError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None


def _from_table(table: _Table, path: str, *, root: str) -> Config:
    prefix = "tool.modelint." if os.path.basename(path) == "pyproject.toml" else ""
    for key in table:
        if key not in KEYS:
            raise ConfigError(f'{path}: unknown key "{prefix}{key}"{_hint(key, path)}')
    values: dict[str, object] = {}
    for key, value in table.items():
        values[key.replace("-", "_")] = _checked(key, value, f'{path}: "{prefix}{key}"')
    return Config(root=root, source=path, **values)  # type: ignore[arg-type]  # _checked has seen to the types


def _checked(key: str, value: object, where: str) -> object:
    if key in _LISTS:
        return _strings(value, where)
    if key in _CHOICES:
        return _choice(value, _CHOICES[key], where)
    if not isinstance(value, dict):
        raise ConfigError(f"{where} must be a table, not {_kind(value)}")
    if key == "per-file-ignores":
        return {pattern: _strings(codes, f'{where}: "{pattern}"') for pattern, codes in value.items()}
    return {_library_name(name): _version(version, f'{where}: "{name}"') for name, version in value.items()}


def _strings(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ConfigError(f"{where} must be a list of strings, not {_kind(value)}")
    for item in value:
        if not isinstance(item, str):
            raise ConfigError(f"{where} must be a list of strings, but holds {_kind(item)}")
        if not item.strip():
            raise ConfigError(f"{where} holds an empty string")
    return tuple(value)


def _choice(value: object, choices: tuple[str, ...], where: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{where} must be a string, not {_kind(value)}")
    if value not in choices:
        raise ConfigError(f'{where} must be one of {", ".join(choices)}, not "{value}"{did_you_mean(value, choices)}')
    return value


def _version(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{where} must be a version in quotes, not {_kind(value)}")
    from modelint.config.versions import is_version_or_range

    if not is_version_or_range(value):
        raise ConfigError(f'{where} must be a version like "2.1" or a range like ">=2.0,<2.2", not "{value}"')
    return value


def _library_name(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _hint(key: str, path: str) -> str:
    if key == "tool" and os.path.basename(path) != "pyproject.toml":
        return "; in this file the keys stand at the top, without [tool.modelint]"
    return did_you_mean(key.lower().replace("_", "-"), KEYS)


def did_you_mean(wrong: str, right: tuple[str, ...]) -> str:
    """The end of a message: the nearest of the right words, or all of them if none is near."""
    from difflib import get_close_matches

    near = get_close_matches(wrong, right, n=1)
    return f'; did you mean "{near[0]}"?' if near else f"; known are {', '.join(sorted(right))}"


def _kind(value: object) -> str:
    """What a TOML value is, in the words of its user."""
    match value:
        case bool():
            return "a boolean"
        case str():
            return "a string"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date"

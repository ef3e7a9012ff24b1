"""Reads what a folder's lock files and requirement files say about distributions, as (file, [(name, version or range)]).

Ranges are PEP 440; the spellings of Poetry (`^2.1`) and conda (`pytorch=2.1`) are translated. Lock files can have megabytes,
so they are searched with a regular expression instead of being parsed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from modelint.config.toml import parse_toml

Requirements: TypeAlias = list[tuple[str, str]]

_LOCKED = re.compile(r'^name = "([^"\n]+)"\r?\nversion = "([^"\n]+)"', re.M)
_REQUIREMENT = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?\s*([^;#@()]*)")
_CONDA_LINE = re.compile(
    r"^\s*-\s*[\"']?(?:[\w-]+::)?([A-Za-z0-9][\w.-]*)\s*((?:[=<>!~]=?=?)[^\"'#\s]*(?:,[^\"'#\s]+)*)?", re.M
)
_CONDA_NAMES = {"pytorch": "torch", "pytorch-cpu": "torch", "pytorch-gpu": "torch"}
_REQUIREMENT_FILE = re.compile(r"(?:requirements?|reqs?)[\w.-]*\.(?:txt|in)$|requires\.txt$")


def lock_files(folder: str) -> Iterator[tuple[str, Requirements]]:
    """The exact versions that a folder's lock files hold; a requirements file counts with its `==` lines."""
    for file in _files(folder):
        name = os.path.basename(file)
        if name in ("poetry.lock", "uv.lock", "pdm.lock"):
            yield file, [(_normal(library), version) for library, version in _LOCKED.findall(_text(file))]
        elif name == "Pipfile.lock":
            yield file, _pipfile_lock(_text(file))
        elif _REQUIREMENT_FILE.match(name):
            yield file, [(library, text) for library, text in _lines(_text(file)) if _is_exact(text)]


def requirement_files(folder: str) -> Iterator[tuple[str, Requirements]]:
    """What the folder's own metadata asks for."""
    for file in _files(folder):
        name = os.path.basename(file)
        if name == "pyproject.toml":
            yield file, list(_pyproject(_toml(file)))
        elif name == "setup.cfg":
            yield file, _setup_cfg(_text(file))
        elif name in ("environment.yml", "environment.yaml", "conda.yml", "conda.yaml"):
            yield file, list(_environment(_text(file)))
        elif _REQUIREMENT_FILE.match(name):
            yield file, _lines(_text(file))


def _files(folder: str) -> list[str]:
    try:
        return [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
    except OSError:
        return []


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _toml(path: str) -> dict[str, Any]:
    try:
        return parse_toml(_text(path))
    except ValueError:
        return {}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_exact(text: str) -> bool:
    return text.startswith("==") and "*" not in text and "," not in text


def _lines(text: str) -> Requirements:
    """The lines of a requirements file, without options (`-r`, `--hash`), addresses and environment markers."""
    parsed = []
    for line in text.replace("\\\n", " ").splitlines():
        line = line.split(" --")[0].strip()
        if line and not line.startswith(("-", "#")):
            parsed += _requirement(line)
    return parsed


def _requirement(line: str) -> Requirements:
    match = _REQUIREMENT.match(line.strip())
    return [(_normal(match.group(1)), match.group(2).strip())] if match else []


def _pipfile_lock(text: str) -> Requirements:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return []
    found: Requirements = []
    for section in ("default", "develop"):
        packages = document.get(section) if isinstance(document, dict) else None
        for name, entry in packages.items() if isinstance(packages, dict) else ():
            if isinstance(entry, dict) and isinstance(entry.get("version"), str):
                found.append((_normal(name), entry["version"]))
    return found


def _pyproject(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    project = _sub(document, "project")
    for line in _strings(project.get("dependencies")):
        yield from _requirement(line)
    for extra in _sub(project, "optional-dependencies").values():
        for line in _strings(extra):
            yield from _requirement(line)
    for group in _sub(document, "dependency-groups").values():
        for line in _strings(group):
            yield from _requirement(line)
    poetry = _sub(_sub(document, "tool"), "poetry")
    yield from _poetry(_sub(poetry, "dependencies"))
    for group in _sub(poetry, "group").values():
        yield from _poetry(_sub(group, "dependencies") if isinstance(group, dict) else {})


def _sub(table: dict[str, Any], key: str) -> dict[str, Any]:
    value = table.get(key)
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _poetry(dependencies: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, entry in dependencies.items():
        for text in _poetry_versions(entry):
            yield _normal(name), _from_poetry(text)


def _poetry_versions(entry: object) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        yield from _poetry_versions(entry.get("version"))
    elif isinstance(entry, list):
        for item in entry:
            yield from _poetry_versions(item)


def _from_poetry(text: str) -> str:
    """`^2.1` as `>=2.1,<3`, `~2.1` as `>=2.1,<2.2`, `2.1.*` as `==2.1.*`; alternatives (`||`) are not understood."""
    return ",".join(_poetry_part(part.strip()) for part in text.split(",")) if "||" not in text else ""


def _poetry_part(part: str) -> str:
    match = re.match(r"([\^~])\s*(\d+(?:\.\d+)*)", part)
    if match is None or part.startswith("~="):
        return "" if part == "*" else "==" + part if part.endswith("*") else part
    numbers = [int(number) for number in match.group(2).split(".")]
    if match.group(1) == "^":
        # The first number that is not zero may not change.
        keep = next((index for index, number in enumerate(numbers) if number), len(numbers) - 1)
    else:
        keep = min(1, len(numbers) - 1)
    upper = ".".join(str(number) for number in [*numbers[:keep], numbers[keep] + 1])
    return f">={match.group(2)},<{upper}"


def _setup_cfg(text: str) -> Requirements:
    import configparser

    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return []
    lines = parser.get("options", "install_requires", fallback="")
    if parser.has_section("options.extras_require"):
        lines += "\n" + "\n".join(value for _, value in parser.items("options.extras_require"))
    return _lines(lines)


def _environment(text: str) -> Iterator[tuple[str, str]]:
    """A conda environment, read by line: each `- name=version`, those below `pip:` included."""
    for name, text_after in _CONDA_LINE.findall(text):
        version = text_after.strip()
        if version.startswith("=") and not version.startswith("=="):
            # `=2.1` is "any 2.1", `=2.1.0=py3.9_cuda` a build of 2.1.0.
            number = version[1:].split("=")[0].removesuffix(".*")
            version = f"=={number}" if "=" in version[1:] else f"=={number}.*"
        normal = _normal(name)
        yield _CONDA_NAMES.get(normal, normal), version

"""Checks reports against the schemas of those who define the formats (see `schemas/`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import jsonschema

SCHEMAS = Path(__file__).parent / "schemas"
# What GitLab says of its format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
XS = "{http://www.w3.org/2001/XMLSchema}"


def validate_sarif(log: Any) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(log)


def validate_gitlab(issues: Any) -> None:
    jsonschema.validate(issues, GITLAB)


def junit_problems(document: str) -> list[str]:
    """What is wrong by the part of XML Schema that `junit-10.xsd` uses: which elements and attributes there are, and which must be."""
    schema = ElementTree.parse(SCHEMAS / "junit-10.xsd").getroot()
    declared = {each.get("name", ""): each for each in schema.findall(f"{XS}element")}
    root = ElementTree.fromstring(document)
    return list(_problems(root, declared)) if root.tag in declared else [f"no element {root.tag}"]


def _problems(element: Element, declared: dict[str, Element]) -> Iterator[str]:
    kind = declared[element.tag].find(f"{XS}complexType")
    attributes = {} if kind is None else {each.get("name"): each for each in kind.iter(f"{XS}attribute")}
    children = set() if kind is None else {each.get("ref") for each in kind.iter(f"{XS}element")}
    for name in element.attrib.keys() - attributes.keys():
        yield f"<{element.tag}> has no attribute {name}"
    for name, attribute in attributes.items():
        if attribute.get("use") == "required" and name not in element.attrib:
            yield f"<{element.tag}> needs the attribute {name}"
    if (element.text or "").strip() and kind is not None and kind.get("mixed") != "true":
        yield f"<{element.tag}> holds no text"
    for child in element:
        if child.tag in children:
            yield from _problems(child, declared)
        else:
            yield f"<{element.tag}> holds no <{child.tag}>"

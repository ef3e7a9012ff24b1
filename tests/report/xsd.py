"""A check of XML against the part of XML Schema that `junit-10.xsd` uses: which elements and attributes there are, and which must be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

XS = "{http://www.w3.org/2001/XMLSchema}"


def problems(document: str, schema: Path) -> list[str]:
    declared = {each.get("name", ""): each for each in ElementTree.parse(schema).getroot().findall(f"{XS}element")}
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

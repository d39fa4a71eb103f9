"""A Word template as some program saved it in; the same with the ids of styles that the kind declares out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from lxml import etree

from reportgen.render.package import PackageError, parse, read_package
from reportgen.render.word.markup import Element, name, part
from reportgen.render.word.own_styles import own_styles
from reportgen.render.word.sheet import Sheet
from reportgen.render.word.styles import styles_tree

if TYPE_CHECKING:
    from reportgen.model.kind import Kind

STYLES: Final = "word/styles.xml"
ID: Final = re.compile(rb'w:styleId="([^"]*)"')
REFERENCES: Final = ("pStyle", "rStyle", "tblStyle", "basedOn", "link", "next")


def with_declared_ids(content: bytes, kind: Kind) -> bytes:
    """The template, untouched when its styles have the kind's ids, or when it cannot be read.

    Programs that save a Word file give styles new ids (`a3`, `Style17`) but leave their names.
    """
    sheet = Sheet(kind.layout, kind.fonts)
    try:
        package = read_package(content)
        there = set(ID.findall(package.parts[STYLES]))
        if {style.id.encode() for style in (*sheet.paragraphs.values(), *sheet.runs.values())} <= there:
            return content
        styles = parse(package.parts[STYLES])
        renamed = _renamed(styles, styles_tree(sheet, own_styles(sheet)))
        for path, data in list(package.parts.items()):
            if path.startswith("word/") and path.endswith(".xml") and b"Style" in data:
                package.parts[path] = _rewritten(parse(data), renamed)
    except (PackageError, KeyError, etree.XMLSyntaxError):
        return content
    return package.write()


def _renamed(found: Element, declared: Element) -> Mapping[str, str]:
    """The declared id of each style, by the id it has, where a style of one of its names is there."""
    wanted = {label: _id(style) for style in declared.iter(name("style")) for label in _labels(style)}
    renamed: dict[str, str] = {}
    for style in found.iter(name("style")):
        label = next((label for label in _labels(style) if label in wanted), None)
        if label and wanted[label] not in renamed.values():
            renamed[_id(style)] = wanted[label]
    return renamed


def _id(style: Element) -> str:
    return str(style.get(name("styleId")))


def _labels(style: Element) -> tuple[str, ...]:
    """The names of a style; case does not count."""
    held = (style.find(name(tag)) for tag in ("name", "aliases"))
    texts = [str(each.get(name("val"))) for each in held if each is not None]
    return tuple(label.strip().casefold() for text in texts for label in text.split(","))


def _rewritten(tree: Element, renamed: Mapping[str, str]) -> bytes:
    for style in tree.iter(name("style")):
        style.set(name("styleId"), renamed.get(_id(style), _id(style)))
    for reference in tree.iter(*map(name, REFERENCES)):
        current = str(reference.get(name("val")))
        reference.set(name("val"), renamed.get(current, current))
    return part(tree)

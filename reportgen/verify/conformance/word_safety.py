"""A Word file in; findings where it runs something, reaches elsewhere or holds what is strange."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from reportgen.diagnostics import Bilingual, Diagnostic, Severity
from reportgen.render.package import Package, parse
from reportgen.render.properties import read_map
from reportgen.render.word.markup import Element, name
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, judged

NAME: Final = "word-safety"
MACRO: Final = re.compile(r"vbaProject|vbaData|macroEnabled|ms-word\.keyMapCustomizations", re.IGNORECASE)
EMBEDDED: Final = re.compile(r"(^|/)(embeddings|activeX|ctrlProps)/|oleObject|aFChunk", re.IGNORECASE)
FIELD: Final = re.compile(
    r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|INCLUDE|MACROBUTTON)\b", re.IGNORECASE
)
THEMES: Final = tuple(name(key) for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"))
SUMMARY: Final = Bilingual("检查了文件包里的{parts}个部件", "{parts} parts of the package looked at")


def check_word_safety(subject: Subject, package: Package) -> Check:
    """Every part of the Word file, its type and its relations."""
    trees = dict(trees_of(package))
    found = [
        *(subject.find("word-macro", "docx", part=part) for part in macros(package)),
        *(subject.find("word-embedded", "docx", part=part) for part in embedded(package)),
        *outside(subject, package),
        *entities(subject, trees),
        *(item for tree in trees.values() if tree is not None for item in contents(subject, tree)),
    ]
    if (subject.report or subject.manifest) and not read_map(package):
        found.append(subject.find("word-map-missing", "docx"))
    count = {"parts": str(len(package.parts))}
    summary = Bilingual(SUMMARY.zh.format_map(count), SUMMARY.en.format_map(count))
    return judged(NAME, unique(found), summary, tool="lxml")


def unique(found: list[Diagnostic]) -> list[Diagnostic]:
    """The findings, each once."""
    return list({(item.code, item.message(), item.path): item for item in found}.values())


def trees_of(package: Package) -> Iterator[tuple[str, Element | None]]:
    """The trees of the parts that are XML; None for one that is not well-formed."""
    for part, content in package.parts.items():
        if part.endswith(".xml"):
            try:
                yield part, parse(content)
            except (etree.XMLSyntaxError, ValueError):
                yield part, None


def macros(package: Package) -> Iterator[str]:
    """The parts that hold programs."""
    yield from (part for part in package.parts if MACRO.search(part))
    yield from (part for part, content_type in package.types.items() if MACRO.search(content_type))


def embedded(package: Package) -> Iterator[str]:
    """The parts that are documents or objects of another program."""
    yield from (part for part in package.parts if EMBEDDED.search(part))
    for relations in package.relations.values():
        yield from (known.target for known in relations.values() if EMBEDDED.search(known.type))


def outside(subject: Subject, package: Package) -> Iterator[Diagnostic]:
    """The relations that lead out of the file; a link in a document of others is told, not condemned."""
    for relations in package.relations.values():
        for relation in relations.values():
            if relation.outside:
                is_link = relation.type.endswith("/hyperlink") and subject.report is None
                severity = Severity.WARNING if is_link else None
                yield subject.find("word-external", "docx", severity=severity, target=relation.target[:80])


def entities(subject: Subject, trees: Mapping[str, Element | None]) -> Iterator[Diagnostic]:
    """The parts that are broken, or declare entities: Office files must have none."""
    for part, tree in trees.items():
        if tree is None:
            yield subject.find("word-part-broken", "docx", part=part)
        elif tree.getroottree().docinfo.internalDTD is not None:
            yield subject.find("word-entities", "docx", part=part)


def contents(subject: Subject, tree: Element) -> Iterator[Diagnostic]:
    """Fields that fetch, and fonts that the theme of a machine decides."""
    for field in (*tree.iter(name("instrText")), *tree.iter(name("fldSimple"))):
        found = FIELD.match(field.text or field.get(name("instr")) or "")
        if found:
            yield subject.find("word-active-field", "docx", name=found[1].upper())
    for fonts in tree.iter(name("rFonts")):
        theme = next((fonts.get(key) for key in THEMES if key in fonts.attrib), None)
        if theme:
            severity = None if subject.report else Severity.WARNING
            yield subject.find("word-theme-font", "docx", severity=severity, name=theme)

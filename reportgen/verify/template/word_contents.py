"""A Word template in; findings on what has no place in it out: changes, comments, boxes, fields, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from reportgen.diagnostics import Diagnostic
from reportgen.render.package import DOCUMENT, Package, parse
from reportgen.render.word.markup import Element, name
from reportgen.verify.template.places import Spot, short
from reportgen.verify.template.word import WordTemplate, local, value

ACTIVE: Final = re.compile(r"vba|macro|activex|/embeddings/|oleobject|/controls/|afchunk", re.IGNORECASE)
"""What is in the names or content types of parts that may run something or hold another document."""

PROPERTIES: Final = "docProps/app.xml"
PROGRAM: Final = re.compile(rb"<Application>([^<]{1,200})</Application>")
LARGEST: Final = 100_000

CHUNK: Final = "/aFChunk"
CHANGES: Final = frozenset(
    [
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblGridChange",
        "trPrChange",
        "tcPrChange",
        "tblPrExChange",
        "cellIns",
        "cellDel",
        "cellMerge",
        "numberingChange",
    ]
)
BOXES: Final = frozenset({"txbxContent"})
ALLOWED_FIELDS: Final = frozenset({"PAGE", "NUMPAGES"})
COMMENTS: Final = "word/comments.xml"
ACTIVE_ELEMENTS: Final = {"object": "OLE", "control": "ActiveX", "altChunk": "altChunk", "OLEObject": "OLE"}


def check_package(template: WordTemplate) -> Iterator[Diagnostic]:
    """Macros, embedded objects and addresses outside the file, by part or address, in order."""
    for text in dict.fromkeys(active_parts(template.package)):
        yield template.find("word-template-active", text=short(text))


def active_parts(package: Package) -> Iterator[str]:
    """The names of the parts that may run something, then the addresses outside."""
    for part in sorted(package.parts):
        if ACTIVE.search(part) or ACTIVE.search(package.types.get(part, "")):
            yield part
    for source in sorted(package.relations):
        for relation in package.relations[source].values():
            if relation.outside or relation.type.endswith(CHUNK):
                yield relation.target


def check_program(template: WordTemplate) -> Iterator[Diagnostic]:
    """Whether another program than Word or ours has saved the template: such rewrite much of it."""
    match = PROGRAM.search(template.package.parts.get(PROPERTIES, b"")[:LARGEST])
    program = match[1].decode("utf-8", "replace") if match else ""
    if program and not program.startswith("Microsoft"):
        yield template.find("word-template-program", name=short(program.partition("/")[0]))


def check_contents(template: WordTemplate) -> Iterator[Diagnostic]:
    """What must not stand in any printed part."""
    for path, tree in template.trees.items():
        told: set[tuple[str, Spot]] = set()
        for element in tree.iter(etree.Element):
            for finding in _element(element):
                spot = template.spot(element)
                if (finding, spot) not in told:
                    told.add((finding, spot))
                    yield template.find(finding, spot, text=_text(template, element, path))
        yield from _fields(template, tree)


def _element(element: Element) -> Iterator[str]:
    """The code of what an element must not be, if it must not be."""
    tag = local(element)
    if tag in CHANGES:
        yield "word-template-tracked"
    elif tag == "commentReference":
        yield "word-template-comment"
    elif tag in BOXES:
        yield "word-template-box"
    elif tag in ACTIVE_ELEMENTS:
        yield "word-template-active"
    elif tag != "t" and any("{{" in text or "{%" in text for text in map(str, element.attrib.values())):
        yield "word-template-structure"


def _text(template: WordTemplate, element: Element, path: str) -> str:
    """What a finding shows of an element."""
    tag = local(element)
    if tag in ACTIVE_ELEMENTS:
        return ACTIVE_ELEMENTS[tag]
    if tag == "commentReference" and path == DOCUMENT:
        return short(_comment(template, value(element, "id")))
    letters = (node.text or "" for node in element.iter(name("t"), name("delText")))
    return short(
        "".join(letters) or next((str(text) for text in element.attrib.values() if "{" in str(text)), "")
    )


def _comment(template: WordTemplate, number: str) -> str:
    """The text of a comment."""
    try:
        tree = parse(template.package.parts[COMMENTS])
    except (KeyError, etree.XMLSyntaxError):
        return ""
    found = [node for node in tree.iter(name("comment")) if value(node, "id") == number]
    return "".join(letters.text or "" for node in found for letters in node.iter(name("t")))


def _fields(template: WordTemplate, tree: Element) -> Iterator[Diagnostic]:
    """Fields that Word computes by itself; only those of page numbers may stand in a template."""
    for field in tree.iter(name("fldSimple"), name("instrText")):
        instruction = value(field, "instr") or field.text or ""
        word = (instruction.split() or [""])[0].upper()
        if word and word not in ALLOWED_FIELDS:
            yield template.find("word-template-field", template.spot(field), text=short(word))

"""Facts about a report in; the parts of its Word file that say them out: properties, the bookmarks' map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from reportgen.render.bookmarks import Bookmark, Piece
from reportgen.render.package import DOCUMENT, Package, Relation, parse, unprefixed
from reportgen.render.revision import Revision
from reportgen.render.word.markup import Element, part

MAP: Final = "urn:reportgen:word-map:1"
STORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
CORE: Final = f"{PACKAGE}/metadata/core-properties"
DC: Final = "http://purl.org/dc/elements/1.1/"
TERMS: Final = "http://purl.org/dc/terms/"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
EXTENDED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANT: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
OWN_PROPERTIES: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set that properties of one's own belong to (ISO/IEC 29500-1 22.3); their numbers start at 2."""
PROGRAM: Final = "reportgen"


def add_map(package: Package, bookmarks: Sequence[Bookmark], source_sha256: str) -> None:
    """Add the map from every bookmark to the places of the report and its text, as a part of custom XML."""
    number = 1
    while f"customXml/item{number}.xml" in package.parts:
        number += 1
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    package.add(item, part(_map(bookmarks, source_sha256)))
    package.relate(DOCUMENT, Relation(f"{OFFICE}/customXml", item))
    package.add(
        properties, part(_store()), "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    )
    package.relate(item, Relation(f"{OFFICE}/customXmlProps", properties))


def _map(bookmarks: Sequence[Bookmark], source_sha256: str) -> Element:
    root = etree.Element(f"{{{MAP}}}map", nsmap=unprefixed(MAP), source=source_sha256)
    for bookmark in bookmarks:
        place = etree.SubElement(root, f"{{{MAP}}}place", bookmark=bookmark.name)
        if bookmark.path:
            place.set("path", bookmark.path)
        for piece in bookmark.pieces:
            text = etree.SubElement(place, f"{{{MAP}}}text")
            text.text = piece.text
            if piece.path:
                text.set("path", piece.path)
    return root


def read_map(package: Package) -> tuple[Bookmark, ...]:
    """The bookmarks in a Word file's map, with their texts as they were put in; none when it has no map."""
    root = _find_map(package)
    return () if root is None else tuple(_read_place(place) for place in root)


def read_map_source(package: Package) -> str:
    """The SHA-256 of the report a Word file was made from; empty when it has no map."""
    root = _find_map(package)
    return "" if root is None else str(root.get("source") or "")


def _find_map(package: Package) -> Element | None:
    for path in sorted(package.parts):
        if path.startswith("customXml/item") and MAP.encode() in package.parts[path]:
            root = parse(package.parts[path])
            if root.tag == f"{{{MAP}}}map":
                return root
    return None


def _read_place(place: Element) -> Bookmark:
    pieces = (Piece(str(text.get("path") or ""), text.text or "") for text in place)
    return Bookmark(str(place.get("bookmark")), tuple(pieces))


def _store() -> Element:
    """What Word wants to know of a part of custom XML: an identity, always the same, and its namespace."""
    root = etree.Element(f"{{{STORE}}}datastoreItem", nsmap={"ds": STORE})
    root.set(f"{{{STORE}}}itemID", f"{{{str(uuid5(NAMESPACE_URL, MAP)).upper()}}}")
    references = etree.SubElement(root, f"{{{STORE}}}schemaRefs")
    etree.SubElement(references, f"{{{STORE}}}schemaRef").set(f"{{{STORE}}}uri", MAP)
    return root


def set_properties(package: Package, context: Mapping[str, Any], language: str, moment: datetime) -> None:
    """Title, author, language and date of the report in place of the template's own."""
    date = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    core = etree.Element(
        f"{{{CORE}}}coreProperties", nsmap={"cp": CORE, "dc": DC, "dcterms": TERMS, "xsi": XSI}
    )
    for tag, text in (
        (f"{{{DC}}}title", str(context["page_title"])),
        (f"{{{DC}}}creator", str(context["organ"])),
        (f"{{{DC}}}language", language),
        (f"{{{CORE}}}contentStatus", str(context["draft_mark"])),
        (f"{{{CORE}}}lastModifiedBy", str(context["organ"])),
    ):
        if text:
            etree.SubElement(core, tag).text = text
    for tag in ("created", "modified"):
        stamp = etree.SubElement(core, f"{{{TERMS}}}{tag}")
        stamp.set(f"{{{XSI}}}type", "dcterms:W3CDTF")
        stamp.text = date
    application = etree.Element(f"{{{EXTENDED}}}Properties", nsmap=unprefixed(EXTENDED))
    etree.SubElement(application, f"{{{EXTENDED}}}Application").text = PROGRAM
    core_type = "application/vnd.openxmlformats-package.core-properties+xml"
    extended_type = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    _replace(
        package, "docProps/core.xml", core, core_type, f"{PACKAGE}/relationships/metadata/core-properties"
    )
    _replace(package, "docProps/app.xml", application, extended_type, f"{OFFICE}/extended-properties")


def set_revision(package: Package, revision: Revision) -> None:
    """Which revision it is, as properties of the document's own in place of the template's."""
    root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap=unprefixed(CUSTOM) | {"vt": VARIANT})
    for number, (name, value) in enumerate(revision.properties, 2):
        item = etree.SubElement(
            root, f"{{{CUSTOM}}}property", fmtid=OWN_PROPERTIES, pid=str(number), name=name
        )
        etree.SubElement(item, f"{{{VARIANT}}}lpwstr").text = value
    custom_type = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    _replace(package, "docProps/custom.xml", root, custom_type, f"{OFFICE}/custom-properties")


def _replace(package: Package, path: str, root: Element, content_type: str, relation: str) -> None:
    known = package.relations.setdefault("", {})
    for identifier in [identifier for identifier, old in known.items() if old.type == relation]:
        package.remove(known.pop(identifier).target)
    package.add(path, part(root), content_type)
    package.relate("", Relation(relation, path))

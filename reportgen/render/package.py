"""The bytes of an Office file in; its parts with types and relations out, and back, the same always."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from lxml import etree

DOCUMENT: Final = "word/document.xml"
TYPES: Final = "[Content_Types].xml"
TYPES_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
DEFAULTS: Final = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "svg": "image/svg+xml",
}
"""Content types by the ending of a part's name; of these only the ones in use are written."""

TEMPLATE: Final = "report.docx"
"""A kind's Word template, in its folder."""
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
MOST_PARTS: Final = 2000
MOST_BYTES: Final = 200 * 1024 * 1024
LEVEL: Final = 6


class PackageError(Exception):
    """A file is not an Office package that can be read."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the kind of relation and the name of the other part, or an outside address."""

    type: str
    target: str
    outside: bool = False


@dataclass(slots=True)
class Package:
    """The parts of an Office file by name (`word/document.xml`), with their content types and relations.

    `relations` holds, for each part ("" for the file itself), its relations by id.
    """

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def add(self, name: str, content: bytes, content_type: str = "") -> None:
        """Add a part; without a content type the one of its name's ending holds."""
        self.parts[name] = content
        if content_type:
            self.types[name] = content_type

    def remove(self, name: str) -> None:
        """Take a part out, if it is there."""
        self.parts.pop(name, None)
        self.types.pop(name, None)
        self.relations.pop(name, None)

    def relate(self, source: str, relation: Relation) -> str:
        """Let a part refer to another; gives the id of the relation."""
        known = self.relations.setdefault(source, {})
        number = 1
        while f"rId{number}" in known:
            number += 1
        known[f"rId{number}"] = relation
        return f"rId{number}"

    def write(self) -> bytes:
        """The file: entries in order, on a fixed date, so that equal parts make equal bytes."""
        entries = {TYPES: self._type_list(), **self.parts}
        entries |= {
            relations_name(source): _relation_list(source, known)
            for source, known in self.relations.items()
            if known
        }
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            for name in sorted(entries, key=lambda name: (name != TYPES, name)):
                archive.writestr(_entry(name), entries[name])
        return target.getvalue()

    def _type_list(self) -> bytes:
        root = etree.Element(f"{{{TYPES_SPACE}}}Types", nsmap=unprefixed(TYPES_SPACE))
        endings = {"rels", *(_ending(name) for name in self.parts if name not in self.types)}
        for ending in sorted(endings):
            default = etree.SubElement(root, f"{{{TYPES_SPACE}}}Default", Extension=ending)
            default.set("ContentType", DEFAULTS.get(ending, "application/octet-stream"))
        for name in sorted(self.types.keys() & self.parts.keys()):
            etree.SubElement(
                root, f"{{{TYPES_SPACE}}}Override", PartName=f"/{name}", ContentType=self.types[name]
            )
        return _serialised(root)


def read_package(content: bytes) -> Package:
    """The parts of an Office file; raises PackageError when it is none, or unreasonably large."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = dict(_entries(archive))
        package = Package(
            {name: data for name, data in entries.items() if name != TYPES and not name.endswith(".rels")}
        )
        package.types = dict(_read_types(entries[TYPES], package))
        package.relations = {
            _source(name): dict(_read_relations(name, data))
            for name, data in entries.items()
            if name.endswith(".rels")
        }
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        etree.XMLSyntaxError,
    ) as error:
        raise PackageError(str(error)) from error
    return package


def parse(content: bytes) -> etree._Element:
    """The tree of a part: no entities, no network, nothing repaired; raises XMLSyntaxError."""
    return etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    )


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_BYTES:
        raise ValueError("too large")
    for info in infos:
        yield info.filename.lstrip("/"), archive.read(info)


def _read_types(content: bytes, package: Package) -> Iterator[tuple[str, str]]:
    """Every part's content type that its name's ending does not give."""
    root = parse(content)
    defaults = {
        str(item.get("Extension")).lower(): str(item.get("ContentType"))
        for item in root
        if item.tag.endswith("}Default")
    }
    overrides = {
        str(item.get("PartName")).lstrip("/"): str(item.get("ContentType"))
        for item in root
        if item.tag.endswith("}Override")
    }
    for name in package.parts:
        ending = _ending(name)
        declared = overrides.get(name) or defaults.get(ending, "")
        if declared and declared != DEFAULTS.get(ending):
            yield name, declared


def _read_relations(name: str, content: bytes) -> Iterator[tuple[str, Relation]]:
    folder = posixpath.dirname(_source(name))
    for item in parse(content):
        outside = item.get("TargetMode") == "External"
        target = str(item.get("Target"))
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield str(item.get("Id")), Relation(str(item.get("Type")), target, outside)


def _relation_list(source: str, known: dict[str, Relation]) -> bytes:
    root = etree.Element(f"{{{RELATIONS_SPACE}}}Relationships", nsmap=unprefixed(RELATIONS_SPACE))
    folder = posixpath.dirname(source)
    for identifier in sorted(known, key=lambda text: (len(text), text)):
        relation = known[identifier]
        target = relation.target if relation.outside else posixpath.relpath(relation.target, folder or ".")
        item = etree.SubElement(
            root, f"{{{RELATIONS_SPACE}}}Relationship", Id=identifier, Type=relation.type, Target=target
        )
        if relation.outside:
            item.set("TargetMode", "External")
    return _serialised(root)


def unprefixed(space: str) -> dict[str, str]:
    """The namespace map of a part whose names bear no prefix."""
    return {None: space}  # type: ignore[dict-item]


def relations_name(source: str) -> str:
    """The entry that holds a part's relations: `word/_rels/document.xml.rels`."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _source(relations: str) -> str:
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _ending(name: str) -> str:
    return posixpath.splitext(name)[1].lstrip(".").lower()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

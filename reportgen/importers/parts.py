"""A workbook file's bytes in; the parts that are read of it, within limits, or the reason why not, out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

MOST_ENTRIES: Final = 1000
LARGEST_PART: Final = 8 * 1024 * 1024
"""Bytes of one part, unpacked."""
LARGEST_WHOLE: Final = 32 * 1024 * 1024
STEEPEST: Final = 200
"""How many times as large a part may become by unpacking, when it is larger than `HARMLESS`."""
HARMLESS: Final = 256 * 1024
LARGEST_FILE: Final = 16 * 1024 * 1024
"""Bytes of a workbook as it lies on the disk."""

OLD: Final = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
MACROS: Final = "vbaProject.bin"
LINKS: Final = "externalLinks/"


class RefusalError(Exception):
    """A workbook that is not read: `code` and `arguments` of the finding that says why."""

    def __init__(self, code: str, **arguments: object) -> None:
        """Keep what the finding needs."""
        super().__init__(code)
        self.code, self.arguments = code, arguments


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a small part: its name and attributes without name spaces, and its text."""

    name: str
    attributes: Mapping[str, str]
    text: list[str] = field(default_factory=list)


def open_parts(data: bytes) -> ZipFile:
    """The file as an archive whose size and kind are such that it can be read; raises RefusalError."""
    if data.startswith(OLD):
        raise RefusalError("workbook-encrypted" if ENCRYPTED in data else "workbook-format", name=".xls")
    if not data.startswith(b"PK"):
        raise RefusalError("workbook-format", name="")
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise RefusalError("workbook-damaged") from error
    check_size(archive.infolist())
    check_kind(archive.namelist())
    return archive


def check_size(entries: list[ZipInfo]) -> None:
    """Refuse an archive that would not stay small when it is unpacked."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise RefusalError("workbook-too-large")
    for entry in entries:
        if entry.flag_bits & 1:
            raise RefusalError("workbook-encrypted")
        steep = entry.file_size > STEEPEST * max(1, entry.compress_size)
        if entry.file_size > LARGEST_PART or (steep and entry.file_size > HARMLESS):
            raise RefusalError("workbook-too-large")


def check_kind(names: list[str]) -> None:
    """Refuse what is no workbook of this form, or brings programs along."""
    if len(set(names)) < len(names):
        raise RefusalError("workbook-damaged")
    if "mimetype" in names:
        raise RefusalError("workbook-format", name=".ods")
    if "xl/workbook.bin" in names:
        raise RefusalError("workbook-format", name=".xlsb")
    if any(name.rpartition("/")[2] == MACROS for name in names):
        raise RefusalError("workbook-macros")
    if "[Content_Types].xml" not in names:
        raise RefusalError("workbook-format", name=".zip")


def read_part(archive: ZipFile, name: str) -> bytes:
    """One part, unpacked; raises RefusalError."""
    try:
        with archive.open(name) as part:
            content = part.read(LARGEST_PART + 1)
    except Exception as error:  # whatever a broken archive makes the unpacking raise
        raise RefusalError("workbook-damaged") from error
    if len(content) > LARGEST_PART:
        raise RefusalError("workbook-too-large")
    return content


def parse(content: bytes, handler: Mapping[str, object]) -> None:
    """Read XML with expat's handlers; raises RefusalError, also for a document type (entities)."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise RefusalError("workbook-entities")

    parser.StartDoctypeDeclHandler = refuse
    for name, function in handler.items():
        setattr(parser, name, function)
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise RefusalError("workbook-damaged") from error


def elements(content: bytes) -> list[Element]:
    """Every element of a part, in order, each with the text right inside it."""
    found: list[Element] = []
    open_elements: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        element = Element(local(name), {local(key): value for key, value in attributes.items()})
        found.append(element)
        open_elements.append(element)

    def end(_: str) -> None:
        open_elements.pop()

    def text(words: str) -> None:
        open_elements[-1].text.append(words)

    parse(content, {"StartElementHandler": start, "EndElementHandler": end, "CharacterDataHandler": text})
    return found


def local(name: str) -> str:
    """A name without its prefix; the prefix of a relationship's `id` is kept apart as `r:id`."""
    prefix, _, own = name.rpartition(":")
    return "r:id" if prefix and own == "id" else own


def relations(archive: ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Id, type and target of everything a part refers to inside the archive."""
    folder, _, name = part.rpartition("/")
    file = posixpath.join(folder, "_rels", f"{name}.rels")
    if file not in archive.NameToInfo:
        return
    for element in elements(read_part(archive, file)):
        if element.name == "Relationship" and element.attributes.get("TargetMode") != "External":
            target = element.attributes.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = element.attributes.get("Type", "").rpartition("/")[2]
            yield element.attributes.get("Id", ""), kind, posixpath.normpath(full)

"""A file that left the office in; what it says of the ledger, held against the ledger as it is, out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from lxml import etree

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Location
from reportgen.errors import FileError, LedgerError
from reportgen.files.reading import read_file
from reportgen.records.dossier import LEDGER
from reportgen.records.history import History
from reportgen.records.ledger import DIGEST
from reportgen.render.revision import NAMESPACE, PROPERTIES

MOST_BYTES: Final = 512 * 1024 * 1024
LONGEST_NUMBER: Final = 9


@dataclass(frozen=True, slots=True)
class Witness:
    """What a file says: its revision and the digest of the entry before, or a ledger up to some event."""

    revision: int = 0
    previous: str = ""
    ledger: bytes = b""


def with_witness(history: History, path: Path) -> History:
    """The history with what a witness has to say against it; raises FileError when it cannot be read."""
    witness = hear(path)
    code = "witness-silent" if witness is None else objection(history, witness)
    if not code:
        return history
    number = witness.revision if witness else 0
    which = Bilingual(f"（第{number}版）", f" (revision {number})") if number else Bilingual("", "")
    found = find(code, Location(str(path)), name=path.name, which=which)
    return replace(history, diagnostics=(*history.diagnostics, found))


def objection(history: History, witness: Witness) -> str:
    """The code of what a witness says against a ledger; nothing when both agree."""
    if witness.ledger:
        if history.content.startswith(witness.ledger):
            return ""
        cut = witness.ledger.startswith(history.content)
        return "witness-later" if cut else "witness-contradicts"
    entries = {entry.revision: entry for entry in history.revisions}
    entry = entries.get(witness.revision)
    if entry is None:
        return "witness-later"
    return "" if entry.previous == witness.previous else "witness-contradicts"


def hear(path: Path) -> Witness | None:
    """What a file says; None when it says nothing of a ledger."""
    if path.is_dir() or path.suffix.lower() == ".zip":
        return hear_package(path)
    content = read_file(path, MOST_BYTES)
    reader = READERS.get(path.suffix.lower())
    said = reader(content) if reader else {}
    number, previous = (said.get(name, "") for name in PROPERTIES)
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return None
    return Witness(int(number), previous) if DIGEST.fullmatch(previous) else None


def hear_package(path: Path) -> Witness | None:
    """The ledger inside an archive package; raises FileError when that cannot be opened."""
    from reportgen.records.archive.opening import open_package

    try:
        contents = open_package(path).contents
    except LedgerError as error:
        raise FileError(*error.diagnostics) from error
    ledger = next((content for name, content in contents.items() if Path(name).name == LEDGER), b"")
    return Witness(ledger=ledger) if ledger else None


def said_in_pdf(content: bytes) -> Mapping[str, str]:
    """The properties in the metadata of a PDF."""
    import pikepdf

    from reportgen.verify.conformance.xmp import read_xmp

    try:
        with pikepdf.open(BytesIO(content)) as document:
            metadata = document.Root.get("/Metadata")
            packet = metadata.read_bytes() if isinstance(metadata, pikepdf.Stream) else b""
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return {}
    found = read_xmp(packet)
    return {name: found.get(f"{{{NAMESPACE}}}{name}", "") for name in PROPERTIES}


def said_on_page(content: bytes) -> Mapping[str, str]:
    """The properties in the head of a web page."""
    try:
        root = etree.fromstring(content, etree.HTMLParser(no_network=True, encoding="utf-8"))
    except (etree.XMLSyntaxError, ValueError):
        return {}
    nodes = root.iter("meta") if root is not None else ()
    return {str(node.get("name")): str(node.get("content", "")) for node in nodes if node.get("name")}


def said_in_manifest(content: bytes) -> Mapping[str, str]:
    """The revision that a manifest names."""
    try:
        revision: Any = json.loads(content)["revision"]
        return dict(zip(PROPERTIES, (str(revision["number"]), str(revision["previous"])), strict=True))
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


READERS: Final[Mapping[str, Callable[[bytes], Mapping[str, str]]]] = MappingProxyType(
    {".pdf": said_in_pdf, ".html": said_on_page, ".htm": said_on_page, ".json": said_in_manifest}
)
"""What reads a file's words, by its ending."""

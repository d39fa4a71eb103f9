"""A package in; where its PREMIS and METS say something else than its files and its ledger out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from lxml import etree

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.records.archive import pieces
from reportgen.records.archive.bag import PAYLOAD
from reportgen.records.archive.digests import sha256
from reportgen.records.archive.preservation import METS, PREMIS, XLINK
from reportgen.verify.package.parts import Parts, read_xml

OWN: Final = frozenset({pieces.DA_T_46, pieces.PREMIS_FILE, pieces.METS_FILE})
"""Metadata do not describe each other."""
ROOM: Final = "../"
"""What leads from the folder of METS to the payload."""
DIFFERENT: Final = Bilingual(
    "描述的文件与实有的不同（名称、字节数、SHA-256）", "files described otherwise than they are"
)
Fact = tuple[str, ...]


def unlike_preserved(parts: Parts) -> Iterator[Diagnostic]:
    """Files that PREMIS or METS describe otherwise than they are, once more, or not at all."""
    there: Counter[Fact] = Counter(
        (name, str(len(content)), sha256(content))
        for name, content in parts.payload.items()
        if name not in OWN
    )
    for name, read in ((pieces.PREMIS_FILE, premis_files), (pieces.METS_FILE, mets_files)):
        root = read_xml(parts.payload.get(name, b""))
        if root is None:
            continue  # 2-10 and 3-1 tell
        said = Counter(read(root))
        for file in sorted({fact[0] for fact in (said - there) + (there - said)}):
            yield parts.contradiction(DIFFERENT, shown(said, file), shown(there, file), PAYLOAD + name)


def shown(facts: Counter[Fact], name: str) -> str:
    """What is said of a file."""
    return "；".join(" ".join(fact) for fact in facts if fact[0] == name) or "—"


def premis_files(root: etree._Element) -> Iterator[Fact]:
    """Name, size and digest of every file that PREMIS describes."""
    for element in root.iter(f"{{{PREMIS}}}object"):
        tags = ("objectIdentifierValue", "size", "messageDigest")
        yield tuple(element.findtext(f".//{{{PREMIS}}}{tag}") or "" for tag in tags)


def mets_files(root: etree._Element) -> Iterator[Fact]:
    """Name, size and digest of every file that METS lists."""
    for element in root.iter(f"{{{METS}}}file"):
        place = element.find(f"{{{METS}}}FLocat")
        address = "" if place is None else place.get(f"{{{XLINK}}}href", "")
        name = unquote(address).removeprefix(ROOM)
        yield name, element.get("SIZE", ""), element.get("CHECKSUM", "")


def premis_events(parts: Parts) -> list[Fact] | None:
    """What happened, when and by whom, as PREMIS tells it; None when it cannot be read."""
    root = read_xml(parts.payload.get(pieces.PREMIS_FILE, b""))
    if root is None:
        return None
    tags = ("eventType", "eventDateTime", "linkingAgentIdentifierValue")
    return [
        tuple(element.findtext(f".//{{{PREMIS}}}{tag}") or "" for tag in tags)
        for element in root.iter(f"{{{PREMIS}}}event")
    ]

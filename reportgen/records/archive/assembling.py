"""A revision with its events and what the office adds in; every file of its package, as a bag, out."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import PurePosixPath
from re import DOTALL, search
from typing import Any, Final

from reportgen.model.misshapes import plain
from reportgen.model.source import read_source, read_trusted
from reportgen.records.archive import listings, pieces
from reportgen.records.archive.bag import PAYLOAD, make_bag
from reportgen.records.archive.digests import sha256
from reportgen.records.archive.elements import make_elements, values, write_elements
from reportgen.records.archive.guide import GUIDE, LIST, write_guide
from reportgen.records.archive.pieces import Piece
from reportgen.records.archive.preservation import Described, write_mets, write_premis
from reportgen.records.archive.zipped import DATE, IDENTIFIER
from reportgen.records.ledger import Entry
from reportgen.records.manifest import APART, NAME

SCAN: Final = "签署件扫描.pdf"
PDF_RULE: Final = "PAdES（ETSI EN 319 142）"
APART_RULE: Final = "清单的SM2签名（GB/T 35275-2017）"
"""By which rule something was signed, as metadata tell it."""
REVISION: Final = "Internal-Sender-Description"
HEAD: Final = "Ledger-Entry-Before"
"""What the bag says: which revision it holds, and the SHA-256 of the ledger line before its event."""

SIGNED_AS: Final[Mapping[tuple[bool, bool], str]] = {
    (True, True): "正本有电子签章；另有纸质签署件的扫描件",
    (True, False): "正本有电子签章",
    (False, True): "纸质签署，附签署件的扫描件；PDF 没有电子签章",
    (False, False): "没有电子签章，也没有纸质签署件的扫描件",
}
"""How a report was signed, by whether there are an electronic signature and a scan."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a package is made of: the files of the record, and the events before the one that archives it.

    `office` are the values of the file `office_file`; `scan` is the scan of the signed paper, or nothing.
    """

    files: tuple[Piece, ...]
    events: tuple[Entry, ...]
    archived: Entry
    office: Mapping[str, Any]
    office_file: bytes
    scan: bytes
    words: Mapping[str, Any]
    software: str

    @property
    def stem(self) -> str:
        """The name of the report's files."""
        return next(
            PurePosixPath(item.name).stem for item in self.files if item.name.startswith(f"{pieces.SOURCE}/")
        )

    def content(self, name: str) -> bytes:
        """The bytes of a file by its name in the package; empty when there is none."""
        return next((item.content for item in self.files if item.name == name), b"")

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What the manifest of the documents says."""
        content: Mapping[str, Any] = json.loads(self.content(f"{pieces.ISSUED}/{NAME}"))
        return content

    @property
    def title(self) -> str:
        """The title of the documents."""
        page = next((item.content.decode() for item in self.files if item.ending == "html"), "")
        match = search("<title>(.*?)</title>", page, DOTALL)
        return unescape(match[1]) if match else self.stem


def assemble(order: Order, count_pages: Callable[[bytes], int]) -> dict[str, bytes]:
    """The bag of a revision by names; the same bytes for the same order."""
    order = with_scan(order)
    events = [described_event(entry, order.words) for entry in (*order.events, order.archived)]
    content = [*order.files, *readable(order, events)]
    facts = facts_of(order, content, events, count_pages)
    files = sorted((*content, *metadata(order, content, events, facts)), key=lambda piece: piece.name)
    tags = {GUIDE: guide_of(order, facts), LIST: listings.write_list(order.title, files)}
    return make_bag({piece.name: piece.content for piece in files}, tags, info_of(order, facts))


def with_scan(order: Order) -> Order:
    """The order with the scan among its files."""
    if not order.scan:
        return order
    piece = Piece(f"{pieces.ORIGINAL}/{order.stem}-{SCAN}", order.scan, "纸质签署件的扫描件")
    return replace(order, files=(*order.files, piece))


def readable(order: Order, events: Sequence[Mapping[str, str]]) -> Iterator[Piece]:
    """The lists for people, made from the files of the record, and what the office added."""
    yield Piece(pieces.LOG, listings.write_log(order.title, events), "过程记录：时间、经办人、事项、原因")
    fonts = next((item.content for item in order.files if item.name.endswith("/fonts.yaml")), b"{}")
    yield Piece(
        pieces.FONTS, listings.write_fonts(order.manifest, read_trusted(fonts)), "字体的名称、来源和许可"
    )
    verification = order.content(f"{pieces.CHECKED}/核验.json")
    yield Piece(f"{pieces.CHECKED}/核验.txt", listings.write_results(verification), "核验的结果，逐项一行")
    if order.office_file:
        yield Piece(pieces.OFFICE, order.office_file, "归档时补充的著录项目")


def metadata(
    order: Order, content: Sequence[Piece], events: Sequence[Mapping[str, str]], facts: Mapping[str, Any]
) -> Iterator[Piece]:
    """The metadata of the package in its three forms."""
    files = [described(piece, order.words) for piece in content]
    elements = make_elements(order.words["elements"], facts)
    yield Piece(pieces.DA_T_46, write_elements(elements), "元数据（DA/T 46-2009）")
    yield Piece(pieces.PREMIS_FILE, write_premis(files, events), "元数据（PREMIS 3）")
    named = {"OTHER": pieces.DA_T_46, "PREMIS": pieces.PREMIS_FILE}
    yield Piece(pieces.METS_FILE, write_mets(order.title, files, named), "元数据（METS）")


def described(piece: Piece, words: Mapping[str, Any]) -> Described:
    """A file as metadata describe it."""
    form = words["formats"].get(piece.ending, piece.ending)
    return Described(piece.name, piece.what, form, len(piece.content), sha256(piece.content))


def described_event(entry: Entry, words: Mapping[str, Any]) -> dict[str, str]:
    """An event as metadata and lists tell it."""
    what = words["events"].get(entry.event, entry.event)
    return {"what": what, "at": entry.at, "by": entry.by, "why": entry.why, "revision": str(entry.revision)}


def facts_of(
    order: Order,
    content: Sequence[Piece],
    events: Sequence[Mapping[str, str]],
    count_pages: Callable[[bytes], int],
) -> Mapping[str, Any]:
    """Everything that an element of metadata can be made of."""
    root, _ = read_source(
        next(item.content for item in order.files if item.name.startswith(f"{pieces.SOURCE}/")), ""
    )
    original = order.content(f"{pieces.ORIGINAL}/{order.stem}.pdf")
    made = listings.software(order.manifest)
    return {
        "office": order.office,
        "report": plain(root) if root else {},
        "fact": {
            "title": order.title,
            "pages": count_pages(original),
            "identifier": "-".join((*order.archived.report.values(), f"第{order.archived.revision}版")),
            "signed": SIGNED_AS[(is_signed(order), bool(order.scan))],
        },
        "file": [file_facts(piece, order.words, made) for piece in content],
        "event": events,
        "signature": [*signature_facts(order)],
    }


def file_facts(piece: Piece, words: Mapping[str, Any], made: str) -> dict[str, str]:
    """A file as the elements of its electronic properties say it."""
    file = described(piece, words)
    is_made = piece.name.startswith((f"{pieces.ORIGINAL}/", f"{pieces.ISSUED}/")) and SCAN not in piece.name
    software = made if is_made else ""
    digest = f"SHA-256 {file.sha256}"
    return {
        "format": file.format,
        "name": file.name,
        "size": str(file.size),
        "software": software,
        "digest": digest,
    }


def is_signed(order: Order) -> bool:
    """Whether the PDF bears an electronic signature of this record."""
    return pieces.signed_pdf(order.events, order.archived.revision) is not None


def signature_facts(order: Order) -> Iterator[dict[str, str]]:
    """Who signed, and how."""
    for entry in pieces.events_of(order.events, order.archived.revision, "signed"):
        for item in entry.named("output"):
            rule = APART_RULE if item.file.name == APART else PDF_RULE
            yield {"rule": rule, "at": entry.at, "by": entry.by}
    if order.scan:
        yield {"rule": "纸质签署，附扫描件", "at": "", "by": ""}


def guide_of(order: Order, facts: Mapping[str, Any]) -> bytes:
    """The page for strangers."""
    scan = f"，{order.stem}-{SCAN} 是纸质签署件的扫描件" if order.scan else ""
    return write_guide(
        {
            "title": order.title,
            "organ": organization(order, facts),
            "number": str(order.office.get(order.words["known"]["number"], facts["fact"]["identifier"])),
            "revision": str(order.archived.revision),
            "at": order.archived.at,
            "by": order.archived.by,
            "signed": facts["fact"]["signed"],
            "original": f"正本 {order.stem}.pdf（{facts['fact']['pages']}页）{scan}",
            "pdf": shlex.quote(f"{PAYLOAD}{pieces.ORIGINAL}/{order.stem}.pdf"),
        }
    )


def organization(order: Order, facts: Mapping[str, Any]) -> str:
    """Whose report it is."""
    return "、".join(values({"of": order.words["organization"]}, facts))


def info_of(order: Order, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the bag says of itself."""
    return [
        ("Source-Organization", organization(order, facts)),
        ("External-Description", facts["fact"]["title"]),
        (
            "External-Identifier",
            str(order.office.get(order.words["known"]["number"], facts["fact"]["identifier"])),
        ),
        (IDENTIFIER, f"{order.stem}-第{order.archived.revision}版"),
        (REVISION, f"revision {order.archived.revision}"),
        (HEAD, order.archived.previous),
        (DATE, order.archived.at[:10]),
        ("Bag-Software-Agent", order.software),
    ]

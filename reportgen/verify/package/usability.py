"""A package in; the checks of its usability (可用性) and security (安全性), DA/T 70 3-1 to 4-7, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.records.archive import pieces
from reportgen.records.archive.bag import PAYLOAD, SIGNATURES
from reportgen.records.archive.guide import GUIDE, LIST
from reportgen.verify.package.completeness import gaps
from reportgen.verify.package.documents import can_be_drawn, count_pages, is_encrypted
from reportgen.verify.package.items import both, item, not_applicable
from reportgen.verify.package.parts import Parts, read_xml
from reportgen.verify.verification import Check

ROOT: Final = frozenset(
    {
        *("bagit.txt", "bag-info.txt", "sm3-manifest.txt", GUIDE, LIST),
        *("manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"),
    }
)
FOLDERS: Final = (
    *(pieces.ORIGINAL, pieces.ISSUED, pieces.SOURCE, pieces.KINDS, pieces.CHECKED, pieces.PROCESS),
    *(pieces.METADATA, pieces.FONTS.partition("/")[0], pieces.CORRECTION),
)
CARRIER: Final = Bilingual(
    "针对光盘等实物载体，不适用于信息包", "about discs and the like, not about packages"
)


def check_usability(parts: Parts) -> Iterator[Check]:
    """Every item that asks no other program."""
    yield item(
        "3-1",
        unreadable_metadata(parts),
        both("三份XML能解析，没有外部实体", "the XML files can be parsed and have no entities"),
    )
    yield not_applicable(
        "3-2", Bilingual("针对接收单位的数据库，不适用于信息包", "about the data base of the receiver")
    )
    yield item(
        "3-4",
        unreadable(parts),
        both(
            f"正本{count_pages(parts.original[1])}页逐页可以显示；文本文件都是UTF-8",
            "every page of the original can be drawn; texts are UTF-8",
        ),
    )
    yield not_applicable(
        "3-5", Bilingual("针对接收单位的软硬件，不适用于信息包", "about the machines of the receiver")
    )
    yield item(
        "3-8",
        wrong_formats(parts),
        both("没有加密，没有专用的压缩和格式", "nothing encrypted, packed or written in forms of one's own"),
    )


def check_security(parts: Parts) -> Iterator[Check]:
    """Every item."""
    for code in ("4-1", "4-2"):
        yield not_applicable(
            code, Bilingual("由单位的杀毒软件检查，本程序不带", "left to the office's own scanner")
        )
    yield item(
        "4-3", surplus(parts), both("没有信息包以外的文件", "nothing that does not belong to the package")
    )
    for code in ("4-4", "4-5", "4-6"):
        yield not_applicable(code, CARRIER)
    yield item(
        "4-7",
        unlogged(parts),
        both("每件事都有时间和经办人，前后相接", "every event has its time and person, in one chain"),
    )


def unreadable_metadata(parts: Parts) -> Iterator[Diagnostic]:
    """Metadata that no XML parser reads, or that bring a document type along."""
    for name in (pieces.DA_T_46, pieces.PREMIS_FILE, pieces.METS_FILE):
        if read_xml(parts.payload.get(name, b"")) is None:
            yield parts.find("package-unreadable", PAYLOAD + name)


def unreadable(parts: Parts) -> Iterator[Diagnostic]:
    """Documents that cannot be opened and texts that are none."""
    name, pdf = parts.original
    for file, content in ((name, pdf), *parts.scans.items()):
        if not can_be_drawn(content):
            yield parts.find("package-unreadable", PAYLOAD + file)
    for file, content in parts.payload.items():
        if file.endswith((".txt", ".yaml", ".json", ".jsonl", ".html", ".css", ".xml")) and not is_text(
            content
        ):
            yield parts.find("package-unreadable", PAYLOAD + file)


def is_text(content: bytes) -> bool:
    """Whether bytes are UTF-8."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def wrong_formats(parts: Parts) -> Iterator[Diagnostic]:
    """Files of formats that a package does not hold, and files with a password."""
    known = parts.words["formats"]
    for name, content in parts.payload.items():
        if name.rpartition(".")[2].lower() not in known:
            yield parts.find(
                "package-format",
                PAYLOAD + name,
                reason=Bilingual("不是信息包里应有的格式", "no format of a package"),
            )
        elif name.endswith(".pdf") and is_encrypted(content):
            yield parts.find("package-format", PAYLOAD + name, reason=Bilingual("加了密", "encrypted"))


def surplus(parts: Parts) -> Iterator[Diagnostic]:
    """Files in places where a package has none."""
    folders = tuple(f"{PAYLOAD}{folder}/" for folder in FOLDERS)
    for name in parts.contents:
        if name not in ROOT and not name.startswith((*folders, SIGNATURES)):
            yield parts.find("package-file-surplus", name)


def unlogged(parts: Parts) -> Iterator[Diagnostic]:
    """What is wrong with the log of what was done."""
    yield from gaps(parts)
    if not parts.ledger.entries or not all(entry.by.strip() for entry in parts.ledger.entries):
        yield parts.find("package-record", reason=Bilingual("有的事项没有经办人", "an event names nobody"))

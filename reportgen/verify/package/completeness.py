"""A package in; the checks of its completeness (完整性, DA/T 70 2-1 to 2-11) out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from reportgen.diagnostics import Bilingual, Diagnostic, Severity
from reportgen.files.reading import digest
from reportgen.records.archive import pieces
from reportgen.records.archive.bag import INFO, PAYLOAD, manifest_name, read_list
from reportgen.records.archive.guide import LIST
from reportgen.records.dossier import LEDGER, Dossier
from reportgen.records.history import judge_end, judge_lines
from reportgen.records.ledger import Frozen
from reportgen.verify.package.authenticity import read_elements
from reportgen.verify.package.fixity import payload_oxum
from reportgen.verify.package.items import both, item, untold
from reportgen.verify.package.parts import Parts
from reportgen.verify.package.preserved import premis_events
from reportgen.verify.verification import Check

UNREAD = Bilingual("元数据读不出来", "the metadata cannot be read")
NAMED = ("Source-Organization", "External-Description", "External-Identifier", "Bagging-Date", "Payload-Oxum")
"""What a bag has to say of itself."""


def check_completeness(parts: Parts) -> Iterator[Check]:
    """Every item."""
    size, count = payload_oxum(parts)
    yield item("2-1", wrong_count(parts), both(f"{count}个文件", f"{count} files"))
    yield item("2-2", wrong_size(parts), both(f"{size}字节", f"{size} bytes"))
    yield check_elements(parts)
    yield check_needed(parts)
    events = len(parts.ledger.entries)
    yield item(
        "2-5",
        wrong_log(parts),
        both(f"台账{events}件事，与元数据、过程记录对照", f"{events} events, against metadata and log"),
    )
    yield item(
        "2-6", gaps(parts), both("台账的序号、前后相接、时间先后", "numbers, links and order of the ledger")
    )
    yield item(
        "2-7",
        lost_content(parts),
        both("台账写到的这一版的文件都在，内容相同", "every file the ledger names is there and the same"),
    )
    yield item(
        "2-9",
        out_of_scope(parts),
        both("正本、数据、模板、元数据、过程记录", "original, data, templates, metadata, log"),
    )
    yield item(
        "2-10",
        lost_metadata(parts),
        both("DA/T 46、PREMIS、METS 和 bag-info", "DA/T 46, PREMIS, METS and bag-info"),
    )
    yield item(
        "2-11", wrong_numbers(parts), both("清单、目录与实有的文件数", "files in manifests, list and package")
    )


def said_oxum(parts: Parts) -> tuple[str, str]:
    """Bytes and number of the payload as the bag says."""
    size, _, count = parts.info.get("Payload-Oxum", "").partition(".")
    return size, count


def said_total(parts: Parts) -> list[str]:
    """The last line of the list of files: its sums."""
    text = parts.contents.get(LIST, b"").decode("utf-8", "replace")
    return text.rstrip("\n").rpartition("\n")[2].split("\t")


def wrong_count(parts: Parts) -> Iterator[Diagnostic]:
    """Where the number of files is not as it is said."""
    found = payload_oxum(parts)[1]
    if said_oxum(parts)[1] != found:
        yield parts.contradiction(Bilingual("件数", "files"), said_oxum(parts)[1], found, INFO)
    if said_total(parts)[1:2] != [f"{found}个文件"]:
        yield parts.contradiction(Bilingual("件数", "files"), "".join(said_total(parts)[1:2]), found, LIST)


def wrong_size(parts: Parts) -> Iterator[Diagnostic]:
    """Where the number of bytes is not as it is said."""
    found = payload_oxum(parts)[0]
    if said_oxum(parts)[0] != found:
        yield parts.contradiction(Bilingual("字节数", "bytes"), said_oxum(parts)[0], found, INFO)
    if said_total(parts)[2:3] != [found]:
        yield parts.contradiction(Bilingual("字节数", "bytes"), "".join(said_total(parts)[2:3]), found, LIST)


def check_elements(parts: Parts) -> Check:
    """2-3: no element but those of the standard, and the groups that every record has."""
    if parts.metadata is None:
        return untold("2-3", UNREAD)
    known = {entry["name"] for entry in flat(parts.words["elements"])}
    names = [str(element.tag).rpartition("}")[2] for element in parts.metadata.iterdescendants()]
    strange = sorted(set(names) - known)
    found = [
        parts.find(
            "package-element",
            f"{PAYLOAD}{pieces.DA_T_46}",
            element=name,
            value="",
            reason=Bilingual("不是标准的元素", "is no element of the standard"),
        )
        for name in strange
    ]
    return item("2-3", found, both(f"{len(names)}个元素", f"{len(names)} elements"))


def flat(declared: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Every declared element, with those inside others."""
    for entry in declared:
        yield entry
        yield from flat(entry.get("inner", []))  # type: ignore[arg-type]


def check_needed(parts: Parts) -> Check:
    """2-4: the elements that have to be there have a value; the office's own may come later."""
    if parts.metadata is None:
        return untold("2-4", UNREAD)
    read = [
        (entry, texts)
        for entry, texts in read_elements(parts.words["elements"], parts.metadata)
        if entry.get("must")
    ]
    found = [
        parts.find(
            "package-element",
            f"{PAYLOAD}{pieces.DA_T_46}",
            element=entry["name"],
            value="",
            reason=Bilingual("没有值", "has no value"),
        )
        for entry, texts in read
        if not any(texts) and (parts.is_described or not is_office_own(entry))
    ]
    if not parts.is_described:
        found.append(parts.find("archive-metadata-needed", f"{PAYLOAD}{pieces.DA_T_46}"))
    return item("2-4", found, both(f"{len(read)}个必填的元素", f"{len(read)} elements that have to be there"))


def is_office_own(entry: Mapping[str, Any]) -> bool:
    """Whether nothing but the office's own file says what an element is."""
    return "text" not in entry and all(source.startswith("office.") for source in entry.get("of", ()))


def wrong_log(parts: Parts) -> Iterator[Diagnostic]:
    """Where metadata and log do not tell what the ledger tells, and one event more: the packing."""
    if parts.revision is None:
        yield parts.find(
            "package-record", reason=Bilingual("台账里没有这一版", "the ledger has no such revision")
        )
    if parts.info.get("Ledger-Entry-Before") != parts.ledger.head:
        yield parts.contradiction(
            Bilingual("台账的末行", "the end of the ledger"),
            parts.info.get("Ledger-Entry-Before", ""),
            parts.ledger.head,
            INFO,
        )
    words = parts.words["events"]
    told = list(zip(*(parts.named(role) for role in ("act", "moment", "person")), strict=False))
    happened = [(words.get(entry.event, entry.event), entry.at, entry.by) for entry in parts.ledger.entries]
    if told[:-1] != happened or not told or told[-1][0] != words["archived"]:
        yield parts.find(
            "package-record",
            reason=Bilingual("元数据里的事项与台账不同", "the metadata do not tell the events of the ledger"),
        )
    preserved = premis_events(parts)
    if preserved is not None and preserved != told:
        yield parts.find(
            "package-record",
            PAYLOAD + pieces.PREMIS_FILE,
            reason=Bilingual("PREMIS 里的事项与元数据不同", "PREMIS does not tell what the metadata tell"),
        )
    log = parts.payload.get(pieces.LOG, b"").decode("utf-8", "replace").splitlines()[2:]
    rows = [(row[3], row[1], row[4]) for row in (line.split("\t") for line in log) if len(row) == 6]
    if rows != told:
        yield parts.find(
            "package-record",
            PAYLOAD + pieces.LOG,
            reason=Bilingual("过程记录与元数据不同", "the log does not tell what the metadata tell"),
        )


def gaps(parts: Parts) -> Iterator[Diagnostic]:
    """Everything wrong with the lines of the ledger."""
    dossier = Dossier(parts.package.path / PAYLOAD / pieces.PROCESS)
    for found in (*judge_lines(dossier, parts.ledger), *judge_end(dossier, parts.ledger)):
        yield parts.find(
            "package-record",
            f"{PAYLOAD}{pieces.PROCESS}/{LEDGER}",
            reason=both(found.message("zh"), found.message("en")),
        )
    moments = [entry.at for entry in parts.ledger.entries] + parts.named("moment")[-1:]
    for before, after in pairwise(moments):
        if after < before:
            found = parts.contradiction(Bilingual("时间倒退", "time runs back"), after, before)
            yield replace(found, severity=Severity.WARNING)  # clocks are set right now and then


def lost_content(parts: Parts) -> Iterator[Diagnostic]:
    """Files of the revision that are not there, or are others than the ledger and the manifest say."""
    if parts.revision is None:
        return
    for frozen in parts.revision.files:
        yield from judge_frozen(parts, frozen)
    yield from judge_signed(parts, parts.revision.revision)
    outputs = {item.file.name: item.file.sha256 for item in parts.revision.named("output")}
    said = parts.manifest.get("outputs", {})
    for name, entry in said.items() if isinstance(said, dict) else ():
        if not isinstance(entry, dict) or entry.get("sha256") != outputs.get(name):
            yield parts.contradiction(
                Bilingual("清单与台账", "manifest and ledger"), name, outputs.get(name, "-")
            )


def judge_signed(parts: Parts, revision: int) -> Iterator[Diagnostic]:
    """The original against the PDF that the ledger says was signed last."""
    signed = pieces.signed_pdf(parts.ledger.entries, revision)
    name, content = parts.original
    if signed and digest(content) != signed.file.sha256:
        what = Bilingual("与台账里签章的不同", "not the one the ledger says was signed")
        yield parts.contradiction(what, signed.file.sha256, digest(content), PAYLOAD + name)


def judge_frozen(parts: Parts, frozen: Frozen) -> Iterator[Diagnostic]:
    """A frozen file against the one in the package."""
    if frozen.role not in pieces.PLACES:
        return
    name = f"{pieces.PLACES[frozen.role][0]}/{frozen.file.name}"
    moved = f"{pieces.ORIGINAL}/{frozen.file.name}"
    content = parts.payload.get(name, parts.payload.get(moved) if frozen.role == "output" else None)
    if content is None:
        yield parts.find("package-file-missing", PAYLOAD + name)
    elif digest(content) != frozen.file.sha256:
        yield parts.contradiction(
            Bilingual("与台账不同", "not as the ledger says"),
            frozen.file.sha256,
            digest(content),
            PAYLOAD + name,
        )


def out_of_scope(parts: Parts) -> Iterator[Diagnostic]:
    """What has to be archived and is not."""
    if not parts.original[0]:
        yield parts.find("package-file-missing", f"{PAYLOAD}{pieces.ORIGINAL}/*.pdf")
    for folder, ending in (
        (pieces.ISSUED, ".docx"),
        (pieces.ISSUED, ".html"),
        (pieces.SOURCE, ".yaml"),
        (pieces.KINDS, "/kind.yaml"),
    ):
        if not any(name.startswith(f"{folder}/") and name.endswith(ending) for name in parts.payload):
            yield parts.find("package-file-missing", f"{PAYLOAD}{folder}/*{ending}")


def lost_metadata(parts: Parts) -> Iterator[Diagnostic]:
    """Metadata that are not there."""
    for name in (pieces.DA_T_46, pieces.PREMIS_FILE, pieces.METS_FILE, pieces.LOG):
        if name not in parts.payload:
            yield parts.find("package-file-missing", PAYLOAD + name)
    for name in NAMED:
        if not parts.info.get(name):
            yield parts.find(
                "package-element", INFO, element=name, value="", reason=Bilingual("没有值", "has no value")
            )


def wrong_numbers(parts: Parts) -> Iterator[Diagnostic]:
    """Manifests that list more or fewer files than there are."""
    for algorithm in ("sha256", "sha512"):
        name = manifest_name(algorithm)
        listed = len(read_list(parts.contents.get(name, b"")) or {})
        if listed != len(parts.payload):
            yield parts.contradiction(Bilingual("文件数", "files"), listed, len(parts.payload), name)

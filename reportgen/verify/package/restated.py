"""A package in; where it says something else of itself in one place than in another out."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from re import DOTALL, search

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.records.archive import pieces
from reportgen.records.archive.assembling import REVISION, SIGNED_AS
from reportgen.records.archive.bag import INFO, PAYLOAD
from reportgen.records.archive.elements import values
from reportgen.records.archive.guide import GUIDE, head_lines
from reportgen.records.archive.zipped import IDENTIFIER
from reportgen.records.ledger import Entry
from reportgen.verify.package.items import both
from reportgen.verify.package.parts import Parts


def unlike_statements(parts: Parts, entry: Entry) -> Iterator[Diagnostic]:
    """Title, revision and organ where they are not those of the documents and of the ledger's entry."""
    title, number = title_of(parts), f"第{entry.revision}版"
    known = {
        "Source-Organization": organ_of(parts),
        "External-Description": title,
        IDENTIFIER: f"{stem_of(entry)}-{number}",
        REVISION: f"revision {entry.revision}",
    }
    for name, wanted in known.items():
        if parts.info.get(name) != wanted:
            yield parts.contradiction(both(name, name), parts.info.get(name, ""), wanted, INFO)
    told = {"title": title, "identifier": "-".join((*entry.report.values(), number))}
    for role, wanted in told.items():
        if parts.named(role)[:1] != [wanted] and role not in given(parts):
            name = parts.words["known"][role]
            said = "、".join(parts.named(role))
            yield parts.contradiction(both(name, name), said, wanted, PAYLOAD + pieces.DA_T_46)


def given(parts: Parts) -> set[str]:
    """The roles whose elements the office's own file fills."""
    own = parts.stated.get("office", {})
    return {role for role, name in parts.words["known"].items() if own.get(name)}


def unlike_head(parts: Parts, entry: Entry, text: str) -> Iterator[Diagnostic]:
    """Lines at the head of the page for strangers that say something else than the rest."""
    signed = pieces.signed_pdf(parts.ledger.entries, entry.revision) is not None
    facts = {
        "organ": organ_of(parts),
        "number": parts.info.get("External-Identifier", ""),
        "revision": str(entry.revision),
        "at": "".join(parts.named("moment")[-1:]),
        "by": "".join(parts.named("person")[-1:]),
        "signed": SIGNED_AS[(signed, bool(parts.scans))],
    }
    there = text.splitlines()
    for line in head_lines(facts):
        if line not in there:
            label = line.partition("：")[0]
            said = next((other for other in there if other.startswith(f"{label}：")), "—")
            what = Bilingual("说明文件的开头", "the head of the page")
            yield parts.contradiction(what, said, line, GUIDE)


def organ_of(parts: Parts) -> str:
    """Whose report it is, by what the office and the report say."""
    return "、".join(values({"of": parts.words["organization"]}, parts.stated))


def title_of(parts: Parts) -> str:
    """The title of the web page; without one the name of the report's files."""
    pages = [
        content
        for name, content in parts.payload.items()
        if name.startswith(f"{pieces.ISSUED}/") and name.endswith(".html")
    ]
    match = search("<title>(.*?)</title>", pages[0].decode("utf-8", "replace"), DOTALL) if pages else None
    return unescape(match[1]) if match else ""


def stem_of(entry: Entry) -> str:
    """The name of the report's files."""
    source = entry.named("source")
    return PurePosixPath(source[0].file.name).stem if source else ""

"""The documents in; findings where title, author, language, date or draft mark differ out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.render.properties import CORE, DC, TERMS
from reportgen.verify.conformance import xmp
from reportgen.verify.conformance.pdf_tree import PdfTree
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, Measurement, Verdict, judged

if TYPE_CHECKING:
    from reportgen.verify.conformance.documents import Documents

NAME: Final = "metadata"
DATE: Final = re.compile(r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)T?(\d\d):?(\d\d):?(\d\d)(.*)")
TITLES: Final = {
    "title": Bilingual("标题", "title"),
    "author": Bilingual("作者", "author"),
    "language": Bilingual("语言", "language"),
    "date": Bilingual("日期", "date"),
    "status": Bilingual("草稿标记", "draft mark"),
    "producer": Bilingual("生成程序", "producer"),
}
SUMMARY: Final = Bilingual(
    "比较了{places}处记载的标题、作者、语言、日期和草稿标记",
    "title, author, language, date and draft mark compared in {places} places",
)
UNREADABLE: Final = Bilingual("文件打不开，无法判断", "the file cannot be read, so this cannot be told")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a place says about the document; None where it has no room for a fact."""

    title: str | None = None
    author: str | None = None
    language: str | None = None
    date: str | None = None
    status: str | None = None


def check_metadata(subject: Subject, documents: Documents) -> Check:
    """Every fact in every place, against the report, else against the place before."""
    places = dict(facts_of(documents))
    if not places:
        return Check(NAME, Verdict.UNTOLD, UNREADABLE)
    wanted = expected(subject)
    found: list[Diagnostic] = []
    rows: list[Measurement] = []
    for field in fields(Facts):
        said = {name: getattr(facts, field.name) for name, facts in places.items()}
        said = {name: text for name, text in said.items() if text is not None}
        right = getattr(wanted, field.name) if wanted else None
        right = next(iter(said.values()), "") if right is None else right
        wrong = {name: text for name, text in said.items() if text != right}
        found += [complain(subject, field.name, name, right, text) for name, text in wrong.items()]
        rows.append(row(field.name, right, said))
    found += untold(subject, places)
    if documents.tree:
        found += producers(subject, documents.tree)
    count = {"places": str(len(places))}
    summary = Bilingual(SUMMARY.zh.format_map(count), SUMMARY.en.format_map(count))
    return judged(NAME, found, summary, measurements=rows)


def facts_of(documents: Documents) -> Iterator[tuple[str, Facts]]:
    """The places that say something, by name: `docx`, `pdf`, `pdf XMP`, `html`."""
    if documents.package:
        yield "docx", word_facts(documents.package.parts.get("docProps/core.xml", b""))
    if documents.tree:
        yield "pdf", pdf_facts(documents.tree)
        yield "pdf XMP", xmp_facts(documents.tree)
    if documents.page is not None:
        yield "html", page_facts(documents.page)


def word_facts(core: bytes) -> Facts:
    """What the core properties of a Word file say."""
    from reportgen.render.package import parse

    try:
        root = parse(core)
    except (etree.XMLSyntaxError, ValueError):
        return Facts("", "", "", "", "")
    tags = (
        f"{{{DC}}}title",
        f"{{{DC}}}creator",
        f"{{{DC}}}language",
        f"{{{TERMS}}}created",
        f"{{{CORE}}}contentStatus",
    )
    title, author, language, date, status = (root.findtext(tag) or "" for tag in tags)
    return Facts(title, author, language, plain_date(date), status)


def pdf_facts(tree: PdfTree) -> Facts:
    """What the information dictionary and the catalogue of a PDF say."""
    info = tree.dictionary(tree.trailer.get("/Info"))
    title, author, date, status = (
        tree.text(info.get(key)) for key in ("/Title", "/Author", "/CreationDate", "/Subject")
    )
    return Facts(title, author, tree.text(tree.root.get("/Lang")), plain_date(date), status)


def xmp_facts(tree: PdfTree) -> Facts:
    """What the XMP packet of a PDF says."""
    found = xmp.read_xmp(tree.metadata)
    title, author, status = (found.get(f"{xmp.DC}{name}", "") for name in ("title", "creator", "description"))
    return Facts(title, author, None, plain_date(found.get(f"{xmp.XMP}CreateDate", "")), status)


def page_facts(page: etree._Element) -> Facts:
    """What the head of a web page says."""
    meta = {str(item.get("name")).lower(): str(item.get("content") or "") for item in page.iter("meta")}
    title = next((str(item.text or "") for item in page.iter("title")), "")
    language = str(page.get("lang") or "")
    return Facts(title, meta.get("author", ""), language, None, meta.get("description", ""))


def plain_date(text: str) -> str:
    """A date as `2025-01-10T00:00:00Z`, whatever form it was written in; as it is when it is none."""
    found = DATE.fullmatch(text)
    if not found:
        return text
    zone = found[7].replace("'", "")
    year, month, day, hour, minute, second = found.groups()[:6]
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{'Z' if zone in ('+00:00', '+0000', 'Z') else zone}"


def expected(subject: Subject) -> Facts | None:
    """What the report says, but for the date, which may have been given otherwise; None without a report."""
    if not subject.report:
        return None
    from reportgen.render.context import describe_report

    said: Mapping[str, str] = describe_report(subject.report)
    return Facts(said["page_title"], said["organ"], said["language"], None, said["draft_mark"])


def complain(subject: Subject, fact: str, name: str, right: str, text: str) -> Diagnostic:
    """The finding about one fact in one place."""
    form, _, part = name.partition(" ")
    where = Bilingual(f"（{part}）", f" ({part})") if part else ""
    names: dict[str, Any] = {"fact": TITLES[fact].zh, "fact_en": TITLES[fact].en, "part": where}
    return subject.find("metadata-differs", form, wanted=right or "—", found=text or "—", **names)


def producers(subject: Subject, tree: PdfTree) -> Iterator[Diagnostic]:
    """A finding when the PDF names one program here and another there: who saved it last changed one only."""
    told = tree.text(tree.dictionary(tree.trailer.get("/Info")).get("/Producer"))
    right = xmp.read_xmp(tree.metadata).get(f"{xmp.PDF}Producer", "")
    if told and right and told != right:
        yield complain(subject, "producer", "pdf", right, told)


def untold(subject: Subject, places: Mapping[str, Facts]) -> list[Diagnostic]:
    """A finding for every document without title or language."""
    forms = {"docx", "pdf", "html"} & places.keys()
    return [
        subject.find("metadata-missing", form, fact=TITLES[fact].zh, fact_en=TITLES[fact].en)
        for form in sorted(forms)
        for fact in ("title", "language")
        if not getattr(places[form], fact)
    ]


def row(fact: str, right: str, said: Mapping[str, str]) -> Measurement:
    """A fact in the table of the report."""
    verdict = Verdict.HOLDS if set(said.values()) <= {right} else Verdict.FAILS
    texts = "; ".join(f"{name}: {text or '—'}" for name, text in said.items())
    return Measurement(TITLES[fact], "", right or "—", texts, verdict=verdict)

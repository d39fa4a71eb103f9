"""A report with its fonts in; the three documents, and what can be read back from them, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from reportgen.errors import ReportError
from reportgen.model.values import Date
from reportgen.partner import Channel, partner
from reportgen.verify.outline import Outline, html_outline, word_outline

if TYPE_CHECKING:
    from reportgen.model.report import Report
    from reportgen.render.fonts import FontSet
    from reportgen.verify.embedded_fonts import EmbeddedFont

T = TypeVar("T")

UNDATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The time in the files of a report whose date is still to be filled in."""

DOCX_MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Job:
    """What all documents of one build are drawn from; `source` is the report's text as it may go out."""

    report: Report
    outputs: tuple[str, ...]
    fonts: FontSet
    context: Mapping[str, Any]
    source: bytes
    moment: datetime

    @property
    def stem(self) -> str:
        """The name of the outputs."""
        return self.report.path.stem

    def name(self, output: str) -> str:
        """The file name of an output."""
        return f"{self.stem}.{output}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read back from a PDF."""

    pages: Outline
    fonts: tuple[EmbeddedFont, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """The documents asked for, by file name, and what is read back from all that were drawn."""

    files: Mapping[str, bytes]
    word: Outline
    pages: Mapping[str, Outline]
    facts: Facts | None


def moment_of(report: Report, epoch: int | None) -> datetime:
    """The one time in all files: the epoch when given, else the report's date."""
    if epoch is not None:
        return datetime.fromtimestamp(epoch, UTC)
    date = report.values.get(report.kind.fields["date"])
    return datetime(date.year, date.month, date.day, tzinfo=UTC) if isinstance(date, Date) else UNDATED


def outgoing_source(report: Report) -> bytes:
    """The report's text as it goes into the PDF: that of a final one without comments and remarks."""
    from reportgen.records.published_source import publish_source

    if report.is_draft:
        return report.source
    left_out = {report.kind.fields[role] for role in ("waivers",) if role in report.kind.fields}
    return publish_source(report.source, frozenset(left_out))


def make_all(job: Job, *, beside: bool) -> Made:
    """Draw every document, the Word file and the page always: they prove each other.

    With `beside` a forked process draws the Word file while this one loads the PDF engine, and reads the PDF
    back while this one draws the web page; whatever it does not deliver is done here.
    """
    wants_pdf = "pdf" in job.outputs
    with partner(lambda channel: assist(channel, job)) if beside and wants_pdf else nullcontext() as channel:
        if wants_pdf:
            import reportgen.render.pdf_engine  # noqa: F401 (half a second, while the other draws)
        page = make_page(job, "pdf")
        check_glyphs(job, page)
        docx = asked_of(channel, lambda: make_word(job))
        pdf = make_pdf(job, page, docx) if wants_pdf else b""
        with suppress(OSError):
            if channel:
                channel.send(pdf)
        web = make_page(job, "web")
        facts = asked_of(channel, lambda: read_back(pdf)) if wants_pdf else None
    drawn = {"docx": docx, "pdf": pdf, "html": web.encode()}
    files = {job.name(output): drawn[output] for output in job.outputs}
    return Made(files, word_outline(docx), {"pdf": html_outline(page), "html": html_outline(web)}, facts)


def check_glyphs(job: Job, page: str) -> None:
    """See that every character can be set; raises ReportError."""
    from reportgen.render.glyphs import find_missing_glyphs

    missing = find_missing_glyphs(page, job.report, job.fonts)
    if missing:
        raise ReportError(*missing)


def assist(channel: Channel, job: Job) -> None:
    """The other process's part."""
    channel.send(make_word(job))
    import pikepdf  # noqa: F401 (before the PDF comes)
    import pypdfium2  # noqa: F401

    channel.send(read_back(channel.receive()))


def asked_of(channel: Channel | None, work: Callable[[], T]) -> T:
    """What the other process made, or the work done here; only here does it say what went wrong."""
    if channel:
        with suppress(EOFError, OSError, UnpicklingError):
            return cast(T, channel.receive())
    return work()


def make_word(job: Job) -> bytes:
    """The Word file; raises KindError and VerificationError."""
    from hashlib import sha256

    from reportgen.render.docx import render_docx
    from reportgen.render.html import style_measure
    from reportgen.render.signature import place_signature

    kind, context = job.report.kind, job.context
    names, date, sealed = (
        [str(name) for name in context["signatures"]],
        str(context["date"]),
        context["sealed"],
    )
    measure = style_measure(job.fonts, kind.layout, "signature")
    signature = place_signature(names, date, sealed, measure, kind.layout)
    return render_docx(context, kind, signature, sha256(job.report.source).hexdigest(), job.moment)


def make_page(job: Job, target: str) -> str:
    """The page for the PDF or for the website; raises KindError."""
    from reportgen.render.html import render_html

    downloads = {output: job.name(output) for output in job.outputs if output != "html"}
    return render_html(job.context, job.report.kind, job.fonts, target, downloads)  # type: ignore[arg-type]


def make_pdf(job: Job, page: str, docx: bytes) -> bytes:
    """The PDF with the report and the Word file in it; raises KindError and ReportError."""
    from reportgen.render.html import pictures_of
    from reportgen.render.pdf import PdfAttachment, PdfInputs, render_pdf

    attachments = (
        PdfAttachment(job.report.path.name, job.source, "application/yaml", "报告的数据", "Source"),
        PdfAttachment(job.name("docx"), docx, DOCX_MEDIA, "Word文件", "Alternative"),
    )
    folders = (*job.report.kind.folders, job.report.path.parent)
    inputs = PdfInputs(job.fonts, pictures_of(job.context), folders, attachments, job.moment)
    return render_pdf(page, inputs)


def read_back(pdf: bytes) -> Facts:
    """The text and the fonts of a PDF."""
    from reportgen.verify.embedded_fonts import embedded_fonts
    from reportgen.verify.outline import pdf_pages

    return Facts(pdf_pages(pdf), embedded_fonts(pdf))

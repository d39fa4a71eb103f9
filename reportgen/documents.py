"""A report with its fonts in; each of its documents out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from reportgen.model.values import Date

if TYPE_CHECKING:
    from reportgen.model.report import Report
    from reportgen.render.fonts import FontSet
    from reportgen.render.html import Target
    from reportgen.render.pdf_inputs import PdfAttachment, PdfInputs
    from reportgen.render.revision import Revision

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
    revision: Revision | None = None

    @property
    def stem(self) -> str:
        """The name of the outputs."""
        return self.report.path.stem

    def name(self, output: str) -> str:
        """The file name of an output."""
        return f"{self.stem}.{output}"


def moment_of(report: Report, epoch: int | None) -> datetime:
    """The one time in all files: the epoch when given, else the report's date."""
    if epoch is not None:
        return datetime.fromtimestamp(epoch, UTC)
    date = report.values.get(report.kind.fields["date"])
    return datetime(date.year, date.month, date.day, tzinfo=UTC) if isinstance(date, Date) else UNDATED


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
    source = sha256(job.report.source).hexdigest()
    return render_docx(context, kind, signature, source, job.moment, job.revision)


def make_page(job: Job, target: Target) -> str:
    """The page for the PDF or for the website; raises KindError."""
    from reportgen.render.html import render_html
    from reportgen.render.revision import declare_on_page

    downloads = {output: job.name(output) for output in job.outputs if output != "html"}
    page = render_html(
        job.context,
        job.report.kind,
        job.fonts,
        target,
        downloads,
        job.revision,
    )
    return declare_on_page(page, job.revision)


def make_pdf(page: str, inputs: PdfInputs) -> bytes:
    """The PDF of a page; raises KindError and ReportError."""
    from reportgen.render.pdf import render_pdf

    return render_pdf(page, inputs)


def pdf_inputs(job: Job, attachments: Sequence[PdfAttachment]) -> PdfInputs:
    """What the PDF is made of besides its page."""
    from reportgen.render.html import picture_files
    from reportgen.render.pdf_inputs import PdfInputs

    folders = (*job.report.kind.folders, job.report.path.parent)
    return PdfInputs(job.fonts, picture_files(job.context), folders, attachments, job.moment, job.revision)


def attachments_of(job: Job, docx: bytes) -> tuple[PdfAttachment, ...]:
    """The files inside the PDF: the report it was made from, and the Word file."""
    from reportgen.render.pdf_inputs import PdfAttachment

    def describe(file: str) -> str:
        return str(job.report.kind.texts["embedded"][file])

    return (
        PdfAttachment(job.report.path.name, job.source, "application/yaml", describe("source"), "Source"),
        PdfAttachment(job.name("docx"), docx, DOCX_MEDIA, describe("docx"), "Alternative"),
    )

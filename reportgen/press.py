"""What is to be printed in; the documents, drawn side by side, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any

from reportgen.documents import Job, attachments_of, make_page, make_pdf, make_word, pdf_inputs
from reportgen.errors import ReportError

if TYPE_CHECKING:
    from reportgen.partner import Channel


@dataclass(frozen=True, slots=True)
class Made:
    """The documents asked for by file name.

    `drawn` holds every document by its form, also those that were only drawn to prove the others.
    """

    files: Mapping[str, bytes]
    drawn: Mapping[str, bytes]


def make_all(job: Job, printer: Channel | None) -> Made:
    """Draw every document, the Word file and the page always: they prove each other.

    The printer, if there is one, lays the page out while the Word file is drawn and compared here.
    """
    wants_pdf = "pdf" in job.outputs
    printer = printer if wants_pdf else None
    page = make_page(job, "pdf")
    check_template(job, page)
    check_glyphs(job, page)
    hand_over(printer, lambda: (page, pdf_inputs(job, ())))
    docx = make_word(job)
    hand_over(printer, lambda: attachments_of(job, docx))
    web = make_page(job, "web")
    check_template(job, web)
    drawn = {"docx": docx, "html": web.encode()}
    if wants_pdf:
        load_readers()
        drawn["pdf"] = printed(printer) or make_pdf(page, pdf_inputs(job, attachments_of(job, docx)))
    files = {job.name(output): drawn[output] for output in job.outputs}
    return Made(files, drawn)


def serve_as_printer(channel: Channel) -> None:
    """Load the PDF engine, then make one PDF of what comes in; what fails the other side does itself."""
    from reportgen.render.pdf_declarations import load_engine

    load_engine()
    page, inputs = channel.receive()
    channel.send(make_pdf(page, replace(inputs, attachments=Awaited(channel))))


@dataclass(frozen=True, slots=True)
class Awaited(Sequence[Any]):
    """Attachments that are waited for when they are first looked at."""

    channel: Channel
    come: list[Any] = field(default_factory=list)

    def all(self) -> list[Any]:
        """The attachments."""
        if not self.come:
            self.come.extend(self.channel.receive())
        return self.come

    def __len__(self) -> int:
        return len(self.all())

    def __getitem__(self, index: Any) -> Any:
        return self.all()[index]


def hand_over(printer: Channel | None, parts: Callable[[], Any]) -> None:
    """Send the printer what it needs next, if there is one and it still listens."""
    if printer:
        with suppress(OSError):
            printer.send(parts())


def printed(printer: Channel | None) -> bytes:
    """The PDF that the printer made; nothing when there is none or it failed."""
    if printer:
        with suppress(EOFError, OSError, UnpicklingError):
            return bytes(printer.receive())
    return b""


def check_template(job: Job, page: str) -> None:
    """See that a page is whole and stands for itself; raises KindError."""
    from reportgen.render.html import TEMPLATE
    from reportgen.render.page_checks import check_page

    check_page(page, str(job.report.kind.find_file(TEMPLATE)))


def check_glyphs(job: Job, page: str) -> None:
    """See that every character can be set; raises ReportError."""
    from reportgen.render.glyphs import find_missing_glyphs

    missing = find_missing_glyphs(page, job.report, job.fonts)
    if missing:
        raise ReportError(*missing)


def load_readers() -> None:
    """Load what reads the documents back, while the printer is still at work."""
    import reportgen.verify.furniture
    import reportgen.verify.glyphs
    import reportgen.verify.outline.expected
    import reportgen.verify.outline.html
    import reportgen.verify.outline.pdf_painted
    import reportgen.verify.outline.pdf_structure
    import reportgen.verify.twins
    import reportgen.verify.word_breaks
    import reportgen.verify.word_furniture  # noqa: F401

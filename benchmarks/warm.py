"""A report prepared so that its PDF can be rendered again and again in one process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def prepare_pdf(report: Path) -> Callable[[], bytes]:
    """A function that draws the report's page and renders its PDF, Word file attached, as a build does."""
    from reportgen.building import Order, in_silence, prepare, sound_report
    from reportgen.documents import attachments_of, make_page, make_pdf, make_word, pdf_inputs

    loaded, _ = sound_report(report, ())
    job, _ = prepare(loaded, ("docx", "pdf", "html"), Order((), None, (), None, in_silence, in_silence))
    word = make_word(job)

    def render() -> bytes:
        return make_pdf(make_page(job, "pdf"), pdf_inputs(job, attachments_of(job, word)))

    return render

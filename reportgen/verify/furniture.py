"""Documents in; whether every page bears its number outside, and the mark of a draft, as checks, out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.render.geometry import POINTS_PER_MM
from reportgen.verify.numberless import numberless_pages
from reportgen.verify.outline.elements import Outline, squeezed
from reportgen.verify.outline.pdf_painted import in_lines
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, judged

if TYPE_CHECKING:
    from reportgen.verify.glyphs import Glyph, GlyphPage
    from reportgen.verify.twins import Readings

NUMBER: Final = "— {} —"
"""The form of a page's number (GB/T 9704-2012 7.5) where no kind says another."""


def check_furniture(readings: Readings) -> tuple[Check, ...]:
    """The check of page numbers and of the draft's mark, in the PDF and the Word file."""
    subject = readings.subject
    found: list[Diagnostic] = []
    looked = []
    if isinstance(readings.outlines.get("pdf", 0), Outline | None):
        found += pdf_furniture(subject)
        pages = len(subject.glyphs)
        looked.append(Bilingual(f"PDF的{pages}页", f"{pages} pages of the PDF"))
    if "docx" in readings.sound:
        from reportgen.verify.word_furniture import word_furniture

        found += word_furniture(readings)
        looked.append(Bilingual("Word文件的页眉页脚", "headers and footers of the Word file"))
    if not looked:
        return ()
    summary = Bilingual("，".join(item.zh for item in looked), ", ".join(item.en for item in looked))
    return (judged("page-furniture", found, summary),)


def number_form(subject: Subject) -> str:
    """How a page's number is written, `{}` for itself."""
    return str(subject.kind.texts.get("page-number", NUMBER)) if subject.kind else NUMBER


def draft_mark(subject: Subject) -> str:
    """The mark of a draft; empty where no kind tells."""
    return str(subject.kind.texts.get("draft-mark", "")) if subject.kind else ""


def pdf_furniture(subject: Subject) -> Iterator[Diagnostic]:
    """What is wrong with the numbers and the marks of the pages of a PDF."""
    for page in subject.glyphs:
        yield from numbered(subject, page)
        yield from marked(subject, page)


def numbered(subject: Subject, page: GlyphPage) -> Iterator[Diagnostic]:
    """A finding when a page has not its number below the text, on the outside."""
    foot = page.height - float(subject.layout["margins"]["bottom"]) * float(POINTS_PER_MM)
    lines = list(in_lines([glyph for glyph in page.glyphs if glyph.base > foot]))
    wanted = number_form(subject).replace("{}", str(page.number))
    texts = ["".join(glyph.text for glyph in line) for line in lines]
    if page.number in numberless_pages(subject):
        if texts:
            shown = " ".join(texts)
            yield subject.find("page-number-differs", "pdf", page=page.number, wanted="—", found=shown)
        return
    bare = "".join(wanted.split())
    if bare not in texts:
        shown = " ".join(texts) or "—"
        yield subject.find("page-number-differs", "pdf", page=page.number, wanted=wanted, found=shown)
        return
    middle = middle_of(lines[texts.index(bare)])
    if (middle > page.width / 2) != bool(page.number % 2):
        yield subject.find("page-number-inside", "pdf", page=page.number)


def middle_of(line: list[Glyph]) -> float:
    """The middle of a line."""
    return (line[0].left + line[-1].right) / 2


def marked(subject: Subject, page: GlyphPage) -> Iterator[Diagnostic]:
    """A finding when a draft's page lacks the mark above the text, or a final one bears it."""
    mark = draft_mark(subject)
    if not mark or subject.report is None:
        return
    head = float(subject.layout["margins"]["top"]) * float(POINTS_PER_MM)
    text = "".join(glyph.text for glyph in page.glyphs if glyph.base < head)
    yield from draft_findings(subject, "pdf", squeezed(mark) in text, str(page.number))


def draft_findings(subject: Subject, form: str, has: bool, page: str | Bilingual) -> Iterator[Diagnostic]:
    """A finding when a page has a mark it should not have, or the other way round."""
    report: Any = subject.report
    if report.is_draft and not has:
        yield subject.find("draft-mark-missing", form, report.kind.fields["status"], page=page)
    elif has and not report.is_draft:
        yield subject.find("draft-mark-in-final", form, report.kind.fields["status"], page=page)

"""A subject in; whether its documents are one document, word for word, as checks, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.verify.outline.difference import Difference
from reportgen.verify.outline.differences import Comparison
from reportgen.verify.outline.elements import Outline
from reportgen.verify.outline.joining import join_pages
from reportgen.verify.subject import Subject
from reportgen.verify.twin_findings import Teller
from reportgen.verify.verification import Check, judged

if TYPE_CHECKING:
    from pikepdf import Pdf

    from reportgen.render.bookmarks import Bookmark
    from reportgen.render.package import Package
    from reportgen.render.word.markup import Element

TAGS: Final = frozenset({"label", "level"})
"""What a Word file does not tell of a table or a heading."""
BROKEN: Final = {"docx": "word-unreadable", "html": "page-unreadable", "pdf": "pdf-unreadable"}
SHOWN: Final = {
    "docx": Bilingual("Word文件", "Word file"),
    "html": Bilingual("网页", "page"),
    "pdf": Bilingual("PDF", "PDF"),
}

ALONE: Final = Bilingual(
    "只有PDF一个文件：比较了它的结构标记和页面上画出的文字",
    "the PDF alone: its structure was compared with what is painted on its pages",
)


@dataclass(frozen=True)
class Readings:
    """The outlines of a subject's documents, each read once. Not slotted: they are read when asked for."""

    subject: Subject

    @cached_property
    def outlines(self) -> Mapping[str, Outline | Diagnostic | None]:
        """The outline of every document by its form; the finding that tells why it cannot be read."""
        return {form: self.read(form) for form in ("docx", "html", "pdf") if form in self.subject.contents}

    def read(self, form: str) -> Outline | Diagnostic | None:
        """The outline of a form; None for a PDF without a structure."""
        readers = {"docx": self.read_docx, "html": self.read_html, "pdf": self.read_pdf}
        try:
            return readers[form]()
        except errors_of(form):
            return self.subject.find(BROKEN[form], form)

    @cached_property
    def package(self) -> Package:
        """The parts of the Word file."""
        from reportgen.render.package import read_package

        return read_package(self.subject.contents["docx"])

    @cached_property
    def parts(self) -> Mapping[str, Element]:
        """The trees of the Word file's text, headers and footers by the names of their parts."""
        from reportgen.render.bookmarks import printed_parts

        return printed_parts(self.package)

    @cached_property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The map in the Word file from its paragraphs to the report."""
        from reportgen.render.properties import read_map

        return read_map(self.package)

    def read_docx(self) -> Outline:
        """The outline of the Word file."""
        from reportgen.render.package import DOCUMENT
        from reportgen.verify.outline.word import read_word

        document = self.parts[DOCUMENT]
        return read_word(self.package, document, self.bookmarks, self.subject.layout)

    def read_html(self) -> Outline:
        """The outline of the page."""
        from reportgen.verify.outline.html import read_page

        return read_page(self.subject.contents["html"], self.subject.layout)

    @cached_property
    def pdf(self) -> Pdf:
        """The PDF, open."""
        from io import BytesIO

        from pikepdf import Pdf

        return Pdf.open(BytesIO(self.subject.contents["pdf"]))

    def read_pdf(self) -> Outline | None:
        """The outline of the PDF's structure."""
        from reportgen.verify.outline.pdf_structure import read_structure

        return read_structure(self.pdf, self.subject.glyphs)

    @cached_property
    def sound(self) -> Mapping[str, Outline]:
        """The outlines that could be read."""
        return {form: found for form, found in self.outlines.items() if isinstance(found, Outline)}

    @cached_property
    def broken(self) -> tuple[Diagnostic, ...]:
        """Why others could not."""
        return tuple(found for found in self.outlines.values() if isinstance(found, Diagnostic))

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """The place in the report of every text that the Word file tells it of."""
        word = self.sound.get("docx")
        return {text.text: text.path for text in word.texts() if text.path} if word else {}


def errors_of(form: str) -> tuple[type[Exception], ...]:
    """What reading a broken document raises; the libraries that read PDFs are loaded for PDFs only."""
    from lxml import etree

    from reportgen.render.package import PackageError

    own = (RecursionError, MemoryError, LookupError, ValueError, TypeError, AttributeError)
    if form != "pdf":
        return (*own, PackageError, etree.LxmlError)
    from pikepdf import PasswordError, PdfError
    from pypdfium2 import PdfiumError

    return (*own, PasswordError, PdfError, PdfiumError)


def check_twins(subject: Subject) -> tuple[Check, ...]:
    """Whether the documents say the same as each other, as their pages and as the report."""
    from reportgen.verify.furniture import check_furniture
    from reportgen.verify.text_layer import check_text_layer
    from reportgen.verify.word_breaks import check_breaks
    from reportgen.verify.word_format import check_format

    readings = Readings(subject)
    words = check_words(readings)
    found = (words, check_report(readings, words), check_text_layer(readings))
    alone = (*check_furniture(readings), *check_breaks(readings), check_format(readings))
    return tuple(check for check in (*found, *alone) if check)


def check_words(readings: Readings) -> Check | None:
    """The check that all documents have the same words; None for a single one that has nothing to compare."""
    from reportgen.verify.same_marks import mark_findings
    from reportgen.verify.same_pictures import picture_findings

    found = [*readings.broken, *twin_differences(readings), *painted_differences(readings)]
    found += [*picture_findings(readings), *mark_findings(readings)]
    if len(readings.outlines) < 2 and not found and not readings.sound.get("pdf"):
        return None
    if not readings.sound and readings.broken:
        return judged("twin-words", found, Bilingual("文件打不开，无法比较", "no file that can be read"))
    sizes = {form: len(outline.elements) for form, outline in readings.sound.items()}
    if len(readings.outlines) == 1:
        return judged("twin-words", found, ALONE)
    zh = "，".join(f"{SHOWN[form].zh}{size}" for form, size in sizes.items())
    en = ", ".join(f"{SHOWN[form].en} {size}" for form, size in sizes.items())
    summary = Bilingual(f"逐段逐格比较，一表算一段：{zh}", f"compared piece by piece: {en}")
    return judged("twin-words", found, summary)


def twin_differences(readings: Readings) -> Iterator[Diagnostic]:
    """The differences of every document from the first one there is; those from all others are told once."""
    first, *others = list(readings.sound) or [""]
    found = {other: differences(readings, first, other) for other in others}
    alone = alike(found["html"], found["pdf"]) if first == "docx" and len(others) > 1 else []
    yield from Teller(readings.subject, first, first, "others", readings.paths).tell(alone)
    known = {key_of(item) for item in alone}
    for other, items in found.items():
        teller = Teller(readings.subject, other, first, other, readings.paths)
        yield from teller.tell(item for item in items if key_of(item) not in known)
    if len(others) > 1:
        tags = [item for item in differences(readings, "html", "pdf") if item.form in TAGS]
        yield from Teller(readings.subject, "pdf", "html", "pdf", readings.paths).tell(tags)


def differences(readings: Readings, one: str, other: str) -> list[Difference]:
    """The differences of two documents."""
    first, second = readings.sound[one], readings.sound[other]
    if other == "pdf":
        second = join_pages(second, first)
    return list(Comparison(first, second).differences())


def alike(page: Sequence[Difference], pdf: Sequence[Difference]) -> list[Difference]:
    """The differences of the PDF, which tell the place on paper, that are the page's as well."""
    known = {key_of(item) for item in page}
    return [item for item in pdf if key_of(item) in known]


def key_of(item: Difference) -> tuple[object, ...]:
    """What is the same of two differences of one text from two documents."""
    return item.form, item.one, item.other, item.path, item.row, item.column, item.spot.paragraph


def painted_differences(readings: Readings) -> Iterator[Diagnostic]:
    """What the pages of a PDF show in other words or another order than its structure says."""
    from reportgen.verify.outline.pdf_painted import read_painted, without_blanks
    from reportgen.verify.pdf_bookmarks import bookmark_findings

    structure = readings.sound.get("pdf")
    if structure:
        pages = readings.subject.glyphs
        painted = read_painted(structure, pages)
        teller = Teller(readings.subject, "pdf", "pdf", "painted", readings.paths)
        yield from teller.tell(Comparison(without_blanks(structure), painted).differences())
        yield from untagged(readings, structure)
        yield from bookmark_findings(readings)


def untagged(readings: Readings, structure: Outline) -> Iterator[Diagnostic]:
    """Lines in the type area that the structure does not hold and that repeat no header of a table."""
    from reportgen.verify.outline.pdf_painted import loose_lines, repeated_texts

    subject = readings.subject
    known = repeated_texts(structure)
    for page, text in loose_lines(subject.glyphs, type_area(subject.layout)):
        if text not in known:
            yield subject.find("pdf-text-untagged", "pdf", page=page, text=text[:60])


def type_area(layout: Mapping[str, Any]) -> tuple[float, float]:
    """Where the type area begins and ends, from the page's top and bottom, in pt."""
    margins = layout["margins"]
    return float(margins["top"]) * 72 / 25.4, float(margins["bottom"]) * 72 / 25.4


def check_report(readings: Readings, words: Check | None) -> Check | None:
    """The check that the documents say what the report does; one of them will do while they are equal."""
    from reportgen.verify.outline.expected import expect, in_order_of

    report = readings.subject.report
    if report is None or not readings.sound:
        return None
    groups = expect(report)
    equal = words is not None and not words.diagnostics
    found: list[Diagnostic] = []
    for form, outline in list(readings.sound.items())[: 1 if equal else None]:
        wanted = in_order_of(groups, outline)
        if form == "pdf":
            outline = join_pages(outline, wanted)
        teller = Teller(readings.subject, form, form, "report", readings.paths)
        differences = Comparison(outline, wanted).differences()
        found += teller.tell(item for item in differences if item.other is not None)
    count = sum(len(group) for group in groups)
    return judged("report-words", found, Bilingual(f"报告的{count}项内容", f"{count} pieces of the report"))

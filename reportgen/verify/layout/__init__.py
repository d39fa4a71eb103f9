"""The documents of a subject in; each number of the standard beside what was measured in them out.

A PDF is measured by what is painted on its pages, so that it does not matter what made it: glyphs are put
together to lines (`lines`), each line gets its role (`roles`), known from the Word file beside it or by its
looks, and then every measurement that the layout declares is made (`page_geometry`, `text_setting`,
`title_shape`, `signature_place`, `page_number`, `page_ends`, `surroundings`, `table_fit`) and kept in a
`Protocol`. A Word file is measured by its sections and by the properties of its paragraphs in effect
(`word_layout`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.verification import Check, Verdict, judged

if TYPE_CHECKING:
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.word_paragraphs import WordFile
    from reportgen.verify.subject import Subject

PDF_LAYOUT: Final = "layout-pdf"
WORD_LAYOUT: Final = "layout-word"
TABLE_FIT: Final = "table-fit"
UNREADABLE: Final = Bilingual("文件无法读取", "the file cannot be read")


def check_layout(subject: Subject) -> tuple[Check, ...]:
    """The checks `layout-word`, `layout-pdf` and `table-fit` of the documents there are."""
    word = word_of(subject)
    checks = []
    if "docx" in subject.contents:
        checks.append(check_word(subject, word))
    if "pdf" in subject.contents:
        checks.extend(check_pdf(subject, word))
    return tuple(checks)


def word_of(subject: Subject) -> WordFile | None:
    """The Word file of a subject, or the one inside its PDF; None when there is none to be read."""
    from lxml.etree import XMLSyntaxError

    from reportgen.render.package import PackageError, read_package
    from reportgen.verify.layout.word_paragraphs import read_word

    content = subject.contents.get("docx") or attached_word(subject)
    try:
        return read_word(read_package(content)) if content else None
    except (PackageError, XMLSyntaxError, KeyError, ValueError):
        return None


def attached_word(subject: Subject) -> bytes:
    """The Word file that a PDF standing alone carries: its styles tell a red heading from a stray colour."""
    from reportgen.verify.opening import attached_as

    found = attached_as("/Alternative", subject.contents.get("pdf", b"")) if subject.report else ()
    return next((content for name, content in found if name.endswith(".docx")), b"")


def protocol_of(subject: Subject, form: str) -> Protocol:
    """An empty protocol for a document of a subject."""
    from reportgen.verify.layout.places import Places
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.standard import standard_of

    return Protocol(subject, standard_of(subject), form, Places(subject))


def check_word(subject: Subject, word: WordFile | None) -> Check:
    """The measurements of the Word file."""
    from reportgen.verify.layout.word_layout import measure_word

    if word is None:
        return unreadable(subject, "docx", WORD_LAYOUT)
    protocol = protocol_of(subject, "docx")
    measure_word(word, protocol)
    number = len(word.paragraphs)
    return protocol.check(WORD_LAYOUT, Bilingual(f"{number}个段落", f"{number} paragraphs"))


def check_pdf(subject: Subject, word: WordFile | None) -> tuple[Check, ...]:
    """The measurements of the PDF, and of its tables."""
    from pypdfium2 import PdfiumError

    from reportgen.verify.layout.page_ends import measure_ends
    from reportgen.verify.layout.page_geometry import measure_geometry
    from reportgen.verify.layout.page_number import measure_numbers
    from reportgen.verify.layout.pages import read_pages
    from reportgen.verify.layout.signature_place import measure_signature
    from reportgen.verify.layout.surroundings import measure_surroundings
    from reportgen.verify.layout.table_fit import measure_tables
    from reportgen.verify.layout.text_setting import measure_setting
    from reportgen.verify.layout.title_shape import measure_titles
    from reportgen.verify.layout.word_layout import known_paragraphs

    try:
        glyphs = subject.glyphs
    except PdfiumError:
        return (unreadable(subject, "pdf", PDF_LAYOUT),)
    protocol, tables = protocol_of(subject, "pdf"), protocol_of(subject, "pdf")
    known = known_paragraphs(word, protocol.standard) if word and subject.report else ()
    pages = read_pages(glyphs, known, protocol.standard)
    for measure in (
        measure_geometry,
        measure_setting,
        measure_titles,
        measure_signature,
        measure_numbers,
        measure_ends,
        measure_surroundings,
    ):
        measure(pages, protocol)
    measure_tables(pages, tables)
    lines, cells = len(pages.settings), sum(len(sheet.cells) for sheet in pages.sheets)
    return (
        protocol.check(
            PDF_LAYOUT, Bilingual(f"{len(glyphs)}页，{lines}行", f"{len(glyphs)} pages, {lines} lines")
        ),
        tables.check(TABLE_FIT, Bilingual(f"表格里{cells}处文字", f"{cells} texts in tables")),
    )


def unreadable(subject: Subject, form: str, name: str) -> Check:
    """A check whose document cannot be read."""
    check = judged(name, [subject.find("layout-unreadable", form)], UNREADABLE)
    return Check(name, Verdict.UNTOLD, UNREADABLE, diagnostics=check.diagnostics)

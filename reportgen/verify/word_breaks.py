"""A Word file and its report in; findings where lines were made equal by force, not by rule, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, Location
from reportgen.model.values import (
    Attachment,
    FreeTable,
    Heading,
    ListItem,
    Note,
    NumberedList,
    Paragraph,
    Prose,
)
from reportgen.render.bookmarks import Bookmark, paragraph_text, printed_parts, read_texts
from reportgen.render.package import read_package
from reportgen.render.printing import BLANKS
from reportgen.render.properties import read_map
from reportgen.render.word.markup import Element, name
from reportgen.verify.twin_findings import excerpts
from reportgen.verify.verification import Check, judged, left_out

if TYPE_CHECKING:
    from reportgen.model.report import Report
    from reportgen.verify.twins import Readings

BREAKS: Final = tuple(name(tag) for tag in ("br", "cr", "softHyphen", "noBreakHyphen", "ptab"))
BREAKING: Final = "\n\r\v\f\x85\u2028\u2029"
LINE_SPACING: Final = tuple(
    name(key)
    for key in (
        "line",
        "lineRule",
        "after",
        "afterLines",
        "beforeLines",
        "beforeAutospacing",
        "afterAutospacing",
    )
)
LETTER_SPACING: Final = tuple(
    name(tag) for tag in ("spacing", "w", "kern", "position", "fitText", "sz", "snapToGrid")
)
UNMAPPED: Final = Bilingual(
    "文件里没有与报告的对照，不是本程序生成的", "no map to a report inside: made by another program"
)
NAMED: Final = 20
"""How much of a paragraph without a place in the report is shown to find it by."""


def check_word_breaks(content: bytes, file: str, report: Report | None = None) -> tuple[Diagnostic, ...]:
    """Forced ends of lines and pages, spacing of single lines and letters, texts of the report in pieces."""
    package = read_package(content)
    return find_breaks(printed_parts(package).values(), read_map(package), file, report)


def find_breaks(
    trees: Iterable[Element], known: Iterable[Bookmark], file: str, report: Report | None
) -> tuple[Diagnostic, ...]:
    """The same of the trees of a Word file and the bookmarks of its map."""
    bookmarks = {bookmark.name: bookmark for bookmark in known}
    place = Location(file)
    found = [
        find(code, place, path, place=shown)
        for tree in trees
        for paragraph in tree.iter(name("p"))
        for path, shown in [_place(paragraph, bookmarks)]
        for code in _faults(paragraph)
    ]
    if report:
        found += [find("word-paragraph-split", place, path, place=path) for path in _split(report, bookmarks)]
    return tuple(found)


def _place(paragraph: Element, bookmarks: Mapping[str, Bookmark]) -> tuple[str, str]:
    starts = (str(start.get(name("name"))) for start in paragraph.iterchildren(name("bookmarkStart")))
    path = next((bookmarks[start].path for start in starts if start in bookmarks), "")
    return path, path or paragraph_text(paragraph)[:NAMED]


def _faults(paragraph: Element) -> Iterator[str]:
    forced = next(paragraph.iter(*BREAKS), None) is not None
    if forced or any(letter in BREAKING for letter in paragraph_text(paragraph)):
        yield "word-forced-break"
    spacing = paragraph.find(f"{name('pPr')}/{name('spacing')}")
    letters = (
        properties for run in paragraph.iter(name("r")) for properties in run.iterchildren(name("rPr"))
    )
    if (spacing is not None and any(key in spacing.attrib for key in LINE_SPACING)) or any(
        child.tag in LETTER_SPACING for properties in letters for child in properties
    ):
        yield "word-direct-spacing"


def _split(report: Report, bookmarks: Mapping[str, Bookmark]) -> Iterator[str]:
    """The places whose text no single paragraph holds."""
    pieces: dict[str, list[str]] = {}
    for bookmark in bookmarks.values():
        for piece in bookmark.pieces:
            pieces.setdefault(piece.path, []).append(piece.text)
    for prose in texts_of(tuple(report.values.values())):
        printed = pieces.get(prose.path, [])
        if printed and not all(BLANKS.sub(" ", str(prose)) in text for text in printed):
            yield prose.path


def texts_of(value: object) -> Iterator[Prose]:
    """Every text of running text inside a value, in order."""
    match value:
        case tuple():
            for item in value:
                yield from texts_of(item)
        case Paragraph(text=text) | Note(text=text):
            yield text
        case Heading(title=title, body=body):
            yield title
            yield from texts_of(body)
        case NumberedList(items=items):
            yield from texts_of(items)
        case ListItem(text=text, items=items):
            yield text
            yield from texts_of(items)
        case FreeTable(header=header, rows=rows, notes=notes):
            for row in (header, *rows, notes):
                yield from row
        case Attachment(body=body):
            yield from texts_of(body)


def check_breaks(readings: Readings) -> tuple[Check, ...]:
    """The checks that a Word file has no forced breaks, and that its texts are still those put in."""
    if "docx" not in readings.sound:
        return ()
    subject = readings.subject
    if subject.report is None and not readings.bookmarks:  # other programs set every line by hand
        return (left_out("word-breaks", UNMAPPED), check_texts(readings))
    found = find_breaks(readings.parts.values(), readings.bookmarks, subject.names["docx"], subject.report)
    count = sum(1 for tree in readings.parts.values() for _ in tree.iter(name("p")))
    told = Bilingual(f"{count}个段落", f"{count} paragraphs")
    return (judged("word-breaks", found, told), check_texts(readings))


def check_texts(readings: Readings) -> Check:
    """The check that the paragraphs are what the map in the file says; left out where there is no map."""
    count = len(readings.bookmarks)
    if not count:
        return left_out("word-texts", UNMAPPED)
    told = Bilingual(f"与文件内的对照核对了{count}处文字", f"{count} texts held against the map in the file")
    return judged("word-texts", tuple(_altered(readings)), told)


def _altered(readings: Readings) -> Iterator[Diagnostic]:
    """A finding for every paragraph that is not what the map in the file says was put there."""
    texts = read_texts(readings.parts.values())
    for bookmark in readings.bookmarks:
        text = texts.get(bookmark.name)
        if text != bookmark.text:
            one, two = excerpts(bookmark.text, text or "")
            shown = bookmark.path or bookmark.text[:NAMED]
            yield readings.subject.find(
                "word-text-altered", "docx", bookmark.path, place=shown, one=one, two=two
            )

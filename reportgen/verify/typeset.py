"""Both twins as pages of pieces in; the check that all their lines are the same out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.verify.full_lines import match_full_lines
from reportgen.verify.glyphs import read_glyphs
from reportgen.verify.lines import Page, Piece, read_pages
from reportgen.verify.matching import Difference, Likeness, Match, differences, match, match_across
from reportgen.verify.origins import Origins, read_origins
from reportgen.verify.verification import Check, judged

if TYPE_CHECKING:
    from reportgen.verify.subject import Subject

MOST: Final = 20
"""Findings of a check; what is more is counted."""
SHOWN: Final = 40
"""Characters of a line that are shown."""
NO_LINE: Final = Page(0, 0, 0, ())


@dataclass(frozen=True, slots=True)
class Twins:
    """The pages of the Word file as LibreOffice sets them and of the PDF, with what is the same on each.

    `office` is LibreOffice's PDF, `tool` what made it, `body` the type size of running text in pt, `full` the
    lines so full that LibreOffice's rounding lets one of the twins take a word more.
    """

    subject: Subject
    office: bytes
    tool: str
    word: tuple[Page, ...]
    pdf: tuple[Page, ...]
    body: float
    matches: tuple[Match, ...]
    origins: Origins
    full: tuple[Piece, ...] = ()


def read_twins(subject: Subject, office: bytes, tool: str) -> Twins:
    """The twins of a subject; raises PdfiumError when one of the PDFs cannot be read."""
    word, pdf = read_pages(read_glyphs(office)), read_pages(subject.glyphs)
    body = float(subject.layout["grid"]["size"])
    matches = tuple(
        match(one.pieces, other.pieces, body) for one, other in zip_longest(word, pdf, fillvalue=NO_LINE)
    )
    match_across(matches, body)
    page, margins = subject.layout["page"], subject.layout["margins"]
    edge = (float(page["width"]) - float(margins["right"])) * 72 / 25.4
    full = tuple(match_full_lines(matches, body, edge))
    return Twins(subject, office, tool, word, pdf, body, matches, read_origins(subject.report), full)


def compare_lines(twins: Twins) -> Check:
    """Whether every line of text and every line of a cell is the same in both, at the same place."""
    found = [
        difference
        for number, result in enumerate(twins.matches, 1)
        for difference in differences(number, result, twins.body)
    ]
    diagnostics = [described(twins, difference) for difference in found[:MOST]]
    if len(found) > MOST:
        rest = len(found) - MOST
        diagnostics.append(twins.subject.find("lines-more-differ", "docx", count=rest))
    for piece in twins.full[:MOST]:
        path = twins.origins.path(piece.text)
        diagnostics.append(twins.subject.find("line-full", "docx", path, pdf=piece.text[:SHOWN]))
    return judged("twin-lines", diagnostics, summary(twins, len(found)), tool=twins.tool)


def summary(twins: Twins, different: int) -> Bilingual:
    """How many lines were compared, and how many differ."""
    lines = sum(line[0].size >= twins.body for page in twins.pdf for line in page.lines)
    cells = sum(piece.size < twins.body for page in twins.pdf for piece in page.pieces)
    across = sum(result.across for result in twins.matches)
    zh = f"{len(twins.pdf)}页，{lines}行正文、{cells}行表格等小字"
    en = f"{len(twins.pdf)} pages, {lines} lines of text and {cells} lines of cells and other small type"
    zh, en = (f"{zh}，{different}处不同", f"{en}: {different} differ") if different else (
        f"{zh}逐行相同", f"{en}, all the same"
    )  # fmt: skip
    if across:
        zh += f"（其中{across}行是跨页单元格的标签，Word和PDF各在自己的一段里居中）"
        en += f" ({across} of them labels of cells across pages, which each twin centres in its own way)"
    return Bilingual(zh, en)


def described(twins: Twins, difference: Difference) -> Diagnostic:
    """The finding of a difference, at the place in the report its words come from."""
    word, pdf = difference.word, difference.pdf
    given = pdf or word
    path = twins.origins.path(given.text) if given else ""
    shown = dict(details(difference.likeness, word, pdf))
    return twins.subject.find(difference.likeness.value, "docx", path, page=difference.page, **shown)


def details(likeness: Likeness, word: Piece | None, pdf: Piece | None) -> Iterator[tuple[str, str]]:
    """What the message of a difference says of both pieces."""
    for side, piece in (("word", word), ("pdf", pdf)):
        if piece and likeness in (Likeness.TEXT, Likeness.WORD_ONLY, Likeness.PDF_ONLY):
            yield side, piece.text[:SHOWN]
        elif piece:
            yield "text", piece.text[:SHOWN]
            yield side, type_of(piece) if likeness is Likeness.FACE else place_of(piece)


def type_of(piece: Piece) -> str:
    """A piece's fonts and type size."""
    return f"{'+'.join(piece.faces)} {piece.size:g} pt".strip()


def place_of(piece: Piece) -> str:
    """Where a piece begins and ends and where its baseline is, in mm from the left and from the top."""
    left, right, base = (length * 25.4 / 72 for length in (piece.left, piece.right, piece.base))
    return f"x {left:.1f}–{right:.1f} mm, y {base:.1f} mm"

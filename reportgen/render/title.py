"""A report in; the lines of its titles as they are printed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from reportgen.model.titles import break_title, set_title
from reportgen.model.values import Prose, Segment
from reportgen.render.geometry import characters_per_line
from reportgen.render.outer_form import LETTER, fill, form_of, letter_lines

if TYPE_CHECKING:
    from reportgen.model.report import Report


def title_of(report: Report) -> tuple[Prose, ...]:
    """The title's lines, broken by sense: those of the letter, where the report is its attachment."""
    return letter_title(report) if form_of(report) == LETTER else report_title(report)


def letter_title(report: Report) -> tuple[Prose, ...]:
    """The lines of the title of the letter that the report is sent with."""
    return _given(report, letter_lines(report))


def report_title(report: Report) -> tuple[Prose, ...]:
    """The lines of the report's own title: the given ones, else the kind's own."""
    path = report.kind.fields.get("title", "")
    given: Any = report.values.get(path)
    if given:
        return _given(report, given)
    organ = report.root.get(report.kind.fields["organ"])
    at = organ.location if organ else report.root.location
    forms = tuple(fill(report, line) for line in report.kind.texts["title"])
    return tuple(
        Prose(f"{path}[{index}]", (Segment(part),), at, computed=True)
        for index, part in enumerate(break_title(forms, *_setting(report)))
    )


def attachment_title(report: Report, title: Prose) -> tuple[Prose, ...]:
    """The lines of the title of an attachment that has pages of its own."""
    return _given(report, (title,))


def _given(report: Report, given: Sequence[Prose]) -> tuple[Prose, ...]:
    """Lines of a title as they are set: each new one comes from the given one that it begins in."""
    texts = tuple(map(str, given))
    lines = set_title(texts, *_setting(report))
    if lines == texts:
        return tuple(given)
    ends = tuple(accumulate(map(len, texts)))
    starts = (0, *accumulate(map(len, lines[:-1])))
    origins = (next(line for line, end in zip(given, ends, strict=True) if start < end) for start in starts)
    return tuple(replace(line, segments=(Segment(part),)) for line, part in zip(origins, lines, strict=True))


def _setting(report: Report) -> tuple[Sequence[str], Sequence[str], Decimal]:
    """Where titles may be broken, where not, and how many characters a line of one holds."""
    texts = report.kind.texts
    room = characters_per_line(report.kind.layout, "title")
    return texts.get("title-words", ()), texts.get("title-wholes", ()), room


def titles_as_set(report: Report) -> frozenset[tuple[str, ...]]:
    """The lines of every title of a report's documents, without blanks."""
    attached: Any = report.values.get(report.kind.fields.get("attachments", "")) or ()
    titles = (
        title_of(report),
        report_title(report),
        *(attachment_title(report, item.title) for item in attached),
    )
    return frozenset(tuple("".join(str(line).split()) for line in title) for title in titles)

"""Last year's texts in; the edits that advance their years, bind or mark their figures, out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from reportgen.model.edits.edit import Edit, Remark, Replace
from reportgen.model.edits.sheet import Sheet
from reportgen.model.forms import Steps
from reportgen.model.report import Report
from reportgen.model.review.figures.entries import Entry
from reportgen.model.review.figures.examination import examine
from reportgen.model.review.figures.lines import steps_of
from reportgen.model.review.passages import Passage
from reportgen.model.review.review import Review

TITLE: Final = re.compile("《[^《》]*+》")
RANGE: Final = re.compile("([0-9]{4})年?[^，。；]{0,8}[至—～~–－-]\\Z")
UNCOUNTED: Final = ("year", "date", "name", "range")
SHOWN: Final = 12
"""Figures named in one comment."""

Marks = dict[Steps, list[str]]


def edit_texts(report: Report, sheet: Sheet, year: int) -> Iterator[Edit]:
    """The edits of every text of last year's report."""
    review = Review(report)
    years: Marks = defaultdict(list)
    for passage in review.passages:
        yield from advance_years(passage, year, years)
    figures: Marks = defaultdict(list)
    yield from bind_figures(review, figures)
    marks = report.kind.draft.get("marks", {})
    for mark, found in (("year", years), ("figure", figures)):
        by_spot: Marks = defaultdict(list)
        for steps, words in found.items():
            by_spot[sheet.nearest(steps)] += words
        for steps, words in by_spot.items():
            if steps and mark in marks:
                named = "、".join(list(dict.fromkeys(words))[:SHOWN])
                yield Remark(steps, marks[mark].format(found=named))


def advance_years(passage: Passage, year: int, marks: Marks) -> Iterator[Edit]:
    """The report's year and the one after it, where typed, a year later; others near it are only marked."""
    titles = [match.span() for match in TITLE.finditer(passage.text)]
    for match in re.finditer(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年)", passage.text):
        start, end = match.span()
        if passage.names(start, end) is not None:
            continue
        is_fixed = any(first < start < last for first, last in titles)
        found, before = int(match[0]), RANGE.search(passage.text[max(0, start - 16) : start])
        is_range = before is not None and before[1] != match[0]
        if found in (year, year + 1) and not is_fixed and not is_range:
            yield Replace(passage.place(start, end), str(found + 1))
        elif abs(found - year) <= 1:
            marks[steps_of(passage.path.partition("#")[0])].append(f"{match[0]}年")


def bind_figures(review: Review, marks: Marks) -> Iterator[Edit]:
    """Expressions in the place of figures that agree with the tables; the other typed ones are marked."""
    found = examine(review)
    for entry in found.entries if found else ():
        line, numeral = entry.line, entry.numeral
        if not entry.verdict and numeral.sense in ("count", *UNCOUNTED):
            continue
        is_word = not re.search("[0-9０-９]", entry.written)
        if numeral.sense in UNCOUNTED or is_word or line.names(numeral.start, numeral.end) is not None:
            continue
        term = expression(entry)
        digits = re.compile("[0-9]+").match(line.text, numeral.start)
        if term and digits and line.passage and not line.is_lone:
            yield Replace(line.place(*digits.span()), f"{{{{ {term} }}}}")
        else:
            path = line.passage.path if line.passage else line.path
            marks[steps_of(path.partition("#")[0])].append(entry.written)


def expression(entry: Entry) -> str:
    """The expression that gives a figure of the tables; empty when the figure is not simply that."""
    numeral, reading = entry.numeral, entry.reading
    if entry.verdict != "agrees" or reading is None or numeral.scale or numeral.bound:
        return ""
    written = entry.line.text[numeral.start : numeral.end].removesuffix(numeral.unit)
    if numeral.sense != "count" or not re.fullmatch("[0-9]+", written) or int(written) != reading.value:
        return ""
    return " + ".join(cell.path for cell in reading.cells)

"""Years and statistical periods in the text in; those that are not the report's out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.model.review.texts import Stretch, alternatives, passages_of, pattern, sentences
from reportgen.model.review.wording import cell_at

if TYPE_CHECKING:
    from reportgen.model.review.guide import Task

DIGITS: Final = str.maketrans("０１２３４５６７８９〇零○一二三四五六七八九", "0123456789000123456789")
YEAR: Final = re.compile(
    r"(?<![0-9０-９〇零○一二三四五六七八九])([0-9０-９]{4}|[二][〇零○一二三四五六七八九]{3})(?=年)"
)
PERIOD: Final = re.compile(
    r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日?起?[，,]?(?:至|到|[-—－–~～]{1,2})"
    r"(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})日"
)
MOST: Final = 200
"""Years of one passage that are looked at; a real one holds a few."""
NEAR: Final = 8
"""Characters before and after a year that tell what it is about."""


def year_of(task: Task) -> int | None:
    """The year of the report."""
    report = task.subject.report
    cell = cell_at(report.names.values, report.kind.fields["year"])
    return cell.figure if cell and isinstance(cell.figure, int) else None


def check_years(task: Task) -> Iterator[Diagnostic]:
    """Years near the report's own where the report speaks of itself or of its year's work.

    `own` matches what follows a year that must be the report's; `work` what follows one in a statement of
    work done; `before` and `after` what makes it another matter; `future` marks a sentence about plans.
    """
    year = year_of(task)
    for passage in passages_of(task.subject, task.fields) if year else ():
        for match in islice(YEAR.finditer(passage.text), MOST):
            given = int(match[1].translate(DIGITS))
            stretch = Stretch(passage, *match.span())
            if not year or given == year or abs(given - year) > task.data["reach"]:
                continue
            if passage.names(*match.span()) is None and _is_wrong(task, stretch, year, given):
                yield task.find(stretch, text=stretch.sentence().text.strip(), year=year, given=given)


def _is_wrong(task: Task, stretch: Stretch, year: int, given: int) -> bool:
    data, sentence = task.data, stretch.sentence().text
    before, after = stretch.around(NEAR, 2 * NEAR)
    if data.get("any"):
        return True
    if pattern(data["before"]).search(before):
        return False
    if pattern(data["own"]).match(after):
        return True
    if str(year) in sentence.translate(DIGITS) or pattern(data["after"]).match(after):
        return False
    if given > year and (
        stretch.passage.field in data["next"] or alternatives(tuple(data["future"])).search(sentence)
    ):
        return False
    return bool(pattern(data["work"]).match(after))


def check_periods(task: Task) -> Iterator[Diagnostic]:
    """Statistical periods, in sentences `about` them, that are not the whole year of the report."""
    year = year_of(task)
    wanted = (year, 1, 1, year, 12, 31)
    for passage in passages_of(task.subject, task.fields) if year else ():
        for sentence in sentences(passage):
            match = (
                PERIOD.search(sentence.text) if pattern(task.data["about"]).search(sentence.text) else None
            )
            if match and tuple(int(part or match[1]) for part in match.groups()) != wanted:
                start, end = (sentence.start + offset for offset in match.span())
                period = Bilingual(f"{year}年1月1日至12月31日", f"1 January to 31 December {year}")
                yield task.find(Stretch(passage, start, end), given=match[0], wanted=period)

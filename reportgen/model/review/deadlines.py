"""The dates of a report in; those that lie after a deadline or before the year is over out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.model.formats import parse_date
from reportgen.model.review.years import year_of
from reportgen.model.values import Date

if TYPE_CHECKING:
    from reportgen.model.review.guide import Task


def check_deadlines(task: Task) -> Iterator[Diagnostic]:
    """Dates after the day `latest` (MM-DD) of the year after the report's, or before its day `earliest`.

    Of several dates that are late only the first is told.
    """
    year, names = year_of(task), task.subject.report.names.values
    given = [(field, names.get(field)) for field in task.fields]
    for field, day in given if year else ():
        if not isinstance(day, Date) or not year:
            continue
        latest, earliest = (limit(year + 1, task.data.get(word)) for word in ("latest", "earliest"))
        if latest and order(day) > order(latest):
            yield task.find(field, place=field, given=spoken(day), wanted=spoken(latest))
            return
        if earliest and order(day) < order(earliest):
            yield task.find(field, place=field, given=spoken(day), wanted=spoken(earliest))


def limit(year: int, day: str | None) -> Date | None:
    """A day (MM-DD) of a year."""
    return parse_date(f"{year}-{day}") if day else None


def order(day: Date) -> tuple[int, int, int]:
    """What sorts dates."""
    return day.year, day.month, day.day


def spoken(day: Date) -> Bilingual:
    """A date as it is printed, and as it is entered."""
    return Bilingual(f"{day.year}年{day.month}月{day.day}日", f"{day.year}-{day.month:02}-{day.day:02}")

"""A corrected or withdrawn report in; the notice that goes out with it, as a report of its own, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reportgen.errors import ReportError
from reportgen.model.changes.notice import Line, table_lines
from reportgen.model.formats import sentence
from reportgen.model.kind import load_kind
from reportgen.model.quoting import write_scalar, write_value
from reportgen.model.report import read_report
from reportgen.model.values import Date, Prose
from reportgen.records.revisions import notice_name
from reportgen.render.context import describe_report

if TYPE_CHECKING:
    from reportgen.model.changes.change import Change
    from reportgen.model.forms import Plain
    from reportgen.model.kind import Kind
    from reportgen.model.report import Loaded, Report

KINDS: Final[Mapping[str, str]] = {"corrected": "correction-notice", "withdrawn": "withdrawal-notice"}
"""The kind of the notice of an event; an office may have one of its own of the same name."""
NUMBER: Final = re.compile(r"\d[\d.,]{9,}")
"""A number that a cell of the table may be too narrow for: it must not go on in a second line."""
MOST_ROWS: Final = 400
"""Rows of one table; what is more goes into a further one."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a notice is about: the event, the revision before and the new one (the same when taken back).

    `carried` are the official terms of figures that next year's report goes on from.
    """

    report: Report
    event: str
    before: int
    revision: int
    reason: str
    date: Date
    changes: Sequence[Change] = ()
    carried: Sequence[str] = ()


def write_notice(occasion: Occasion, kinds: Sequence[Path]) -> Loaded:
    """The notice as a report that was read; raises ReportError when it cannot be one, KindError."""
    kind = load_kind(KINDS[occasion.event], kinds)
    text = "\n".join(lines(occasion, kind)) + "\n"
    name = notice_name(occasion.report.path.stem, occasion.event, occasion.revision)
    path = occasion.report.path.with_name(f"{name}.yaml")
    loaded = read_report(text.encode(), path, kind=kind)
    if loaded.report is None:
        raise ReportError(*loaded.diagnostics)
    return loaded


def lines(occasion: Occasion, kind: Kind) -> Iterator[str]:
    """The lines of the notice's report file."""
    report, words = occasion.report, kind.texts["notice"]
    name, date = describe_report(report)["page_title"], occasion.date
    fields = {role: str(key) for role, key in kind.fields.items()}
    rows = table_lines(occasion.changes, report, words) if "comparison" in fields else ()
    known = {"report": name, "before": occasion.before, "revision": occasion.revision, "count": len(rows)}
    yield f"{fields['kind']}: {write_scalar(kind.title)}"
    yield f"{fields['year']}: {given(report, 'year')}"
    yield f"{fields['organ']}: {write_scalar(given(report, 'organ'))}"
    yield f"{fields['about']}: {write_scalar(name)}"
    yield f"{fields['status']}: {kind.vocabulary['final']}"
    yield f"{fields['date']}: {date.year:04}-{date.month:02}-{date.day:02}"
    yield f"{lead_of(kind)}: {prose(str(words['lead']).format(**known))}"
    yield from listed(fields["reason"], [sentence(occasion.reason, str(kind.texts["full-stop"]))])
    if "comparison" in fields:
        yield from tables(fields["comparison"], rows, occasion.reason, kind)
    remarks = [str(words["kept"]).format(**known)]
    if occasion.carried:
        remarks.append(str(words["next"]).format(terms="；".join(occasion.carried)))
    yield from listed(fields["remarks"], remarks)
    yield from signature(report, fields)


def lead_of(kind: Kind) -> str:
    """The key of what stands before the first heading: the first running text that has none."""
    headings = kind.texts["headings"]
    return next(key for key in kind.fields_of_type("blocks") if key not in headings)


def given(report: Report, role: str) -> str:
    """What a report says in the field of a role."""
    value = report.values.get(report.kind.fields[role])
    return getattr(value, "written", None) or str(value)


def prose(text: str, *, flow: bool = False) -> str:
    """A text as prose that is printed as it is: nothing in it is an expression."""
    return write_scalar(literal(text), flow=flow)


def literal(text: str) -> str:
    """A text in which nothing is an expression."""
    return text.replace("{{", "{{ '{{' }}")


def listed(key: str, texts: Sequence[str]) -> Iterator[str]:
    """A field of paragraphs."""
    yield f"{key}:"
    yield from (f"  - {prose(text)}" for text in texts)


def tables(key: str, rows: Sequence[Line], reason: str, kind: Kind) -> Iterator[str]:
    """The field that compares before and after."""
    words, block = kind.texts["notice"], kind.blocks["table"]
    widths = [str(width) for width in words["widths"]]
    yield f"{key}:"
    numbered = list(enumerate(rows, 1))
    for start in range(0, len(numbered), MOST_ROWS):
        yield f"  - {block['key']}:"
        yield f"      {block['header']}: {write_value(list(words['header']))}"
        yield f"      {block['widths']}: {write_value(list(widths))}"
        yield f"      {block['rows']}:"
        for number, line in numbered[start : start + MOST_ROWS]:
            yield f"        - {write_value(cells(number, line, reason, words))}"


def cells(number: int, line: Line, reason: str, words: Mapping[str, Any]) -> Plain:
    """The cells of a row; the reason stands in the first row of all, or is said to stand above."""
    first = str(words["above"]) if NUMBER.search(reason) else reason
    why = first if number == 1 else str(words["same"])
    return [str(number), *map(literal, (line.term, line.before, line.after, why, line.effects))]


def signature(report: Report, fields: Mapping[str, str]) -> Iterator[str]:
    """The names under the notice, and whether it is sealed, as in the report."""
    names = report.values.get(report.kind.fields["signature"])
    if isinstance(names, tuple) and names:
        texts: Plain = [str(name) for name in names if isinstance(name, Prose)]
        yield f"{fields['signature']}: {write_value(texts)}"
    if report.values.get(report.kind.fields["sealed"]):
        yield f"{fields['sealed']}: {report.kind.vocabulary['yes']}"

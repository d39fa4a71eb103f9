"""A report in; the sheet its leaders sign before it goes out (发文稿纸), as a report of its own, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from reportgen.errors import ReportError
from reportgen.model.kind import load_kind
from reportgen.model.quoting import write_scalar, write_value
from reportgen.model.report import read_report
from reportgen.model.values import Attachment, Cell, Date, Mark, Prose
from reportgen.render.context import describe_report
from reportgen.render.printing import printed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportgen.building import Build
    from reportgen.model.kind import Kind
    from reportgen.model.report import Loaded, Report

KIND: Final = "dispatch-sheet"
"""The kind of the sheet; an office may have one of its own of the same name."""
OWN: Final = "sheet."
"""What the names of a report's 发文稿纸 begin with in the kind's words."""


def asks_for_sheet(report: Report) -> bool:
    """Whether a report is to have a sheet."""
    key = report.kind.fields.get("sheet", "")
    return bool(key) and report.root.get(key) is not None


def make_sheet(report: Report, outputs: Sequence[str], **wishes: Any) -> Build | None:
    """The documents of the sheet, in memory, in those of its outputs that are asked for (all when none is).

    None when none of them is one of the sheet's; `wishes` are those of `build`. Its source is no file: what
    it was made from is the report.
    """
    from reportgen.building import build

    kinds = wishes.get("kinds", ())
    loaded = write_sheet(report, kinds)
    known = loaded.report.kind.outputs if loaded.report else ()
    chosen = [name for name in known if name in outputs or not outputs]
    if not chosen:
        return None
    made = build(loaded, outputs=chosen, **wishes)
    return replace(made, inputs=made.inputs[1:])


def write_sheet(report: Report, kinds: Sequence[Path]) -> Loaded:
    """The sheet as a report that was read; raises ReportError when it cannot be one, KindError."""
    kind = load_kind(KIND, kinds)
    text = "\n".join(lines(report, kind)) + "\n"
    stem = str(kind.texts["sheet"]["stem"]).replace("{}", report.path.stem)
    loaded = read_report(text.encode(), report.path.with_name(f"{stem}.yaml"), kind=kind)
    if loaded.report is None:
        raise ReportError(*loaded.diagnostics)
    return loaded


def lines(report: Report, kind: Kind) -> Iterator[str]:
    """The lines of the sheet's report file."""
    fields = kind.fields
    yield f"{fields['kind']}: {write_scalar(kind.title)}"
    for role in ("year", "organ"):
        yield f"{fields[role]}: {write_scalar(text_of(report, role, kind))}"
    yield f"{fields['status']}: {kind.vocabulary['draft' if report.is_draft else 'final']}"
    yield f"{fields['date']}: {day_of(report, kind)}"
    for role in ("approval", "work", "matter", "printing"):
        yield from table(report, kind, role)


def day_of(report: Report, kind: Kind) -> str:
    """The date of the report as files have it."""
    date = report.values.get(report.kind.fields["date"])
    unknown = str(kind.vocabulary["unknown"])
    return f"{date.year:04}-{date.month:02}-{date.day:02}" if isinstance(date, Date) else unknown


def table(report: Report, kind: Kind, role: str) -> Iterator[str]:
    """A part of the sheet: boxes under their names, or rows of a name and what is filled in."""
    words, form = kind.blocks["table"], kind.texts["sheet"][role]
    cells: Mapping[str, str] = form.get("cells") or form["rows"]
    filled = {str(name): text_of(report, str(source), kind) for name, source in cells.items()}
    yield f"{kind.fields[role]}:"
    yield f"  - {words['key']}:"
    if "cells" in form:
        yield f"      {words['header']}: {write_value(list(filled))}"
        yield f"      {words['height']}: {form['height']}"
        rows = [list(filled.values())]
    else:
        yield f"      {words['header']}: {write_value(list(form['header']))}"
        rows = [[name, text] for name, text in filled.items()]
    yield f"      {words['widths']}: {write_value([str(width) for width in form['widths']])}"
    yield f"      {words['rows']}:"
    yield from (f"        - {write_value([literal(text) for text in row])}" for row in rows)


def literal(text: str) -> str:
    """A text in which nothing is an expression."""
    return text.replace("{{", "{{ '{{' }}")


def text_of(report: Report, source: str, kind: Kind) -> str:
    """What a report says in the field of a role, or in its 发文稿纸; nothing where it says nothing."""
    if source == "title":
        return describe_report(report)["page_title"]
    if source.startswith(OWN):
        own = report.values.get(report.kind.fields["sheet"])
        value = own.get(source.removeprefix(OWN)) if isinstance(own, Mapping) else None
    else:
        value = report.values.get(report.kind.fields.get(source, ""))
    return said(value, report, str(kind.texts["sheet"]["joint"]))


def said(value: Any, report: Report, joint: str) -> str:
    """A value of a report as text; what is not known yet is left to be written by hand."""
    if isinstance(value, tuple):
        return joint.join(said(item, report, joint) for item in value)
    if isinstance(value, Attachment):
        return str(value.title)
    if isinstance(value, Prose):
        return "" if any(part.mark is Mark.GAP for part in value.segments) else str(value)
    if isinstance(value, Cell | Date):
        return "".join(part.text for part in printed(value, report.kind.texts))
    return ""

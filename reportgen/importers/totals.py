"""The figures of a workbook in; a finding for every total that is not the sum of its parts, out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reportgen.diagnostics import Diagnostic, Location
from reportgen.importers.collected import Entry
from reportgen.model.formulas import add_up
from reportgen.model.kind import Kind
from reportgen.model.values import UNKNOWN, Cell, Number, State


def check_totals(kind: Kind, entries: Mapping[str, Entry]) -> tuple[Diagnostic, ...]:
    """The findings of the kind's formulas, each at its cell of the workbook."""
    cells = {
        path: as_cell(path, entries.get(path)) for table in kind.tables.values() for path in table.figures
    }
    found = add_up(cells, kind.formulas, kind.catalogue).diagnostics
    return tuple(finding for finding in found if finding.code in kind.catalogue)


def as_cell(path: str, entry: Entry | None) -> Cell:
    """A figure as the model knows it; unknown when it was left blank."""
    if entry is None:
        return Cell(path, UNKNOWN, "", State.UNKNOWN, Location(""))
    return Cell(path, number(entry.text), entry.text, State.ENTERED, entry.parts[0][0])


def number(text: str) -> Number:
    """A figure as a number; what is not applicable counts 0."""
    return int(text) if text.isdigit() else Decimal(text) if text[:1].isdigit() else 0

"""A workbook file in; the figures and fields on it, and findings at their cells, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Listed, Location
from reportgen.importers.book import Book, read_book
from reportgen.importers.collected import Collected, Entry
from reportgen.importers.plan import LIST_TOP, REST_ROW, Plan, Slot, make_plan, range_name
from reportgen.importers.squares import Grid, Square
from reportgen.importers.standing import Standing, find_table, locate
from reportgen.importers.totals import check_totals
from reportgen.model.formats import decimal_text
from reportgen.model.kind import Kind, list_kinds, load_kind
from reportgen.model.scalars import CHECKS
from reportgen.model.tables import StatutoryTable

KIND: Final = "reportgen.kind"
DIGITS: Final = 15
"""Significant digits of a number in a workbook; what comes after them is error of computing."""
MOST_PLACES: Final = 30
MOST_STRAYS: Final = 20
TRUTHS: Final = {"0": "FALSE", "1": "TRUE"}
"""What a spreadsheet shows of a truth value."""


def read_workbook(data: bytes, file: str, kinds: Sequence[Path] = ()) -> Collected | Diagnostic:
    """What a collection workbook says; only a finding when it cannot be read as one at all."""
    book = read_book(data, file)
    if isinstance(book, Diagnostic):
        return book
    kind = recognise(book, kinds)
    return kind if isinstance(kind, Diagnostic) else Reader(book, make_plan(kind)).read()


def recognise(book: Book, kinds: Sequence[Path]) -> Kind | Diagnostic:
    """The kind a workbook was made for: as it says itself, else by the titles of its sheets."""
    entries = list_kinds(kinds)
    name = book.constants.get(KIND)
    if entry := next((entry for entry in entries if entry.name == name), None):
        return load_kind(entry.folder, kinds)
    if name is None:
        for entry in entries:
            kind = load_kind(entry.folder, kinds)
            if kind.tables and kind.tables.keys() <= book.grids.keys():
                return kind
    return find("workbook-of-no-kind", Location(book.file), known=Listed(each.name for each in entries))


@dataclass(slots=True)
class Reader:
    """Reads one workbook."""

    book: Book
    plan: Plan
    figures: dict[str, Entry] = field(default_factory=dict)
    fields: dict[str, Entry] = field(default_factory=dict)
    blank: dict[str, int] = field(default_factory=dict)
    rest: set[str] = field(default_factory=set)
    found: list[Diagnostic] = field(default_factory=list)

    def read(self) -> Collected:
        """Everything on every sheet."""
        if self.book.has_links:
            self.found.append(find("workbook-links", Location(self.book.file)))
        self._read_fields()
        for table in self.plan.kind.tables.values():
            self._read_table(table)
        for key in self.plan.lists:
            self._read_list(key)
        if not any(finding.code == "workbook-label-changed" for finding in self.found):
            self.found += check_totals(self.plan.kind, self.figures)
        totals = {formula.total for formula in self.plan.kind.formulas}
        figures = {path: entry for path, entry in self.figures.items() if path not in totals}
        found = tuple(self.found)
        return Collected(
            self.book.file, self.plan.kind, figures, self.fields, self.blank, frozenset(self.rest), found
        )

    def _read_fields(self) -> None:
        forms = self.plan.kind.schema["properties"]
        for slot in self.plan.fields:
            place = self.book.names.get(range_name("field", slot.path))
            sheet = place.sheet if place else self.plan.title("fields")
            grid = self.book.grids.get(sheet)
            if grid is None:
                continue
            row, column = (place.row, place.column) if place else (slot.row, slot.column)
            square = grid.square(row, column)
            text = square.text.strip() if square.text else ""
            if square.form == "number":
                text = plain(text) or text
            where = locate(self.book, grid, row, column)
            wrong = CHECKS[slot.form](text, forms[slot.path], self.plan.kind.vocabulary) if text else None
            if wrong:
                self.found.append(find(wrong.code, where, slot.path, **dict[str, Any](wrong.arguments)))
            elif text:
                self.fields[slot.path] = Entry(text, ((where, text),))

    def _read_table(self, table: StatutoryTable) -> None:
        standing = find_table(self.book, self.plan, table)
        if isinstance(standing, Diagnostic):
            self.found.append(standing)
            return
        self.found += standing.diagnostics
        if standing.diagnostics:
            return
        self._read_rest(table, standing)
        for slot in standing.slots:
            self._read_slot(standing.grid, slot)
        entered = [slot for slot in standing.slots if not slot.is_total]
        blank = [slot.path for slot in entered if slot.path not in self.figures]
        if table.name in self.rest:
            spoilt = {finding.path for finding in self.found}
            for slot in (slot for slot in entered if slot.path in blank and slot.path not in spoilt):
                where = locate(self.book, standing.grid, slot.row, slot.column)
                self.figures[slot.path] = Entry("0", ((where, "0"),))
        elif blank:
            self.blank[table.name] = len(blank)
            where = Location(self.book.file, cell=f"{standing.grid.title}")
            words = self.plan.kind.vocabulary
            self.found.append(
                find(
                    "workbook-blank",
                    where,
                    table.name,
                    name=table.name,
                    count=len(blank),
                    unknown=words["unknown"],
                    box=self.plan.word("rest"),
                )
            )
        self._tell_strays(table, standing)

    def _read_rest(self, table: StatutoryTable, standing: Standing) -> None:
        place = self.book.names.get(range_name("rest", table.name))
        row, column = (place.row, place.column) if place else (REST_ROW, max(2, len(table.columns) // 2))
        square = standing.grid.square(row, column)
        if (square.text or "").strip() == self.plan.kind.vocabulary["yes"]:
            self.rest.add(table.name)

    def _read_slot(self, grid: Grid, slot: Slot) -> None:
        """One figure; a cell that is merged with others, or out of sight, is told."""
        where = locate(self.book, grid, slot.row, slot.column)
        area = grid.merge(slot.row, slot.column)
        square = grid.square(slot.row, slot.column)
        cell = self.plan.kind.tables[slot.path.partition(".")[0]].cells[slot.path]
        rows, columns = (area[2] - area[0] + 1, area[3] - area[1] + 1) if area else (1, 1)
        if area and (area[:2] != (slot.row, slot.column) or rows > cell.rowspan or columns > cell.colspan):
            self.found.append(find("workbook-cell-merged", where, slot.path, place=slot.path))
            return
        if not square.is_blank and not slot.is_total and grid.hides(slot.row, slot.column):
            self.found.append(find("workbook-hidden", where, slot.path, place=slot.path))
        text = self._figure(square, slot, where)
        if text is not None:
            self.figures[slot.path] = Entry(text, ((where, text),))

    def _figure(self, square: Square, slot: Slot, where: Location) -> str | None:
        """The figure in a square in the form a report writes it; None when it is blank or cannot be read."""
        words = self.plan.kind.vocabulary
        text = (square.text or "").strip()
        if square.is_formula and square.text is None:
            if not slot.is_total:  # a total is computed anyway
                self.found.append(find("workbook-formula-uncomputed", where, slot.path))
            return None
        if square.form in ("error", "truth"):
            value = TRUTHS.get(text, text) if square.form == "truth" else text[:40]
            self.found.append(find("workbook-cell-error", where, slot.path, value=value))
            return None
        if text in ("", words["unknown"]):
            return None
        if square.form == "number":
            text = plain(text) or text
        elif slot.is_waivable and text == words["not-applicable"]:
            return text
        if square.is_formula and not slot.is_total:
            self.found.append(find("workbook-formula", where, slot.path, value=text[:40]))
        return self._checked(text, slot, where, is_text=square.form == "text")

    def _checked(self, text: str, slot: Slot, where: Location, *, is_text: bool) -> str | None:
        flaw = CHECKS[slot.form](text, {}, self.plan.kind.vocabulary)
        if flaw is None:
            return text
        meant = flaw.arguments.get("meant")
        if meant and is_text:
            self.found.append(find("workbook-text-figure", where, slot.path, value=text[:40], meant=meant))
            return meant
        self.found.append(find(flaw.code, where, slot.path, **dict[str, Any](flaw.arguments)))
        return None

    def _tell_strays(self, table: StatutoryTable, standing: Standing) -> None:
        """Figures on a table's sheet that stand in no cell of the table."""
        grid = standing.grid
        top = min(slot.row for slot in standing.slots)
        known = {(slot.row, slot.column) for slot in standing.slots}
        for slot in standing.slots:
            area = grid.merge(slot.row, slot.column)
            if area:
                known |= {(r, c) for r in range(area[0], area[2] + 1) for c in range(area[1], area[3] + 1)}
        labels = {label.label for row in table.rows for label in row if label.is_label}
        strays = [
            place
            for place, square in sorted(grid.squares.items())
            if place not in known and place[0] >= top and (square.text or "") not in labels
            and (square.text or "").strip()
        ]  # fmt: skip
        for row, column in strays[:MOST_STRAYS]:
            value = (grid.square(row, column).text or "")[:40]
            self.found.append(
                find("workbook-stray", locate(self.book, grid, row, column), table.name, value=value)
            )

    def _read_list(self, key: str) -> None:
        """Figures under names of the author's own, one a row."""
        place = self.book.names.get(range_name("list", key))
        grid = self.book.grids.get(place.sheet if place else self.plan.title(key))
        if grid is None:
            return
        top, column = (place.row, place.column) if place else (LIST_TOP, 1)
        rows = sorted({row for row, at in grid.squares if row >= top and at in (column, column + 1)})
        for row in rows:
            self._read_row(key, grid, row, column)

    def _read_row(self, key: str, grid: Grid, row: int, column: int) -> None:
        name = (grid.square(row, column).text or "").strip()
        square = grid.square(row, column + 1)
        where = locate(self.book, grid, row, column + 1)
        if not name and square.is_blank:
            return
        path = f"{key}.{name}"
        if wrong := self._name_fault(path, name):
            at, case = locate(self.book, grid, row, column), "" if name else "blank"
            self.found.append(find(wrong, at, path, name=name[:40], case=case))
            return
        if grid.hides(row, column):
            self.found.append(find("workbook-hidden", where, path, place=path))
        text = self._figure(square, Slot(path, "figure", row, column + 1), where)
        if text is not None:
            self.figures[path] = Entry(text, ((where, text),))

    def _name_fault(self, path: str, name: str) -> str:
        """The code of what is wrong with a name; empty when nothing is."""
        steps = name.split(".")
        if not name or not all(step.isidentifier() for step in steps) or len(steps) > 5:
            return "workbook-name"
        inside = (known for known in self.figures if f"{known}.".startswith(f"{path}."))
        around = (known for known in self.figures if f"{path}.".startswith(f"{known}."))
        return "workbook-name-twice" if any(inside) or any(around) else ""


def plain(text: str) -> str | None:
    """A number of a workbook without exponent and without errors of computing; None when it is none."""
    try:
        number = Decimal(f"{Decimal(text):.{DIGITS}g}")
    except (InvalidOperation, ValueError):
        return None
    if not number.is_finite() or abs(number.adjusted()) > MOST_PLACES:
        return None
    return decimal_text(number.normalize()) if number else "0"

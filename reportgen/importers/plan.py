"""A kind in; the sheets of its collection workbook, and the cell of every figure and field on them, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from reportgen.diagnostics import Listed
from reportgen.errors import KindError
from reportgen.model.chain import Chain, describe, merge, read_data
from reportgen.model.kind import Kind
from reportgen.model.kind_files import WORKBOOK
from reportgen.model.misfits import Misfit, misfit
from reportgen.model.shape import find_misshapes
from reportgen.model.strays import nearest
from reportgen.model.tables import StatutoryTable

STEM: Final = "workbook"
"""The data file of a kind that holds the words of its workbook."""
TABLE_TOP: Final = 4
"""The row of a sheet on which a statutory table begins; above it are its title, a word and the rest line."""
LIST_TOP: Final = 4
REST_ROW: Final = 3
LONGEST_TITLE: Final = 31
"""Characters of a sheet's title, as Excel allows."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell to be filled in, rows and columns from 1: `path` is the official key or path it stands for."""

    path: str
    form: str
    row: int
    column: int
    is_total: bool = False
    is_waivable: bool = False


@dataclass(frozen=True)
class Plan:
    """Where everything stands in the collection workbook of a kind. Not slotted: it is worked out on use."""

    kind: Kind
    data: Mapping[str, Any]

    def word(self, key: str, **values: str) -> str:
        """Words of the workbook with the kind's vocabulary filled in."""
        return str(self.data["words"][key]).format(**{**self.kind.vocabulary, **values})

    @cached_property
    def fields(self) -> tuple[Slot, ...]:
        """The report's own short fields, on the first sheet."""
        forms = self.kind.schema["properties"]
        return tuple(
            Slot(key, str(forms[key]["x-type"]), row, 2)
            for row, key in enumerate(self.data["fields"], LIST_TOP)
        )

    @cached_property
    def tables(self) -> Mapping[str, tuple[Slot, ...]]:
        """The figures of every statutory table by its name."""
        return {name: tuple(self._slots(table)) for name, table in self.kind.tables.items()}

    @property
    def lists(self) -> tuple[str, ...]:
        """The fields that hold figures under names of the author's own."""
        return self.kind.fields_of_type("figures")

    def _slots(self, table: StatutoryTable) -> Iterator[Slot]:
        totals = {formula.total for formula in self.kind.formulas}
        for path, figure in table.figures.items():
            cell = table.cells[path]
            row, column = cell.row + TABLE_TOP, cell.column + 1
            yield Slot(path, figure.form, row, column, path in totals, figure.waivable)

    def title(self, key: str) -> str:
        """The title of the sheet of a table, of a field or of one of the workbook's own."""
        return re.sub(r"[\[\]:*?/\\]", "", self.data["sheets"].get(key, key))[:LONGEST_TITLE]


def make_plan(kind: Kind) -> Plan:
    """The plan of a kind's workbook; raises KindError when its data file is not as it should be."""
    data: Any = {}
    for folder in reversed(kind.folders):
        file = folder / f"{STEM}.yaml"
        data = merge(data, read_data(file)) if file.is_file() else data
    misshapes = find_misshapes(data, WORKBOOK, {})
    known = kind.schema["properties"]
    misfits = [Misfit(m.code, (STEM, *m.at, *([m.key] if m.key else [])), m.arguments) for m in misshapes]
    if not misshapes:
        misfits = [
            misfit("kind-name-unknown", (STEM, "fields", number), name=key, known=Listed(nearest(key, known)))
            for number, key in enumerate(data["fields"])
            if "x-type" not in known.get(key, {})
        ]
    if misfits:
        raise KindError(*describe(misfits, Chain(kind.folders, {STEM: data})))
    return Plan(kind, data)


def range_name(role: str, path: str) -> str:
    """The defined name that ties a cell to a path; characters no name may hold are written as numbers."""
    return f"{role}." + re.sub(r"[^\w.]|_", lambda match: f"_{ord(match[0]):x}_", path)


def column_letters(column: int) -> str:
    """The letters of a column, counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """A cell as people write it: `D7`."""
    return f"{column_letters(column)}{row}"

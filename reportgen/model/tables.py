"""The declaration of a statutory table in; its grid of labels and figures, which all drawings follow, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

EMPTY: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a table's grid: a label, or the place of a figure.

    `row` and `column` count from 0; `path` is the place of the figure in the report, with dots between the
    names, empty for a label; `scope` is that of an HTML header cell, empty when the label heads nothing.
    """

    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    label: str = ""
    path: str = ""
    scope: str = ""
    align: str = "center"

    @property
    def is_label(self) -> bool:
        """Whether this is a label and not a figure."""
        return not self.path

    @property
    def area(self) -> Iterator[tuple[int, int]]:
        """Every square of the grid that the cell covers, as (row, column)."""
        rows = range(self.row, self.row + self.rowspan)
        columns = range(self.column, self.column + self.colspan)
        return ((row, column) for row in rows for column in columns)


@dataclass(frozen=True, slots=True)
class FigureType:
    """What one figure of a table may be: `form` is `count` or `amount`, `unit` its official unit.

    `waivable` says that `/` (not applicable) may stand for it.
    """

    path: str
    form: str
    unit: str
    waivable: bool


@dataclass(frozen=True, slots=True)
class StatutoryTable:
    """A statutory table as the notice prescribes it. Lengths in mm; rows and columns count from 0.

    `column_headers` maps a row of column labels inside the body to the rows it heads, for tables without
    a head. `cells` holds the cell of each figure by its path, `squares` the cell on each square of the grid.
    """

    name: str
    caption: str
    columns: tuple[Decimal, ...]
    heights: tuple[Decimal, ...]
    header_rows: int
    rows: tuple[tuple[GridCell, ...], ...]
    figures: Mapping[str, FigureType]
    axes: Mapping[str, tuple[str, ...]]
    column_headers: Mapping[int, tuple[int, ...]]
    cells: Mapping[str, GridCell] = field(repr=False, compare=False)
    squares: Mapping[tuple[int, int], GridCell] = field(repr=False, compare=False)

    def row_labels(self, path: str) -> tuple[str, ...]:
        """The labels to the left of a figure, outermost first."""
        cell = self.cells[path]
        left = (self.squares[cell.row, column] for column in range(cell.column))
        return tuple(dict.fromkeys(label.label for label in left if label.is_label and label.label))

    def column_labels(self, path: str) -> tuple[str, ...]:
        """The labels above a figure that head its column, outermost first."""
        cell = self.cells[path]
        inside = (row for row, headed in self.column_headers.items() if cell.row in headed)
        above = (self.squares[row, cell.column] for row in (*range(self.header_rows), *inside))
        return tuple(dict.fromkeys(label.label for label in above if label.is_label and label.label))

    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """The labels of every figure and group by its path, but for those that head the whole table."""
        heads = {path: (*self.row_labels(path), *self.column_labels(path)) for path in self.figures}
        named: dict[str, tuple[str, ...]] = dict(heads)
        for path, labels in heads.items():
            steps = path.split(".")
            for group in (".".join(steps[:end]) for end in range(1, len(steps))):
                named[group] = tuple(label for label in named.get(group, labels) if label in labels)
        general = named.get(self.name, ())
        return {
            path: tuple(label for label in labels if label not in general) for path, labels in named.items()
        }


def waivable_groups(table: StatutoryTable) -> frozenset[str]:
    """The groups of figures, by path, that may be not applicable as a whole."""
    waivable: dict[str, bool] = {}
    for path, figure in table.figures.items():
        steps = path.split(".")
        for group in (".".join(steps[:end]) for end in range(2, len(steps))):
            waivable[group] = waivable.get(group, True) and figure.waivable
    return frozenset(group for group, may in waivable.items() if may)


class TableError(Exception):
    """A declaration that makes no table: `code` and `arguments` of the finding, `at` the place in it."""

    def __init__(self, code: str, at: tuple[str | int, ...], **arguments: object) -> None:
        """Keep what the finding needs."""
        super().__init__(code)
        self.code, self.at, self.arguments = code, at, arguments


def read_table(name: str, declared: Mapping[str, Any]) -> StatutoryTable:
    """The table of a declaration whose shape is right. Raises TableError when the grid does not come out."""
    columns = tuple(Decimal(str(width)) for width in declared["columns"])
    header_rows = int(declared.get("header-rows", 0))
    headers = _read_headers(declared.get("column-headers", EMPTY))
    heads = frozenset(range(header_rows)) | headers.keys()
    rows = _lay_out(name, declared, len(columns), heads)
    return StatutoryTable(
        name=name,
        caption=str(declared.get("caption", name)),
        columns=columns,
        heights=_read_heights(declared["heights"], len(rows)),
        header_rows=header_rows,
        rows=rows,
        figures=_read_figures(name, declared, rows),
        axes={axis: tuple(names) for axis, names in declared.get("axes", EMPTY).items()},
        column_headers=headers,
        cells={cell.path: cell for row in rows for cell in row if cell.path},
        squares={square: cell for row in rows for cell in row for square in cell.area},
    )


def _read_headers(declared: Mapping[Any, Any]) -> Mapping[int, tuple[int, ...]]:
    return {int(row) - 1: tuple(int(headed) - 1 for headed in rows) for row, rows in declared.items()}


def _read_heights(declared: Any, rows: int) -> tuple[Decimal, ...]:
    if not isinstance(declared, list):
        return (Decimal(str(declared)),) * rows
    if len(declared) != rows:
        raise TableError("table-heights", ("heights",), given=len(declared), needed=rows)
    return tuple(Decimal(str(height)) for height in declared)


def _lay_out(
    name: str, declared: Mapping[str, Any], columns: int, heads: frozenset[int]
) -> tuple[tuple[GridCell, ...], ...]:
    spread = [str(item) for item in declared.get("spread", ())]
    taken: set[tuple[int, int]] = set()
    rows = []
    for number, row in enumerate(declared["rows"]):
        placed = []
        for item in (part for cell in row for part in _spread_out(cell, spread)):
            column = next(c for c in range(columns + 1) if (number, c) not in taken)
            cell = _place(name, item, number, column, number in heads)
            _occupy(taken, cell, columns, len(declared["rows"]))
            placed.append(cell)
        if any((number, column) not in taken for column in range(columns)):
            filled = sum((number, column) in taken for column in range(columns))
            raise TableError("table-row", ("rows", number), row=number + 1, filled=filled, columns=columns)
        rows.append(tuple(placed))
    return tuple(rows)


def _spread_out(cell: Any, spread: list[str]) -> list[Mapping[str, Any]]:
    if isinstance(cell, str):
        cell = {"figure" if cell.startswith("=") else "label": cell.removeprefix("=")}
    declared: Mapping[str, Any] = cell
    if not str(declared.get("figure", "")).endswith(".*"):
        return [declared]
    return [{**declared, "figure": f"{declared['figure'][:-2]}.{name}"} for name in spread]


def _place(name: str, item: Mapping[str, Any], row: int, column: int, heads_column: bool) -> GridCell:
    figure = str(item.get("figure", ""))
    scope = "" if figure else str(item.get("scope", "col" if heads_column else "row"))
    return GridCell(
        row=row,
        column=column,
        rowspan=int(item.get("rowspan", 1)),
        colspan=int(item.get("colspan", 1)),
        label=str(item.get("label", "")),
        path=f"{name}.{figure}" if figure else "",
        scope="" if scope == "none" else scope,
        align=str(item.get("align", "center")),
    )


def _occupy(taken: set[tuple[int, int]], cell: GridCell, columns: int, rows: int) -> None:
    area = set(cell.area)
    if area & taken or any(row >= rows or column >= columns for row, column in area):
        raise TableError("table-overlap", ("rows", cell.row), row=cell.row + 1, label=cell.label or cell.path)
    taken |= area


def _read_figures(
    name: str, declared: Mapping[str, Any], rows: tuple[tuple[GridCell, ...], ...]
) -> Mapping[str, FigureType]:
    paths = [cell.path for row in rows for cell in row if cell.path]
    groups = {path[:end] for path in paths for end, letter in enumerate(path) if letter == "."}
    for path, times in Counter(paths).items():
        if times > 1 or path in groups:
            raise TableError("table-figure-twice", ("rows",), figure=path)
    return {path: _read_figure(path, path.removeprefix(f"{name}."), declared) for path in paths}


def _read_figure(path: str, inner: str, declared: Mapping[str, Any]) -> FigureType:
    def nearest(prefixes: Mapping[str, Any], default: str) -> str:
        fitting = [prefix for prefix in prefixes if f"{inner}.".startswith(f"{prefix}.")]
        return str(prefixes[max(fitting, key=len)]) if fitting else default

    waivable = any(f"{inner}.".startswith(f"{prefix}.") for prefix in declared.get("not-applicable", ()))
    form = nearest(declared.get("types", EMPTY), str(declared.get("type", "count")))
    unit = nearest(declared.get("units", EMPTY), str(declared.get("unit", "")))
    return FigureType(path, form, unit, waivable)

"""A table of a copy that the report knows no cell of in; the author's table it becomes in the report out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reportgen.absorbing.zones import escaped
from reportgen.edited.numbering import BLANKS
from reportgen.model.exhibits import MOST_COLUMNS, MOST_ROWS

if TYPE_CHECKING:
    from reportgen.absorbing.pairing import Paired
    from reportgen.absorbing.plan import Plan
    from reportgen.model.forms import Plain

EDGES = " \t\u3000"


def table_of(plan: Plan, paired: Paired) -> tuple[Paired, ...]:
    """The paragraphs of the table that a paragraph stands in; none when the report knows one of them."""
    square, part = paired.paragraph.square, paired.paragraph.part
    cells = tuple(
        other
        for other in plan.pairing.paragraphs
        if square and other.paragraph.square and other.paragraph.part == part
        and other.paragraph.square[0] == square[0]
    )  # fmt: skip
    return () if any(cell.bases or cell.number in plan.current for cell in cells) else cells


def as_table(plan: Plan, cells: Sequence[Paired]) -> Plain | None:
    """The block of a new table; None for one with merged cells or more in a cell than a line of text."""
    rows = grid_of(cells)
    part, square = cells[0].paragraph.part, cells[0].paragraph.square
    if rows is None or square is None or (part, square[0]) in plan.merged_tables:
        return None
    header, *others = rows
    if not others or not all(header) or len(header) > MOST_COLUMNS or len(others) > MOST_ROWS:
        return None
    words = {role: plan.draft.block("table", role) for role in ("key", "header", "rows")}
    inner: Mapping[str, Plain] = {words["header"]: list(header), words["rows"]: [list(row) for row in others]}
    return {words["key"]: dict(inner)}


def grid_of(cells: Sequence[Paired]) -> list[list[str]] | None:
    """The texts of a table by rows; None where rows differ in length or a cell holds more than a text."""
    rows: dict[int, dict[int, str]] = {}
    for cell in cells:
        paragraph = cell.paragraph
        assert paragraph.square is not None
        _, row, column = paragraph.square
        text = BLANKS.sub(" ", paragraph.text).strip(EDGES)
        odd = paragraph.pictures or paragraph.strange or "\n" in text or "\t" in text
        if odd or column in rows.setdefault(row, {}):
            return None
        rows[row][column] = escaped(text)
    columns = {len(row) for row in rows.values()}
    return [list(row.values()) for row in rows.values()] if len(columns) == 1 else None

"""The numbers of a report's texts in; a table for people, or JSON for programs, out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reportgen.diagnostics import Language
from reportgen.language import word
from reportgen.model.review.figures.listing import Row
from reportgen.reporters.excerpts import shown, width
from reportgen.reporters.records import json_text, location_record

COLUMNS: Final = ("figures place", "figures text", "figures cell", "figures value", "figures verdict")
GAP: Final = "  "


def figures_text(name: str, rows: Sequence[Row], language: Language) -> str:
    """A table of the numbers, its columns aligned under wide characters."""
    head = tuple(word(column, language) for column in COLUMNS)
    lines = [head, *(_cells(row, language) for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(COLUMNS))]
    title = word("figures of", language, name=shown(name), count=len(rows))
    return "\n".join([title, *(_line(line, widths) for line in lines)]) + "\n"


def _cells(row: Row, language: Language) -> tuple[str, ...]:
    place = f"{row.location.line}:{row.location.column}"
    text = shown(f"{row.before}【{row.written}】{row.after}".replace("\n", " "))
    return place, text, shown(row.cell or "-"), row.value or "-", word(f"verdict {row.verdict}", language)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (room - width(cell)) for cell, room in zip(cells, widths, strict=True)]
    return GAP.join(padded).rstrip()


def figures_json(rows: Sequence[Row]) -> str:
    """The numbers as a JSON list."""
    return json_text([_record(row) for row in rows])


def _record(row: Row) -> dict[str, Any]:
    return {
        "location": location_record(row.location),
        "path": row.path,
        "text": row.before + row.written + row.after,
        "figure": row.written,
        "cell": row.cell,
        "value": row.value,
        "verdict": row.verdict,
    }

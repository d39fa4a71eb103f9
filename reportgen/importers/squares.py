"""The XML of a sheet in; its squares with what stands in them, what is merged and what is hidden, out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from reportgen.importers.parts import RefusalError, local, parse

ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
MOST_SQUARES: Final = 100_000
MOST_MERGES: Final = 2000
LONGEST: Final = 2000
"""Characters of a text that are kept."""


@dataclass(frozen=True, slots=True)
class Square:
    """What stands in one square: `form` is `number`, `text`, `truth` or `error`; `text` may be blank.

    A formula's text is what the program that saved the file computed; None when none did.
    """

    form: str
    text: str | None
    is_formula: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands there."""
        return not self.is_formula and not (self.text or "").strip()


BLANK: Final = Square("text", "")
Area = tuple[int, int, int, int]
"""First row and column, last row and column, from 1."""


@dataclass(slots=True)
class Grid:
    """A sheet as read: squares by row and column from 1."""

    title: str
    is_hidden: bool = False
    squares: dict[tuple[int, int], Square] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def square(self, row: int, column: int) -> Square:
        """What stands in a square."""
        return self.squares.get((row, column), BLANK)

    def merge(self, row: int, column: int) -> Area | None:
        """The merged area that a square belongs to."""
        return next((a for a in self.merges if a[0] <= row <= a[2] and a[1] <= column <= a[3]), None)

    def text(self, row: int, column: int) -> str:
        """The text seen on a square, which may be that of a merged area."""
        area = self.merge(row, column)
        return (self.square(*(area[:2] if area else (row, column))).text or "").strip()

    def hides(self, row: int, column: int) -> bool:
        """Whether a square is out of sight."""
        columns = any(first <= column <= last for first, last in self.hidden_columns)
        return self.is_hidden or row in self.hidden_rows or columns


def place_of(address: str) -> tuple[int, int] | None:
    """Row and column, from 1, of `D7` or `$D$7`; None for anything else."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def whole(text: str, default: int = 0) -> int:
    """A whole number of an attribute, as far as a sheet reaches."""
    return int(text) if re.fullmatch("[0-9]{1,7}", text) else default


class SquareReader:
    """Reads one sheet by expat's events."""

    def __init__(self, grid: Grid, shared: list[str]) -> None:
        """Take where to put what is read, and the texts that sheets share."""
        self.grid, self.shared = grid, shared
        self.row = self.column = 0
        self.form = ""
        self.inside: list[str] = []
        self.value: list[str] | None = None
        self.has_formula = False

    def read(self, content: bytes) -> None:
        """Read the sheet; raises RefusalError."""
        handlers = {"StartElementHandler": self.start, "EndElementHandler": self.end}
        parse(content, {**handlers, "CharacterDataHandler": self.data})

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = local(name)
        self.inside.append(name)
        match name:
            case "row":
                self.row, self.column = whole(attributes.get("r", ""), self.row + 1), 0
                if is_true(attributes.get("hidden")) or attributes.get("ht") == "0":
                    self.grid.hidden_rows.add(self.row)
            case "c":
                place = place_of(attributes.get("r", "")) or (self.row, self.column + 1)
                self.row, self.column = place
                self.form, self.value, self.has_formula = attributes.get("t", "n"), None, False
            case "f":
                self.has_formula = True
            case "col" if is_true(attributes.get("hidden")) or attributes.get("width") == "0":
                first, last = (whole(attributes.get(end, "")) for end in ("min", "max"))
                self.grid.hidden_columns.append((first, last))
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def data(self, words: str) -> None:
        """Text inside an element."""
        if self.inside and (self.inside[-1] == "v" or self._is_inline()):
            self.value = [*(self.value or []), words]

    def _is_inline(self) -> bool:
        return self.inside[-1] == "t" and "is" in self.inside and "rPh" not in self.inside

    def end(self, _: str) -> None:
        """An element ends."""
        if self.inside.pop() == "c":
            text = None if self.value is None else "".join(self.value)[:LONGEST]
            square = self._square(text)
            if not square.is_blank:
                self.grid.squares[self.row, self.column] = square
            if len(self.grid.squares) > MOST_SQUARES:
                raise RefusalError("workbook-too-large")

    def _square(self, text: str | None) -> Square:
        if self.form == "s" and text is not None:
            number = whole(text, -1)
            if not 0 <= number < len(self.shared):
                raise RefusalError("workbook-damaged")
            return Square("text", self.shared[number], self.has_formula)
        forms = {"n": "number", "b": "truth", "e": "error"}
        return Square(forms.get(self.form, "text"), text, self.has_formula)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = place_of(first), place_of(last or first)
        if start and end:
            self.grid.merges.append((*start, *end))
        if len(self.grid.merges) > MOST_MERGES:
            raise RefusalError("workbook-too-large")


def is_true(text: str | None) -> bool:
    """Whether an attribute says yes."""
    return text in ("1", "true")

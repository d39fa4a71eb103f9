"""A topic, an act and a column in; the cells they mean, what these hold, and whether a number agrees, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from reportgen.model.formats import round_half_up
from reportgen.model.review.figures.numerals import SCALES, Numeral
from reportgen.model.values import Cell, Unknown

COLUMN: Final = "{列}"
ALL: Final = ".*"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to count a quantity: the sum of `cells`; `text` is how the kind writes it.

    `value` is None while a cell is unknown.
    """

    text: str
    cells: tuple[Cell, ...]
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a number counts: the readings, any of which is right, and the words that may follow the number.

    `key` is the topic and the act; a difference of what `is_soft` is no contradiction, only odd.
    """

    key: tuple[str, str]
    readings: tuple[Reading, ...]
    counters: tuple[str, ...]
    is_soft: bool = False

    def is_within(self, other: Quantity) -> bool:
        """Whether its cells are some of another's."""
        others = {cell.path for cell in other.readings[0].cells}
        return {cell.path for cell in self.readings[0].cells} < others

    @property
    def known(self) -> tuple[Reading, ...]:
        """The readings whose cells are all known."""
        return tuple(reading for reading in self.readings if reading.value is not None)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The figures of a report's tables, asked in the words of its kind's figures.yaml.

    `units` are those of the cells, `sums` the ways in which each total is added up.
    """

    data: Mapping[str, Any]
    cells: Mapping[str, Cell]
    units: Mapping[str, str]
    sums: Mapping[str, Sequence[tuple[str, ...]]]

    def quantity(self, topic: str, act: str = "", column: str = "") -> Quantity | None:
        """What a topic and an act (none: the topic alone) name together, None when they name nothing."""
        declared = self.data["quantities"].get(topic, {})
        texts = declared.get("acts", {}).get(act) if act else declared.get("whole")
        if not texts or (column and not any(COLUMN in text for text in texts)):
            return None
        readings = tuple(self.reading(text, column) for text in texts)
        return Quantity((topic, act), readings, tuple(declared["counters"]))

    def named(self, topic: str, base: tuple[str, str], name: str) -> Quantity | None:
        """What an act of a topic, or a column of what was counted last, names."""
        if name in self.data.get("columns", {}):
            return self.quantity(*base, name)
        return self.quantity(topic, name)

    def topic_of(self, act: str) -> str:
        """The topic that an act implies, if any."""
        topic: str = self.data["acts"][act].get("topic", "")
        return topic

    def counters(self, topic: str) -> tuple[str, ...]:
        """The words in which a topic is counted; none when it is none of the kind's."""
        return tuple(self.data["quantities"].get(topic, {}).get("counters", ()))

    def near(self, topic: str) -> str:
        """The word that must stand in the sentence for a topic to be meant."""
        word: str = self.data["quantities"].get(topic, {}).get("near", "")
        return word

    def said(self, topic: str) -> tuple[str, ...]:
        """The words one of which must be said for a topic alone to be counted; none when it always is."""
        return tuple(self.data["quantities"].get(topic, {}).get("said", ()))

    def reading(self, text: str, column: str = "") -> Reading:
        """A reading as the kind writes it: `甲.*.{列} + 乙.{列}`."""
        columns = (
            self.data.get("columns", {})[column]["columns"] if column else [self.data.get("whole-column", "")]
        )
        names = [name.strip().replace(COLUMN, each) for name in text.split("+") for each in columns]
        cells = tuple(cell for name in names for cell in self.find(name))
        shown = text.replace(COLUMN, columns[0] if len(columns) == 1 else column)
        shown = shown.replace(ALL, "." + self.data.get("all", "*"))
        return Reading(shown, cells, self.total(cells))

    def find(self, name: str) -> tuple[Cell, ...]:
        """The cells of a name, in which `*` stands for every name at its place."""
        if ALL not in name:
            return (self.cells[name],) if name in self.cells else ()
        head, _, tail = name.partition(ALL)
        depth = name.count(".")
        return tuple(
            cell
            for path, cell in self.cells.items()
            if path.startswith(head + ".") and path.endswith(tail) and path.count(".") == depth
        )

    def total(self, cells: Sequence[Cell]) -> Decimal | None:
        """The sum of cells in single units; None when one is unknown, or there is none."""
        if not cells or any(isinstance(cell.figure, Unknown) for cell in cells):
            return None
        return sum((self.worth(cell) for cell in cells), Decimal(0))

    def worth(self, cell: Cell) -> Decimal:
        """The figure of a cell in single units: 万元 in 元."""
        if isinstance(cell.figure, Unknown):
            return Decimal(0)
        return Decimal(cell.figure) * self.factor(cell)

    def factor(self, cell: Cell) -> Decimal:
        """How many single units the unit of a cell holds: 10000 of 万元."""
        return Decimal(1).scaleb(SCALES.get(self.units.get(cell.path, "")[:1], 0))

    def text_of(self, key: tuple[str, str]) -> str:
        """The first reading of a topic and an act, as the kind writes it."""
        declared = self.data["quantities"][key[0]]
        texts = declared["acts"][key[1]] if key[1] else declared["whole"]
        text: str = texts[0]
        return text

    def corrected(self, reading: Reading) -> Decimal:
        """What a reading comes to when every total is what its parts add up to."""
        return sum((self._corrected(cell) for cell in reading.cells), Decimal(0))

    def _corrected(self, cell: Cell) -> Decimal:
        given = self.worth(cell)
        ways = [self._parts(addends) for addends in self.sums.get(cell.path, ())]
        if not ways or any(self.total(parts) is None for parts in ways):
            return given
        sums = [sum((self._corrected(part) for part in parts), Decimal(0)) for parts in ways]
        return given if given in sums else sums[0]

    def _parts(self, paths: Sequence[str]) -> tuple[Cell, ...]:
        return tuple(self.cells[path] for path in paths if path in self.cells)


def agrees(number: Numeral, value: Decimal) -> bool:
    """Whether a number as it is written can stand for a value: rounded, on the right side and near."""
    if not number.bound:
        return number.value == value or (bool(number.scale) and rounded(value, number.step) == number.value)
    near = max(coarseness(number), number.value / 10)
    below = min(near, number.value / 2)  # 近十 is no four
    over, under = value >= number.value, value <= number.value
    match number.bound:
        case "over":
            return over and value - number.value < near
        case "under":
            return under and number.value - value < below
        case "least":
            return over
        case "most":
            return under
    return abs(value - number.value) <= near / 2


def coarseness(number: Numeral) -> Decimal:
    """What the last digit of a number that is not 0 is worth."""
    step = number.step
    while number.value and number.value % (step * 10) == 0:
        step *= 10
    return step


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """A value rounded, halves up, to whole steps."""
    return round_half_up(value / step, 0) * step


def written(value: Decimal) -> str:
    """A value as digits."""
    return f"{value.normalize():f}"

"""The typed values of a report: counts and amounts that may be unknown, and prose that knows its gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Final

from reportgen.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Unknown:
    """A figure that is still to be filled in (待填): never zero, and unknown in every sum it enters."""


UNKNOWN: Final = Unknown()

Number = int | Decimal
Figure = Number | Unknown


class State(Enum):
    """Where the figure of a cell comes from."""

    ENTERED = "entered"
    REST = "rest"  # not named in the report, filled by the rest line
    COMPUTED = "computed"
    UNCHECKED = "unchecked"  # a given total over unknown addends
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a report.

    `written` is the figure as it is to be printed (`18.8710`), `location` the place to show: the value, else
    the nearest mapping that should hold it.
    """

    path: str
    figure: Figure
    written: str
    state: State
    location: Location


class Mark(Enum):
    """What a stretch of prose is besides plain text."""

    PLAIN = "plain"
    GAP = "gap"  # 待填
    UNCHECKED = "unchecked"  # 未核


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of prose of one mark."""

    text: str
    mark: Mark = Mark.PLAIN


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of printed text comes from: from `start` to `end` in print.

    `place(first, last)` gives where it is written, of offsets in print within the stretch. `names` are those
    an expression speaks of; None where the stretch was written as it is printed. `span` is where the stretch
    stands in the value of its scalar.
    """

    start: int
    end: int
    place: Callable[[int, int], Location]
    names: tuple[str, ...] | None = None
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of the report, evaluated, with the place it came from; `str()` is what is printed.

    `source` is the raw text with its expressions; `computed` says that an expression made part of it;
    `origins` tell of every stretch in print where it comes from, in order.
    """

    path: str
    segments: tuple[Segment, ...]
    location: Location
    source: str = ""
    computed: bool = False
    origins: tuple[Origin, ...] = field(default=(), compare=False, repr=False)

    def __str__(self) -> str:
        """The text as printed."""
        return "".join(segment.text for segment in self.segments)

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return any(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    text: Prose
    path: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered sub-heading; `run_in` when the first paragraph of its body runs on in the same line."""

    title: Prose
    body: tuple[Block, ...]
    run_in: bool
    path: str


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A numbered list; an item may carry a list of its own, one level deep."""

    items: tuple[ListItem, ...]
    path: str


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a numbered list."""

    text: Prose
    items: tuple[ListItem, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Series:
    """One row of a chart's data: labels with figures, in order."""

    name: str
    points: tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart to be drawn from its data; `form` is `pie`, `bar` or `line`."""

    form: str
    title: Prose
    series: tuple[Series, ...]
    unit: str
    alt: Prose
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file beside the report; `width` in millimetres when given."""

    file: str
    title: Prose
    alt: Prose
    width: Decimal | None
    path: str
    location: Location


@dataclass(frozen=True, slots=True)
class FreeTable:
    """A table of the author's own: a header row and rows of prose, all of one length.

    `height` is the least height of its rows but the header, in mm.
    """

    title: Prose
    header: tuple[Prose, ...]
    rows: tuple[tuple[Prose, ...], ...]
    widths: tuple[Decimal, ...]
    notes: tuple[Prose, ...]
    path: str
    height: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page."""

    path: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note set small below what it belongs to."""

    text: Prose
    path: str


Block = Paragraph | Heading | NumberedList | Chart | Picture | FreeTable | PageBreak | Note


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment (附件) with its title and, when it is bound with the report, its pages."""

    title: Prose
    body: tuple[Block, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date as the report means it."""

    year: int
    month: int
    day: int


Value = (
    Prose
    | Cell
    | Date
    | bool
    | tuple["Prose", ...]
    | tuple["Block", ...]
    | tuple["Attachment", ...]
    | Mapping[str, "Value"]
    | None
)
"""What a field of a report can hold. Tables and groups of figures are nested mappings ending in cells."""

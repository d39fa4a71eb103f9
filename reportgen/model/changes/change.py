"""What a difference between two reports is: how much it weighs, where it stands, what was and what is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from typing import Final


class Level(IntEnum):
    """How much a change weighs, the least first."""

    TYPO = 1
    """Marks and blanks, or a character or two of a sentence that say nothing else."""
    WORDING = 2
    """Words, without a number among them."""
    FIGURE = 3
    """A figure of a table, a number in a text, a date."""
    STRUCTURE = 4
    """A block, a row, a field or a picture that is new, gone, exchanged or elsewhere."""


class Sort(Enum):
    """What happened."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


LISTED: Final = (Level.FIGURE, Level.STRUCTURE, Level.WORDING, Level.TYPO)
"""The order of every listing: a reader looks for the figures first."""
TOGETHER: Final = "／"
"""What stands between the steps of an official term."""


@dataclass(frozen=True, slots=True)
class Place:
    """One side of a change: the path in its report, the official term from the outside in, what is printed.

    `rank` orders the places of a report as they are read.
    """

    path: str
    term: tuple[str, ...]
    text: str
    rank: int = 0
    line: int = 0

    @property
    def said(self) -> str:
        """The term as one text."""
        return TOGETHER.join(self.term)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a changed text: only in the old (`-`), only in the new (`+`), or in both (blank)."""

    mark: str
    text: str


INVERSE: Final = {"-": "+", "+": "-", " ": " "}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: at least one of `old` and `new` is there, both unless something came or went.

    `pieces` are those of a text; `causes` the paths of entered figures that the change follows from, none
    when somebody made it.
    """

    level: Level
    sort: Sort
    old: Place | None
    new: Place | None
    pieces: tuple[Piece, ...] = ()
    causes: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where it stands: in the new report, in the old one when it is gone."""
        place = self.new or self.old
        assert place
        return place

    @property
    def path(self) -> str:
        """The path of its place."""
        return self.place.path

    @property
    def term(self) -> str:
        """The official term of its place."""
        return self.place.said

    @property
    def before(self) -> str:
        """What was printed; empty when there was nothing."""
        return self.old.text if self.old else ""

    @property
    def after(self) -> str:
        """What is printed; empty when there is nothing."""
        return self.new.text if self.new else ""

    @property
    def follows(self) -> bool:
        """Whether it only follows from other changes."""
        return bool(self.causes)


TURNED: Final = {Sort.ADDED: Sort.REMOVED, Sort.REMOVED: Sort.ADDED}


def inverse(change: Change) -> Change:
    """The change from the new report back to the old one."""
    pieces = tuple(Piece(INVERSE[piece.mark], piece.text) for piece in change.pieces)
    sort = TURNED.get(change.sort, change.sort)
    turned = replace(change, sort=sort, old=change.new, new=change.old, pieces=pieces)
    return replace(turned, pieces=in_reading_order(pieces))


def in_reading_order(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces with what is gone before what is new, wherever both stand between the same words."""
    ordered: list[Piece] = []
    waiting: dict[str, list[Piece]] = {"-": [], "+": []}
    for piece in (*pieces, Piece(" ", "")):
        if piece.mark != " ":
            waiting[piece.mark].append(piece)
            continue
        for mark, found in waiting.items():
            if found:
                ordered.append(Piece(mark, "".join(item.text for item in found)))
        waiting = {"-": [], "+": []}
        if piece.text:
            ordered.append(piece)
    return tuple(ordered)


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Figures first, what only follows after what was done, else as they are read."""

    def key(change: Change) -> tuple[int, bool, int, str]:
        return (LISTED.index(change.level), change.follows, change.place.rank, change.path)

    return tuple(sorted(changes, key=key))


def heaviest(changes: Iterable[Change]) -> Level | None:
    """The level of the weightiest change; None when there is none."""
    return max((change.level for change in changes), default=None)

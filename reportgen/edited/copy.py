"""What a Word file is that somebody worked on: its paragraphs with who changed them, its comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.render.bookmarks import Bookmark

Square = tuple[int, int, int]
"""Table of the part, row and cell, counted from 0."""


@dataclass(frozen=True, slots=True, order=True)
class Hand:
    """Who made a change or a comment, and on which day (`2024-01-15`, empty when the file does not say)."""

    author: str
    date: str = ""

    def __str__(self) -> str:
        """`张三 2024-01-15`."""
        return " ".join(filter(None, (self.author, self.date)))


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the margin."""

    hand: Hand
    text: str


@dataclass(frozen=True, slots=True)
class Strange:
    """What stands in a paragraph and is no text: `kind` is a word of the interface, `text` what it says."""

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class EditedParagraph:
    """A paragraph with every tracked change accepted.

    `marks` are the names of our bookmarks that begin in it, `style` is the name of its style, `page` the page
    it was last seen on where the file tells (`is_page_seen`), else the one it should stand on, and 0 for
    headers and footers; `ordinal` counts the paragraphs of its part from 1;
    `pictures` are the alternative texts of its pictures, `was` is the text with the changes in it rejected.
    """

    part: str
    ordinal: int
    page: int
    is_page_seen: bool
    text: str
    was: str
    marks: tuple[str, ...]
    style: str
    square: Square | None
    hands: tuple[Hand, ...]
    pictures: tuple[str, ...]
    strange: tuple[Strange, ...]
    comments: tuple[Comment, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed."""
        return not (self.text.strip(" \t\n\u3000") or self.pictures or self.strange)


@dataclass(frozen=True, slots=True)
class EditedCopy:
    """A Word file of ours as it came back.

    `bookmarks` is what was put in, `source` the SHA-256 of the report it was made from; `erased` tells who
    deleted the paragraphs of which only the tracked deletion is left; `strange` stands in no paragraph;
    `merged` are the part and the number of tables with merged cells.
    """

    paragraphs: tuple[EditedParagraph, ...]
    bookmarks: tuple[Bookmark, ...]
    source: str
    erased: Mapping[str, tuple[Hand, ...]]
    strange: tuple[Strange, ...]
    merged: frozenset[tuple[str, int]] = frozenset()

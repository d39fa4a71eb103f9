"""What is known where a YAML parser gave up, and what is concluded from it, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from reportgen.diagnostics import NOTHING
from reportgen.model.places import Places

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where and why a YAML parser gave up.

    `offset` is the place, `context` and `problem` the parser's words, `origin` where what it was reading
    began, `last` the scalar read last with its `style`, `bracket` the innermost open bracket and `expression`
    the unquoted `{{` read last. Offsets are of `places.text`.
    """

    places: Places
    offset: int
    context: str
    problem: str
    origin: int
    last: Span | None
    style: str
    bracket: int | None
    expression: int | None

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.places.text

    @property
    def character(self) -> str:
        """The character where the parser gave up, empty at the end of the file."""
        return self.text[self.offset : self.offset + 1]

    @property
    def line_start(self) -> int:
        """Where the line begins."""
        return self.places.line_start(self.offset)

    @property
    def line_end(self) -> int:
        """Where the text of the line ends."""
        return self.places.line_end(self.offset)

    @property
    def begins_line(self) -> bool:
        """Whether nothing but spaces stands before the place."""
        return not self.text[self.line_start : self.offset].strip(" \t")

    @property
    def follows_quote(self) -> bool:
        """Whether a quoted text ends right before the place, on the same line."""
        if not self.last or self.style not in ("'", '"') or self.begins_line:
            return False
        return not self.text[self.last[1] : self.offset].strip(" \t")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A recognised mistake.

    An empty code says that it has been noted before. `patch` (an offset and as many characters as it
    replaces) mends the line well enough for reading to go on.
    """

    code: str
    place: Span
    arguments: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    related: tuple[Span, ...] = ()
    patch: tuple[int, str] | None = None

"""What a report says, as units that can be held against those of another report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportgen.model.values import Prose

Term = tuple[str, ...]

FIGURE: Final = "figure"
TEXT: Final = "text"
SHAPE: Final = "shape"
"""What a unit or a part is: a figure, words, or how something is put together."""
FIELD: Final = "field"
FIXED: Final = (FIGURE, FIELD)
"""The sorts of units that are known by their path; all others are known by what they say."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing a report says: a figure, a field, a paragraph, a chart.

    `sort` is what it is (`paragraph`, `chart`), `form` what its text is; `source` the text as written and
    `names` those its expressions speak of; `parts` what it is made of, by name; `rows` its rows, in order.
    """

    sort: str
    form: str
    path: str
    term: Term
    text: str
    line: int = 0
    source: str = ""
    names: tuple[str, ...] = ()
    parts: tuple[tuple[str, Unit], ...] = ()
    rows: tuple[Unit, ...] = ()

    @property
    def gist(self) -> str:
        """All it says, to tell how alike two units are."""
        parts = (part.text for _, part in self.parts)
        return "\n".join((self.text, *parts, *(row.gist for row in self.rows)))


def text_unit(sort: str, prose: Prose, term: Term, parts: tuple[tuple[str, Unit], ...] = ()) -> Unit:
    """The unit of a text."""
    names = tuple(name for origin in prose.origins for name in origin.names or ())
    line = prose.location.line
    return Unit(sort, TEXT, prose.path, term, str(prose), line, prose.source, names, parts)


def shape(text: str, place: Prose, term: Term, name: str = "") -> Unit:
    """A part that says how something is put together."""
    path = f"{place.path}.{name}" if name else place.path
    return Unit(SHAPE, SHAPE, path, term, text, place.location.line)


def named(sort: object, title: Prose) -> str:
    """What a block is called: its sort, and its title when it has one."""
    return f"{sort}“{title}”" if title else str(sort)

"""Text in; the same as HTML out, with the places where a word processor ends a line and the engine not.

They differ in Latin words, which word processors end at blanks and hyphens only, or where a line is full that
the word began, and where these meet Chinese marks. What is put in is markup without text; the words stay as
they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from markupsafe import escape

from reportgen.render.geometry import POINTS_PER_MM, Layout, closer, exact, style_of, type_area_width
from reportgen.render.stylesheet import cell_side

if TYPE_CHECKING:
    from reportgen.render.fonts import FontSet

PLACES = re.compile(
    "(?P<word>[!-,.-~]*[/?!|}][!-,.-~]+|[!-,.-~]{28,})"
    "|(?P<whole>[^0-9A-Za-z]·|(?<=[^0-9])[.,:;][0-9]|[^\\w\\s][％%℃‰°′″¢￠]+)"
    "|(?P<turn>-(?=[0-9])|[0-9A-Za-z%)](?=[（【〔《〈「『]))"
)
"""A Latin word stays whole, but after a hyphen a line may end; so it may before a bracket that opens."""
OPENING = re.compile("[（【〔《〈「『“‘]*$")
CLOSING = re.compile("[-，。、；：？！）】〕》〉」』”’％…—]*")
"""Marks that stay with a word: those before it that end no line, those after it that begin none."""
MARKS = re.compile(r"[!-/:-@[-`{-~…—）】》〉」』’”、，。：；？！·．％]{13,}")
"""Marks at the head of a text that the engine keeps on one line when something stands before them there."""
SLACK = Decimal("0.5")
"""What is left of a line where a word is cut: LibreOffice rounds the widths of letters."""
TURN = '<span class="turn"></span>'
WHOLE = '<span class="whole">{}</span>'
MARKUP = {"word": WHOLE, "whole": WHOLE, "turn": "{}" + TURN}


@dataclass(frozen=True, slots=True)
class Column:
    """The line a text is set in: its width, what its first line is indented by, and how texts are measured.

    `widest` is the width of the widest letter; all lengths are in pt.
    """

    width: Decimal
    indent: Decimal
    widest: Decimal
    measure: Callable[[str], Decimal]

    def pieces(self, word: str, before: str, after: str) -> tuple[str, ...]:
        """A word as it is where a line holds it with the marks that stay with it, else in lines."""
        lead = OPENING.findall(before)[0]
        trail = CLOSING.findall(after)[0]
        indent = self.indent if lead == before else Decimal(0)
        if len(lead + word + trail) * self.widest <= self.width - indent:
            return (word,)
        return self.parts(word, self.measure(lead) + indent, self.measure(trail))

    def parts(self, word: str, lead: Decimal, trail: Decimal) -> tuple[str, ...]:
        """The same where `lead` and `trail` of the first and last line are taken."""
        found, room = [], self.width - SLACK - lead
        while self.measure(word) > room:
            count = max(self.count(word, room), 1)
            found.append(word[:count])
            word, room = word[count:], self.width - SLACK
        if word[1:] and self.measure(word) + trail > room:
            return (*found, word[:-1], word[-1:])
        return (*found, word)

    def count(self, word: str, room: Decimal) -> int:
        """How many letters of a word stand in a room."""
        return next(count for count in range(len(word), -1, -1) if self.measure(word[:count]) <= room)


def column_of(fonts: FontSet, layout: Layout, css_class: str, width: Decimal | None = None) -> Column:
    """The line of a style; in a column of a table that is `width` mm wide, else in the type area."""
    style = style_of(layout, css_class)
    size = exact(style["size"])
    spacing = -closer(layout, size)
    room = (type_area_width(layout) if width is None else width) * POINTS_PER_MM
    sides = 0 if width is None else 2 * cell_side(layout)
    indent = exact(style.get("indent", 0)) * (size + spacing)
    return Column(room - sides, indent, size, lambda text: fonts.width(text, style["font"], size, spacing))


def cuts(text: str, column: Column) -> Iterator[int]:
    """Where words end that are longer than a line."""
    for match in PLACES.finditer(text):
        if match.lastgroup == "word":
            words = column.pieces(match[0], text[: match.start()], text[match.end() :])
            yield from (match.start() + length for length in accumulate(map(len, words[:-1])))


def with_line_ends(text: str, column: Column | None = None) -> str:
    """The text, escaped, with `whole` around letters that stay together and `turn` where a line may end.

    What the column cannot hold ends where a line is full, or would stand out.
    """
    parts, done = [], 0
    for match in PLACES.finditer(text):
        words: tuple[str, ...] = (match[0],)
        if match.lastgroup == "word" and column:
            words = column.pieces(match[0], text[: match.start()], text[match.end() :])
        form = MARKUP[match.lastgroup or ""]
        parts.append(str(escape(text[done : match.start()])))
        parts.append(TURN.join(form.format(escape(word)) for word in words))
        done = match.end()
    return "".join((*parts, str(escape(text[done:]))))


def with_marks_parted(text: str, column: Column | None = None) -> str:
    """The same for a text that follows others on its line: a line may end in the marks that it begins with.

    The engine breaks what has no place for it only at the beginning of a line.
    """
    match = MARKS.match(text)
    marks = match[0] if match else ""
    parted = "".join(MARKUP["turn"].format(escape(mark)) for mark in marks)
    return parted + with_line_ends(text[len(marks) :], column)

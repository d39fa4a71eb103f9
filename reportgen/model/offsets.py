"""A scalar as it stands in the file in; out comes the place of any stretch of its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from reportgen.diagnostics import Location
from reportgen.model.nodes import Scalar
from reportgen.model.places import Places

Span: TypeAlias = tuple[int, int]
Trace: TypeAlias = Iterator[tuple[str, int, int]]
"""Characters of a value in order, each with the offsets in the file between which it is written."""

BREAK: Final = re.compile(r"\r\n|\r|\n")
ESCAPE: Final = re.compile(r"\\(?:x..|u....|U........|.)", re.DOTALL)
GAP: Final = r"(?P<gap>[ \t\r\n]+)"
FLOW: Final = MappingProxyType(
    {
        "": re.compile(rf"{GAP}|(?P<letter>.)"),
        "'": re.compile(rf"{GAP}|(?P<doubled>'')|(?P<letter>.)"),
        '"': re.compile(
            rf"{GAP}|(?P<joined>\\(?:\r\n|\r|\n)[ \t\r\n]*)"
            rf"|(?P<escape>{ESCAPE.pattern})|(?P<letter>.)",
            re.DOTALL,
        ),
    }
)
HEADER: Final = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|$)")
MEANINGS: Final = MappingProxyType(
    {
        "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
        "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
    }
)  # fmt: skip
"""What an escape of two characters stands for when it is not the second of them."""


@dataclass(frozen=True, slots=True)
class Written:
    """How a scalar of this value is written at `start:end` of a file.

    `style` is YAML's indicator, empty when plain. Called with a stretch of the value it gives its place:
    what every `Scalar.locate` is that was read from a file.
    """

    places: Places
    start: int
    end: int
    style: str
    value: str

    def __call__(self, first: int, last: int) -> Location:
        """The place of `value[first:last]`; where it cannot be traced, the place of the whole scalar."""
        places, start, end = self.places, self.start, self.end
        quote = 1 if self.style in ("'", '"') else 0
        if places.text[start + quote : end - quote] == self.value:
            return places.span(start + quote + first, start + quote + last)
        spans = self.spans()
        if not spans:
            return places.span(start, end)
        if first < last:
            return places.span(spans[first][0], spans[last - 1][1])
        offset = spans[first][0] if first < len(spans) else spans[-1][1]
        return places.span(offset, offset)

    def spans(self) -> list[Span] | None:
        """For every character of the value where it is written; None when it cannot be traced."""
        return remembered(self)


@lru_cache(maxsize=2)
def remembered(written: Written) -> list[Span] | None:
    """The spans of a scalar, kept while it is looked at: a long text is asked for a thousand places."""
    return traced(written.places.text, written.start, written.end, written.style, written.value)


def raw_text(places: Places, start: int, end: int) -> Scalar:
    """A stretch of the file as a plain scalar."""
    text, location = places.text[start:end], places.span(start, end)
    return Scalar(text, True, location, Written(places, start, end, "", text))


def traced(text: str, start: int, end: int, style: str, value: str) -> list[Span] | None:
    """For every character of the value where it is written; None when file and value do not agree."""
    trace = (
        trace_block(text, start, end, value) if style in ("|", ">") else trace_flow(text, start, end, style)
    )
    spans: list[Span] = []
    for wanted, (letter, begin, stop) in zip(value, trace, strict=False):
        if letter != wanted:
            return None
        spans.append((begin, stop))
    return spans if len(spans) == len(value) else None


def trace_flow(text: str, start: int, end: int, style: str) -> Trace:
    """The characters of a plain or quoted scalar: escapes undone, line breaks folded."""
    quote = 1 if style else 0
    for match in FLOW[style].finditer(text, start + quote, end - quote):
        yield from READERS[match.lastgroup or ""](text, *match.span())


def read_gap(text: str, start: int, end: int) -> Trace:
    """White space: kept within a line; one line break is a space, more are one break fewer."""
    breaks = [match.span() for match in BREAK.finditer(text, start, end)]
    if not breaks:
        yield from ((text[offset], offset, offset + 1) for offset in range(start, end))
    elif len(breaks) == 1:
        yield " ", *breaks[0]
    else:
        yield from (("\n", *span) for span in breaks[1:])


def read_joined(text: str, start: int, end: int) -> Trace:
    """An escaped line break: nothing, but the empty lines after it count."""
    breaks = [match.span() for match in BREAK.finditer(text, start, end)]
    yield from (("\n", *span) for span in breaks[1:])


def read_escape(text: str, start: int, end: int) -> Trace:
    """An escape of a double-quoted scalar."""
    yield meaning(text[start:end]), start, end


def meaning(escape: str) -> str:
    """The character that an escape stands for."""
    return chr(int(escape[2:], 16)) if len(escape) > 2 else MEANINGS.get(escape[1], escape[1])


def read_letter(text: str, start: int, end: int) -> Trace:
    """A character that stands for itself, or a doubled quote."""
    yield text[start], start, end


READERS: Final[Mapping[str, Callable[[str, int, int], Trace]]] = MappingProxyType(
    {
        "gap": read_gap,
        "joined": read_joined,
        "escape": read_escape,
        "doubled": read_letter,
        "letter": read_letter,
    }
)


def trace_block(text: str, start: int, end: int, value: str) -> Trace:
    """The characters of a `|` or `>` scalar: indentation dropped, the lines of `>` folded."""
    header = HEADER.match(text, start)
    lines = list(block_lines(text, header.end(), end)) if header else []
    indent = block_indent([text[begin:stop] for begin, stop, _ in lines], value)
    folds = text[start] == ">"
    pending: list[Span] = []  # line breaks seen, the first of them at the end of a line of text
    was_blank = True  # the text before begins with white space, or there is none: its line break is kept
    for begin, stop, following in lines:
        if stop - begin > indent:
            is_blank = text[begin + indent] in " \t"
            yield from read_breaks(pending, folds and not was_blank and not is_blank)
            yield from ((text[offset], offset, offset + 1) for offset in range(begin + indent, stop))
            pending, was_blank = [], is_blank
        pending.append((stop, following))
    yield from (("\n", *span) for span in pending)


def read_breaks(breaks: list[Span], folds: bool) -> Trace:
    """The line breaks between two lines of text of a block scalar."""
    if folds and len(breaks) == 1:
        yield " ", *breaks[0]
    else:
        yield from (("\n", *span) for span in breaks[folds:])


def block_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where each line begins, where its text ends, and where the next begins."""
    for match in BREAK.finditer(text, start, end):
        yield start, match.start(), match.end()
        start = match.end()
    if start < end:
        yield start, end, end


def block_indent(lines: list[str], value: str) -> int:
    """How far the lines are indented: what the first line of text has more spaces than the value."""
    line = next((line for line in lines if line.strip(" ")), "")
    kept = value.lstrip("\n")
    return max(0, len(line) - len(line.lstrip(" ")) - (len(kept) - len(kept.lstrip(" "))))

"""Stretches of a scalar's value and their new texts in; what changes in the file, and the value, out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.diagnostics import Location
from reportgen.model import nodes
from reportgen.model.edits.edit import Replace
from reportgen.model.edits.sheet import Sheet, Splice, Spot
from reportgen.model.offsets import HEADER, Span, Written
from reportgen.model.quoting import BLOCKS, is_plain, write_stretch


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A scalar with a new value: the splices that write it, and the value."""

    spot: Spot
    splices: tuple[Splice, ...]
    value: str


def rewrite(sheet: Sheet, spot: Spot, edits: Sequence[Replace]) -> Rewriting | None:
    """The scalar with all its stretches replaced, in its own style; None where that cannot be."""
    scalar = spot.node
    if not isinstance(scalar, nodes.Scalar) or not isinstance(scalar.locate, Written):
        return None
    written = scalar.locate
    spans = written.spans()
    if spans is None or not scalar.text:
        return None
    whole = (0, len(scalar.text))
    wanted = sorted(
        (whole if is_whole(edit.location, scalar) else value_span(sheet, spans, edit.location), edit.text)
        for edit in edits
    )
    if any(span[0] < 0 for span, _ in wanted):
        return None
    value, style = replaced(scalar.text, wanted), written.style
    becomes_quoted = not style and not is_plain(value, flow=spot.flow)
    margin = block_margin(sheet, written)
    splices = []
    for span, text in wanted:
        new = write_stretch(text, "'" if becomes_quoted else style, margin)
        if new is None:
            return None
        splices.append(Splice(*file_span(sheet, written, spans, span), new))
    if becomes_quoted:
        splices = quoted(sheet, written, splices)
    return Rewriting(spot, tuple(splices), value)


def is_whole(place: Location, scalar: nodes.Scalar) -> bool:
    """Whether a place is that of a whole scalar, its quotes included."""
    return replace(place, file="") == replace(scalar.location, file="")


def value_span(sheet: Sheet, spans: list[Span], place: Location) -> Span:
    """The stretch of a value that is written at a place; (-1, -1) when it does not lie in it."""
    start, end = sheet.start(place), sheet.end(place)
    first = bisect_left(spans, start, key=lambda span: span[0])
    if start == end:
        inside = spans[0][0] <= start <= spans[-1][1]
        return (first, first) if inside else (-1, -1)
    last = bisect_right(spans, end, key=lambda span: span[1])
    if first >= last or spans[first][0] != start or spans[last - 1][1] != end:
        return -1, -1
    return first, last


def replaced(value: str, wanted: Sequence[tuple[Span, str]]) -> str:
    """A value with stretches, in order, replaced."""
    parts, done = [], 0
    for (start, end), text in wanted:
        parts += [value[done:start], text]
        done = end
    return "".join((*parts, value[done:]))


def file_span(sheet: Sheet, written: Written, spans: list[Span], span: Span) -> Span:
    """Where a stretch of a value is written, with the indentation that belongs to its line breaks."""
    first, last = span
    if first == last:
        offset = spans[first][0] if first < len(spans) else spans[-1][1]
        return offset, offset
    start, end = spans[first][0], spans[last - 1][1]
    if sheet.text[spans[last - 1][0]] in "\r\n" and last < len(spans):
        end = spans[last][0]
    if sheet.text[start] in "\r\n" and first and not written.style:
        start = spans[first - 1][1]
    return start, end


def block_margin(sheet: Sheet, written: Written) -> str:
    """What begins a new line of a block scalar: a line break, and the indentation of its first line."""
    header = HEADER.match(sheet.text, written.start) if written.style in BLOCKS else None
    if not header:
        return sheet.line_break
    body = sheet.text[header.end() : written.end]
    line = next((line for line in body.splitlines() if line.strip(" ")), "")
    return sheet.line_break + line[: len(line) - len(line.lstrip(" "))]


def quoted(sheet: Sheet, written: Written, splices: Sequence[Splice]) -> list[Splice]:
    """The splices of a plain scalar that has to be put in quotes: those that stay in it are doubled."""
    result, done = [Splice(written.start, written.start, "'")], written.start
    for splice in (*splices, Splice(written.end, written.end, "'")):
        result += [
            Splice(offset, offset, "'") for offset in range(done, splice.start) if sheet.text[offset] == "'"
        ]
        result.append(splice)
        done = splice.end
    return result

"""Values of the context in; their printed form as marked stretches of text out, the same for both twins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from reportgen.model import formats
from reportgen.model.values import Cell, Date, Mark, Prose, Segment, State, Unknown

BLANKS: Final = re.compile(" {2,}")


def printed(value: object, texts: Mapping[str, object]) -> tuple[Segment, ...]:
    """What is printed for a value of the context; raises TypeError for what has no printed form."""
    match value:
        case None:
            return ()
        case Prose():
            return tuple(single_blanks(value.segments))
        case Cell():
            return _cell(value, texts)
        case Date():
            return (Segment(formats.date(value, str(texts["date"]))),)
        case bool():
            raise TypeError("bool")
        case str() | int():
            return (Segment(str(value)),)
    raise TypeError(type(value).__name__)


def single_blanks(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The same stretches with one blank for several in a row, as a page sets them; Word would keep all."""
    after_blank = False
    for segment in segments:
        text = BLANKS.sub(" ", segment.text)
        text = text[1:] if after_blank and text.startswith(" ") else text
        after_blank = text.endswith(" ") or (after_blank and not text)
        yield segment if text == segment.text else replace(segment, text=text)


def _cell(cell: Cell, texts: Mapping[str, object]) -> tuple[Segment, ...]:
    if isinstance(cell.figure, Unknown):
        return (Segment(str(texts["gap"]), Mark.GAP),)
    if cell.state is State.UNCHECKED:
        return tuple(Segment(text, Mark.UNCHECKED) for text in (cell.written, str(texts["unchecked"])))
    return (Segment(cell.written),)

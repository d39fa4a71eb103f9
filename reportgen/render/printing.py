"""Values of the context in; their printed form as marked stretches of text out, the same for both twins."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.model import formats
from reportgen.model.values import Cell, Date, Mark, Prose, Segment, State, Unknown


def printed(value: object, texts: Mapping[str, object]) -> tuple[Segment, ...]:
    """What is printed for a value of the context; raises TypeError for what has no printed form."""
    match value:
        case None:
            return ()
        case Prose():
            return value.segments
        case Cell():
            return _cell(value, texts)
        case Date():
            return (Segment(formats.date(value, str(texts["date"]))),)
        case bool():
            raise TypeError("bool")
        case str() | int():
            return (Segment(str(value)),)
    raise TypeError(type(value).__name__)


def _cell(cell: Cell, texts: Mapping[str, object]) -> tuple[Segment, ...]:
    if isinstance(cell.figure, Unknown):
        return (Segment(str(texts["gap"]), Mark.GAP),)
    if cell.state is State.UNCHECKED:
        return tuple(Segment(text, Mark.UNCHECKED) for text in (cell.written, str(texts["unchecked"])))
    return (Segment(cell.written),)

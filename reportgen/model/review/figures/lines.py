"""A report in; every text in which figures may stand, with cells of free tables and data of charts, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reportgen.diagnostics import Location
from reportgen.model.misshapes import locate
from reportgen.model.review.passages import Passage
from reportgen.model.values import Attachment, Chart, FreeTable, Heading, Prose, Unknown

if TYPE_CHECKING:
    from reportgen.model.review.review import Review


@dataclass(frozen=True, slots=True)
class Line:
    """A text with figures: a passage, or one figure of a table or chart with the words that head it.

    `above` are the words over it that may say what is spoken of. Of a lone figure `text` is the words that
    head it with the figure behind them, which begins at `begins`.
    """

    text: str
    path: str
    above: tuple[str, ...]
    passage: Passage | None = None
    location: Location | None = None
    begins: int = 0
    is_lone: bool = field(default=False)

    def place(self, start: int, end: int) -> Location:
        """Where a stretch of the text is written."""
        if self.passage is None:
            return self.location or Location("")
        if self.is_lone:
            return self.passage.place()
        return self.passage.place(start, end)

    def names(self, start: int, end: int) -> tuple[str, ...] | None:
        """The names of the expressions that made a stretch, None when it was typed."""
        if self.passage is None:
            return None
        return self.passage.names(start - self.begins, end - self.begins)


def read_lines(review: Review) -> Iterator[Line]:
    """The texts of a report in order: running texts, then free tables and charts."""
    for passage in review.passages:
        if passage.role != "cell":
            yield Line(passage.text, passage.path, (passage.field, *passage.headings), passage)
    for key, value in review.report.values.items():
        yield from _exhibits(review, value, (key,))


def _exhibits(review: Review, value: Any, above: tuple[str, ...]) -> Iterator[Line]:
    match value:
        case tuple():
            for item in value:
                yield from _exhibits(review, item, above)
        case Heading(title=title, body=body):
            yield from _exhibits(review, body, (*above, str(title)))
        case Attachment(title=title, body=body):
            yield from _exhibits(review, body, (*above, str(title)))
        case FreeTable():
            yield from _table_lines(value, (*above, str(value.title)))
        case Chart():
            yield from _chart_lines(review, value, (*above, str(value.title)))


def _table_lines(table: FreeTable, above: tuple[str, ...]) -> Iterator[Line]:
    for row in table.rows:
        head = str(row[0]) if row else ""
        for column, cell in list(zip(table.header, row, strict=False))[1:]:
            words = f"{head}{column}"
            yield _lone(words, str(cell), cell, above)


def _lone(words: str, figure: str, cell: Prose, above: tuple[str, ...]) -> Line:
    passage = Passage(cell, figure, above[0], "cell")
    return Line(words + figure, cell.path, above, passage, None, len(words), is_lone=True)


def _chart_lines(review: Review, chart: Chart, above: tuple[str, ...]) -> Iterator[Line]:
    node_path = steps_of(chart.path)
    words = review.report.kind.blocks["chart"]
    for series in chart.series:
        for label, figure in series.points:
            if isinstance(figure, Unknown):
                continue
            names = [str(name) for name in (series.name, label) if name]
            path = ".".join((chart.path, words["data"], *names))
            place = _find(review, (*node_path, words["key"], words["data"], *names))
            head = "".join(names)
            yield Line(f"{head}{figure}{chart.unit}", path, above, None, place, len(head), is_lone=True)


def _find(review: Review, steps: tuple[str | int, ...]) -> Location:
    root = review.report.root
    try:
        return locate(root, steps)
    except (StopIteration, IndexError, ValueError, KeyError):
        return root.location


def steps_of(path: str) -> tuple[str | int, ...]:
    """The steps of a path such as `总体情况[2].正文[0]`."""
    steps: list[str | int] = []
    for part in path.split("."):
        name, *numbers = part.replace("]", "").split("[")
        steps.extend([name] if name else [])
        steps.extend(int(number) for number in numbers if number.isdigit())
    return tuple(steps)


def flat_cells(values: Mapping[str, Any]) -> Iterator[Any]:
    """Every cell of a report's tables."""
    for value in values.values():
        if isinstance(value, dict):
            yield from flat_cells(value)
        else:
            yield value

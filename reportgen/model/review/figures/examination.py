"""A review in; every figure of its texts, what it was taken for and whether it holds, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.model.review.figures.clauses import Tokens, sentences
from reportgen.model.review.figures.entries import Entry, judge
from reportgen.model.review.figures.lines import Line, flat_cells, read_lines
from reportgen.model.review.figures.named import Setting
from reportgen.model.review.figures.naming import Namer
from reportgen.model.review.figures.quantities import Ledger
from reportgen.model.review.figures.runs import settle
from reportgen.model.review.figures.vocabulary import Token, Vocabulary, vocabulary
from reportgen.model.values import Cell, Prose

if TYPE_CHECKING:
    from reportgen.model.report import Report
    from reportgen.model.review.review import Review

LONGEST: Final = 6000
"""Characters of one text that are read: five pages."""
MOST: Final = 60_000
"""Characters of one report that are read."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text read: its words, its numbers, what it speaks of from where on; `firm` acts have one topic."""

    line: Line
    tokens: tuple[Token, ...]
    sentences: tuple[Tokens, ...]
    entries: tuple[Entry, ...]
    topics: tuple[tuple[int, str], ...]
    firm: frozenset[str]

    def topic_at(self, place: int) -> str:
        """What is spoken of at a place."""
        said = [topic for start, topic in self.topics if start < place]
        return said[-1] if said else ""


@dataclass(frozen=True, slots=True)
class Examination:
    """All texts of a report, read, and the ledger they were held against; last year's when there is one.

    `totals` are those of the tables that a percentage may be a share of, None where one is still unknown.
    """

    texts: tuple[Text, ...]
    ledger: Ledger
    year: int
    last: Ledger | None = None
    totals: tuple[Decimal | None, ...] = ()

    @property
    def entries(self) -> Iterator[Entry]:
        """Every number in order."""
        return (entry for text in self.texts for entry in text.entries)


def examine(review: Review) -> Examination | None:
    """The examination of a review; None when its kind says nothing of figures in texts."""
    data = review.report.kind.figures
    if not data:
        return None
    ledger = open_ledger(review.report)
    year = year_of(review.report)
    words = vocabulary(data, year)
    organ = str(review.report.values.get(review.report.kind.fields["organ"], ""))
    setting = Setting(data, ledger, year, organ)
    texts, room = [], MOST
    for line in read_lines(review):
        text = line.text[: max(0, min(LONGEST, room))]
        room -= len(text)
        if text:
            texts.append(read_text(replace(line, text=text), words, setting))
    last = open_ledger(review.last) if review.last and review.last.kind.figures else None
    return Examination(tuple(texts), ledger, year, last, totals_of(ledger))


def totals_of(ledger: Ledger) -> tuple[Decimal | None, ...]:
    """The totals of the tables that a percentage may be a share of."""
    return tuple(ledger.reading(text).value for text in ledger.data.get("wholes", ()))


def open_ledger(report: Report) -> Ledger:
    """The figures of a report's tables in the words of its kind."""
    tables = report.kind.tables
    found = flat_cells({name: report.values.get(name) for name in tables})
    cells = {cell.path: cell for cell in found if isinstance(cell, Cell)}
    units = {path: figure.unit for table in tables.values() for path, figure in table.figures.items()}
    sums: dict[str, list[tuple[str, ...]]] = {}
    for formula in report.kind.formulas:
        sums.setdefault(formula.total, []).append(formula.addends)
    return Ledger(report.kind.figures, cells, units, sums)


def year_of(report: Report) -> int:
    """The year a report is about; 0 when it does not say."""
    cell = report.values.get(report.kind.fields["year"])
    text = (
        cell.written if isinstance(cell, Cell) else str(cell) if isinstance(cell, Prose) else str(cell or "")
    )
    return int(text) if text.isdecimal() and text.isascii() else 0


def read_text(line: Line, words: Vocabulary, setting: Setting) -> Text:
    """One text with the verdict on each of its numbers."""
    topic = topic_above(line.above, words, setting.ledger)
    namer = Namer(replace(setting, topic=topic))
    tokens = words.read(line.text)
    if line.is_lone:
        tokens = tuple(token for token in tokens if token.end <= line.begins or token.start >= line.begins)
    parted = tuple(sentences(tokens))
    named = {each.numeral: each for each in namer.read(parted)}
    entries = []
    for token in tokens:
        if token.number and (not line.is_lone or token.start >= line.begins):
            entries.append(judge(line, token.number, named.get(token.number), setting.ledger))
    entries = entries if line.is_lone else settle(entries, setting.ledger)
    firm = frozenset(name for name, act in setting.data["acts"].items() if "topic" in act)
    return Text(line, tokens, parted, tuple(entries), ((-1, topic), *namer.topics), firm)


def topic_above(above: Sequence[str], words: Vocabulary, ledger: Ledger) -> str:
    """What the headings over a text speak of."""
    found = ""
    for title in above:
        for token in words.read(title[:100]):
            if token.kind == "topic":
                found = token.name
            elif token.kind == "act":
                found = ledger.topic_of(token.name) or found
    return found

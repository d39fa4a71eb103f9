"""A review in; every figure of its texts, what it was taken for and whether it holds, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.model.review.figures.clauses import Tokens, letters, sentences
from reportgen.model.review.figures.lines import Line, flat_cells, read_lines
from reportgen.model.review.figures.meanings import OTHER
from reportgen.model.review.figures.named import Named, Setting
from reportgen.model.review.figures.naming import Namer
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.quantities import Ledger, Quantity, Reading, agrees
from reportgen.model.review.figures.vocabulary import Token, Vocabulary, vocabulary
from reportgen.model.values import Cell, Prose

if TYPE_CHECKING:
    from reportgen.model.report import Report
    from reportgen.model.review.review import Review

VERDICTS: Final = ("agrees", "differs", "odd", "doubtful", "unknown", "part", "free")
LONGEST: Final = 6000
"""Characters of one text that are read: five pages."""
MOST: Final = 60_000
"""Characters of one report that are read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of a text: what it counts (`quantity`), the reading it was held against, and the verdict.

    Verdicts: `agrees` and `differs`, `odd` (differs, but perhaps rightly), `doubtful` (agrees with a total
    that is wrong itself), `unknown` (the table does not say), `part` and `free` (not in the tables). Of what
    does not count anything the verdict is empty.
    """

    line: Line
    numeral: Numeral
    named: Named | None = None
    quantity: Quantity | None = None
    reading: Reading | None = None
    verdict: str = ""
    worth: Decimal | None = None

    @property
    def written(self) -> str:
        """The number as it is written, with its unit."""
        return self.line.text[self.numeral.start : self.numeral.end]


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
    """All texts of a report, read, and the ledger they were held against; last year's when there is one."""

    texts: tuple[Text, ...]
    ledger: Ledger
    last: Ledger | None = None

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
    return Examination(tuple(texts), ledger, last)


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
    named = {each.numeral: each for each in namer.read(tokens)}
    entries = []
    for token in tokens:
        if token.number and (not line.is_lone or token.start >= line.begins):
            entries.append(judge(line, token.number, named.get(token.number), setting.ledger))
    firm = frozenset(name for name, act in setting.data["acts"].items() if "topic" in act)
    return Text(line, tokens, tuple(sentences(tokens)), tuple(entries), ((-1, topic), *namer.topics), firm)


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


def judge(line: Line, numeral: Numeral, named: Named | None, ledger: Ledger) -> Entry:
    """The verdict on one number."""
    quantity = named.quantity if named else None
    if (
        quantity is None
        or named is None
        or numeral.sense == "range"
        or (line.is_lone and not _is_plain(named))
    ):
        verdict = ("part" if named.is_part else "free") if named else ""
        return Entry(line, numeral, named, None, None, verdict)
    known = quantity.known
    right = next((reading for reading in known if agrees(numeral, ledger.corrected(reading))), None)
    if right:
        return Entry(line, numeral, named, quantity, right, "agrees", right.value)
    first = quantity.readings[0]
    as_given = next((r for r in known if r.value is not None and agrees(numeral, r.value)), None)
    if as_given:
        worth = ledger.corrected(as_given)
        return Entry(line, numeral, named, quantity, as_given, "doubtful", worth)
    if len(known) < len(quantity.readings):
        return Entry(line, numeral, named, quantity, first, "unknown")
    verdict = "odd" if quantity.is_soft else "differs"
    return Entry(line, numeral, named, quantity, first, verdict, first.value)


def _is_plain(named: Named) -> bool:
    """Whether nothing unknown heads a figure of a table or chart."""
    return letters(named.place.head) == 0 and named.topic != OTHER

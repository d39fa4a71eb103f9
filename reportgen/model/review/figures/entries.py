"""One number of a text and what it counts in; the verdict on it out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reportgen.model.review.figures.clauses import letters
from reportgen.model.review.figures.lines import Line
from reportgen.model.review.figures.meanings import OTHER
from reportgen.model.review.figures.named import Named
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.quantities import Ledger, Quantity, Reading, agrees

VERDICTS: Final = ("agrees", "differs", "odd", "doubtful", "unknown", "part", "free")


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

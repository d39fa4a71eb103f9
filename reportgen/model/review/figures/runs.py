"""The entries of a text in; the same, those settled that only their neighbours tell right from wrong, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from reportgen.model.review.figures.entries import Entry
from reportgen.model.review.figures.quantities import Ledger, agrees

FEWEST: Final = 3
"""Figures that show how their run is counted."""


def settle(entries: Sequence[Entry], ledger: Ledger) -> list[Entry]:
    """The entries of a text: parts of one figure told apart are right, one counted unlike its run is odd."""
    found = list(_split(entries, ledger))
    for run in runs(found):
        if len(run) >= FEWEST:
            for at, entry in _unlike(found, run, ledger):
                found[at] = entry
    return found


def _split(entries: Sequence[Entry], ledger: Ledger) -> Iterator[Entry]:
    """Two figures in a row of one quantity that are it together: 失效2件、废止4件."""
    pairs = {at for at in range(1, len(entries)) if _is_pair(entries[at - 1], entries[at], ledger)}
    for at, entry in enumerate(entries):
        yield replace(entry, verdict="part") if at in pairs or at + 1 in pairs else entry


def _is_pair(one: Entry, other: Entry, ledger: Ledger) -> bool:
    if not one.reading or not other.reading or one.reading.text != other.reading.text:
        return False
    if not {one.verdict, other.verdict} <= {"differs", "odd"} or not is_near(one, other):
        return False
    return one.numeral.value + other.numeral.value == ledger.corrected(one.reading)


def is_near(one: Entry, other: Entry) -> bool:
    """Whether two figures stand in one sentence."""
    if one.named is None or other.named is None:
        return False
    return one.named.place.sentence is other.named.place.sentence


def runs(entries: Sequence[Entry]) -> Iterator[list[int]]:
    """Figures in a row that may be counted in the same ways: of one topic, in one sentence."""
    run: list[int] = []
    for at, entry in enumerate(entries):
        if not entry.quantity or len(entry.quantity.readings) < 2:
            continue
        if run and not _is_like(entries[run[-1]], entry):
            yield run
            run = []
        run.append(at)
    yield run


def _is_like(one: Entry, other: Entry) -> bool:
    """Whether a figure goes on from another: a further column of its act, or a further act."""
    assert one.quantity
    assert other.quantity
    assert other.named
    same = len(one.quantity.readings) == len(other.quantity.readings)
    if not same or not is_near(one, other) or one.quantity.key[0] != other.quantity.key[0]:
        return False
    tells_act = any(token.kind == "act" for token in other.named.place.clause)
    return tells_act != (one.quantity.key == other.quantity.key)


def _unlike(entries: Sequence[Entry], run: Sequence[int], ledger: Ledger) -> Iterator[tuple[int, Entry]]:
    """The one figure of a run that is right only in another way than all others."""
    if any(entries[at].verdict != "agrees" for at in run):
        return
    ways = len(quantity.readings) if (quantity := entries[run[0]].quantity) else 0
    best: list[int] = []
    way = 0
    for each in range(ways):
        right = [at for at in run if agrees(entries[at].numeral, _worth(entries[at], each, ledger))]
        if len(right) > len(best):
            best, way = right, each
    if len(best) == len(run) - 1:
        at = next(at for at in run if at not in best)
        quantity = entries[at].quantity
        assert quantity
        reading = quantity.readings[way]
        yield at, replace(entries[at], reading=reading, verdict="odd", worth=reading.value)


def _worth(entry: Entry, way: int, ledger: Ledger) -> Decimal:
    assert entry.quantity
    return ledger.corrected(entry.quantity.readings[way])

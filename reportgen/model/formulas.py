"""Entered figures and a kind's formulas in; the totals, and a finding for every one that differs, out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, FindingType, Related, Severity
from reportgen.model.formats import decimal_text
from reportgen.model.patterns import Tables, bindings, fill
from reportgen.model.values import UNKNOWN, Cell, Number, State, Unknown

MOST_RELATED: Final = 30


@dataclass(frozen=True, slots=True)
class Formula:
    """One total and what it adds up, by path; `code` is the finding of a total that differs."""

    code: str
    total: str
    addends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Every figure with its totals filled in, and what was found in adding up.

    In `corrected` the given totals that are wrong are as they should be; without any it is `cells` itself.
    """

    cells: Mapping[str, Cell]
    corrected: Mapping[str, Cell]
    diagnostics: tuple[Diagnostic, ...]


def expand_formula(code: str, total: str, addends: Sequence[str], tables: Tables) -> Iterator[Formula]:
    """The formulas of one declaration: one for each name of the axes of `total`; other axes are summed over.

    Raises AxisError.
    """
    for bound in bindings(total, tables, {}):
        parts = [fill(addend, inner) for addend in addends for inner in bindings(addend, tables, bound)]
        yield Formula(code, fill(total, bound), tuple(parts))


def in_order(formulas: Sequence[Formula]) -> tuple[Formula, ...]:
    """The formulas so that every total comes after the totals it adds up; raises graphlib.CycleError."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    totals = {formula.total for formula in formulas}
    for formula in formulas:
        sorter.add(formula.total, *(addend for addend in formula.addends if addend in totals))
    rank = {total: number for number, total in enumerate(sorter.static_order())}
    return tuple(sorted(formulas, key=lambda formula: rank[formula.total]))


def find_cycle(formulas: Sequence[Formula]) -> tuple[str, ...]:
    """The totals that add up to each other in a circle; empty when there is no circle."""
    try:
        in_order(formulas)
    except CycleError as error:
        return tuple(error.args[1])
    return ()


def add_up(
    cells: Mapping[str, Cell],
    formulas: Sequence[Formula],
    catalogue: Mapping[str, FindingType],
    misshapen: Collection[str] = (),
) -> Totals:
    """Fill every total in and compare those that are given; `formulas` come `in_order`.

    A formula adds up the totals below it as they are given, so that one wrong figure is found where it is
    wrong and not again in every total above. A total over an unknown is unknown; a given one is kept.
    """
    filled, corrected = dict(cells), dict(cells)
    found: list[Diagnostic] = []
    is_sound = True
    by_total: dict[str, list[Formula]] = {}
    for formula in formulas:
        by_total.setdefault(formula.total, []).append(formula)
    for total, ways in by_total.items():
        sums = [(way, _sum(way, filled)) for way in ways]
        found.extend(_compare(filled, filled[total], sums, catalogue))
        filled[total] = _total(filled, filled[total], sums)
        computed = _total(corrected, _forget(cells[total]), [(way, _sum(way, corrected)) for way in ways])
        is_right = isinstance(computed.figure, Unknown) or computed.figure == filled[total].figure
        corrected[total] = filled[total] if is_right else computed
        is_sound &= is_right
    spoilt = {formula.total for formula in formulas if any(addend in misshapen for addend in formula.addends)}
    found = [finding for finding in found if finding.code != "total-unchecked" or finding.path not in spoilt]
    return Totals(filled, filled if is_sound else corrected, tuple(found))


def _forget(total: Cell) -> Cell:
    """A total as if it had not been given."""
    if total.state is State.UNKNOWN:
        return total
    return replace(total, figure=UNKNOWN, written="", state=State.UNKNOWN)


def _sum(formula: Formula, cells: Mapping[str, Cell]) -> Number | Unknown:
    total: Number = 0
    for addend in formula.addends:
        figure = cells[addend].figure
        if isinstance(figure, Unknown):
            return UNKNOWN
        total += figure
    return total


def _total(cells: Mapping[str, Cell], total: Cell, sums: Sequence[tuple[Formula, Number | Unknown]]) -> Cell:
    known = [(way, figure) for way, figure in sums if not isinstance(figure, Unknown)]
    if not isinstance(total.figure, Unknown):
        return total if known else replace(total, state=State.UNCHECKED)
    if not known:
        return total
    way, figure = known[0]
    unchecked = any(cells[addend].state is State.UNCHECKED for addend in way.addends)
    return replace(
        total,
        figure=figure,
        written=decimal_text(figure) or "",
        state=State.UNCHECKED if unchecked else State.COMPUTED,
    )


def _compare(
    cells: Mapping[str, Cell],
    total: Cell,
    sums: Sequence[tuple[Formula, Number | Unknown]],
    catalogue: Mapping[str, FindingType],
) -> Iterator[Diagnostic]:
    given = total.figure
    if isinstance(given, Unknown):
        return
    for way, figure in sums:
        if not isinstance(figure, Unknown) and figure != given:
            arguments = {"place": total.path, "given": total.written, "computed": decimal_text(figure) or ""}
            related = relate(cells, way.addends)
            yield Diagnostic(
                catalogue[way.code], total.location, total.path, arguments, related, Severity.ERROR
            )
    if all(isinstance(figure, Unknown) for _, figure in sums):
        yield _unchecked(cells, total, given, [way for way, _ in sums])


def _unchecked(cells: Mapping[str, Cell], total: Cell, given: Number, ways: Sequence[Formula]) -> Diagnostic:
    """The finding of a given total over unknown addends: unchecked, unless those known exceed it already."""
    for way in ways:
        known = [cells[addend] for addend in way.addends]
        least = sum((cell.figure for cell in known if not isinstance(cell.figure, Unknown)), 0)
        if least > given:
            related = relate(cells, way.addends)
            arguments: dict[str, Any] = {"given": total.written, "least": decimal_text(least)}
            return find(
                "total-exceeded", total.location, total.path, related=related, place=total.path, **arguments
            )
    unknown = min(sum(isinstance(cells[addend].figure, Unknown) for addend in way.addends) for way in ways)
    return find(
        "total-unchecked", total.location, total.path, place=total.path, given=total.written, count=unknown
    )


def relate(cells: Mapping[str, Cell], paths: Sequence[str]) -> tuple[Related, ...]:
    """The figures a finding is about, with what they are; those of the rest line if there is no other."""
    known = [cells[path] for path in paths if not isinstance(cells[path].figure, Unknown)]
    named = [
        cell
        for cell in known
        if cell.state is not State.REST and (cell.figure or cell.state is State.ENTERED)
    ]
    shown = (named or known)[:MOST_RELATED]
    return tuple(Related(cell.location, cell.path, cell.written) for cell in shown)

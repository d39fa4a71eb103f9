"""Several collection workbooks in; one with the sum of every cell, and what each sum is made of, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Listed, Location, Severity
from reportgen.importers.collected import Collected, Entry
from reportgen.importers.totals import number
from reportgen.model.formats import decimal_text


def find_mixture(collected: Sequence[Collected]) -> Iterator[Diagnostic]:
    """What keeps workbooks from being added up: other kinds, other years, other fields."""
    first = collected[0]
    for other in collected[1:]:
        if other.kind.name != first.kind.name:
            kinds: dict[str, Any] = {"kind": other.kind.name, "first": first.kind.name}
            yield find("workbook-kinds-mixed", Location(other.file), other_file=first.file, **kinds)
    for key in dict.fromkeys(key for each in collected for key in each.fields):
        given = [each.fields[key] for each in collected if key in each.fields]
        for entry in given[1:]:
            if entry.text != given[0].text:
                where, first_place = entry.parts[0][0], given[0].parts[0][0]
                values: dict[str, Any] = {"value": entry.text, "first": given[0].text, "place": first_place}
                yield find("workbook-fields-mixed", where, key, key=key, **values)


def find_repeats(files: Sequence[tuple[bytes, Collected]]) -> Iterator[Diagnostic]:
    """Workbooks that would be added twice: the same bytes are an error, the same figures only warn."""
    for (before, first), (after, other) in combinations(files, 2):
        if worth(first) == worth(other) and any(number(text) for text in worth(other).values()):
            severity = Severity.ERROR if before == after else None
            yield find("workbook-twice", Location(other.file), severity=severity, other_file=first.file)


def worth(collected: Collected) -> dict[str, str]:
    """What a workbook gives for every figure."""
    return {path: entry.text for path, entry in collected.figures.items()}


def add_workbooks(collected: Sequence[Collected]) -> Collected:
    """The sum. A figure that one of them leaves blank is blank; figures of the author's own are added up."""
    first = collected[0]
    tables = tuple(path for table in first.kind.tables.values() for path in table.figures)
    own = dict.fromkeys(path for each in collected for path in each.figures if path not in tables)
    figures: dict[str, Entry] = {}
    for path in (*tables, *own):
        given = [each.figures[path] for each in collected if path in each.figures]
        if given and (len(given) == len(collected) or path in own):
            figures[path] = add_entries(given)
    fields = {key: entry for each in reversed(collected) for key, entry in each.fields.items()}
    blank = {
        name: sum(path not in figures for path in table.figures if path not in totals(first))
        for name, table in first.kind.tables.items()
    }
    rest = frozenset.intersection(*(each.rest for each in collected))
    found = tuple(finding for each in collected for finding in each.diagnostics)
    names = Listed(each.file for each in collected)
    return Collected(names, first.kind, figures, fields, blank, rest, found)


def totals(collected: Collected) -> frozenset[str]:
    """The figures that are computed."""
    return frozenset(formula.total for formula in collected.kind.formulas)


def add_entries(entries: Sequence[Entry]) -> Entry:
    """The sum of figures; what is not applicable to any is not applicable to all together."""
    parts = tuple(part for entry in entries for part in entry.parts)
    if len({entry.text for entry in entries}) == 1 and not entries[0].text[:1].isdigit():
        return Entry(entries[0].text, parts)
    return Entry(decimal_text(sum(number(entry.text) for entry in entries)) or "0", parts)


def trace(collected: Collected) -> str:
    """A line for every figure: what it is, and the cells it came from."""
    lines = []
    for path, entry in collected.figures.items():
        parts = " + ".join(f"{place.file}:{place.cell} {text}" for place, text in entry.parts)
        lines.append(f"{path} = {entry.text} = {parts}\n")
    return "".join(lines)

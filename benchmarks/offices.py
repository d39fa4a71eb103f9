"""Are wrong figures found in whole reports? Those of their texts that name a table's are marked: ⟦22⟧."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.truth import FOLDER, Case, Change, Tally, cell_changes, in_identities, replaced, variants
from reportgen.diagnostics import Diagnostic, Location
from reportgen.model.kind import Kind, load_kind

MARKED: Final = re.compile("⟦([^⟧]*)⟧")
DIGITS: Final = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Office:
    """A report without its marks, and where its marked figures begin and end."""

    case: Case
    figures: tuple[tuple[int, int], ...]


def read_offices(kind: Kind) -> Iterator[Office]:
    """The reports of all offices."""
    for path in sorted(FOLDER.glob("offices/*.yaml")):
        text, figures = unmarked(path.read_text("utf-8"))
        yield Office(Case(path.name, text, kind), figures)


def unmarked(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text without its marks, and the places of what was marked in it."""
    figures = []
    for number, match in enumerate(MARKED.finditer(text)):
        start = match.start() - 2 * number
        figures.append((start, start + len(match[1])))
    return MARKED.sub(r"\1", text), tuple(figures)


def changes(office: Office) -> Iterator[tuple[str, Change]]:
    """Every marked figure changed in every way; the first word tells shares from figures."""
    text = office.case.text
    for start, end in office.figures:
        sort = "shares" if text[end : end + 1] == "%" else "figures"
        for slip, new in slips(text[start:end]):
            yield sort, replaced(slip, text, start, end, new)


def slips(old: str) -> Iterator[tuple[str, str]]:
    """A figure by a slip, with its separators, or in words."""
    if old[-1] in DIGITS or old == "两":
        at = 2 if old == "两" else DIGITS.index(old[-1])
        yield "+1", old[:-1] + DIGITS[at + 1] if at < 9 else old + "一"
        return
    for slip, new in variants(old.replace(",", "")):
        yield slip, f"{int(new):,}" if "," in old and "." not in old else new


def places(finding: Diagnostic) -> Iterator[Location]:
    """All places a finding shows."""
    yield finding.location
    yield from (each.location for each in finding.related)


def measure_offices() -> None:
    """Print what is told of the reports as they are, and how many changes are found."""
    kind = load_kind("disclosure-annual")
    tallies = {"figures": Tally(), "shares": Tally(), "cells": Tally()}
    for office in read_offices(kind):
        case = office.case
        for finding in case.findings(case.text):
            print(f"unchanged {case.name}: {finding.level.value}[{finding.code}] {finding.message()}")
        for sort, change in changes(office):
            news = case.news(change.text)
            hit = any(change.covers(place) for finding in news for place in places(finding))
            what = f"{case.name}: {change.text[change.start - 12 : change.end + 1]}"
            tallies[sort].add(change.sort, hit, what)
        entering = in_identities(case)
        for path, change in cell_changes(case):
            if path in entering:
                tallies["cells"].add(change.sort, bool(case.news(change.text)), f"{case.name}: {path}")
    tallies["cells"].show("offices: changed cells that enter an identity or are told in most reports, found")
    tallies["figures"].show("offices: changed figures of the texts, told with their place (aim 95 %)")
    tallies["shares"].show("offices: changed shares and changes of the texts, told with their place")

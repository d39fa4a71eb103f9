"""What is to become of a reviewer's changes: edits of the report, changes, what is to be decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from reportgen.absorbing.draft import Draft, steps_of
from reportgen.absorbing.pairing import Base, Paired, Pairing, looks
from reportgen.absorbing.zones import Written
from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, Location
from reportgen.edited.copy import EditedParagraph, Hand
from reportgen.edited.numbering import unnumbered
from reportgen.model.edits.edit import Edit
from reportgen.model.forms import Steps
from reportgen.render.word_headings import read_headings

SHOWN: Final = 60
"""Characters of a text that a finding shows."""
UNRECORDED: Final = Hand("")
"""Somebody whose changes were not tracked."""
LED: Final = 12
"""Characters shown before the first one that differs."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that is taken over: its form, its place, what it was and is, by whom."""

    form: str
    path: str
    before: str
    after: str
    hands: tuple[Hand, ...] = ()


@dataclass
class Plan:
    """A plan being made. Not slotted: what it looks up often is kept.

    `written` are changes inside texts by the path of their scalar, `figures` new figures by path, `assigned`
    other new values, `lists` what comes, goes and moves. `told` are the paragraphs of the copy that a finding
    speaks of, `places` those of the report.
    """

    draft: Draft
    pairing: Pairing
    file: str
    literal: frozenset[str] = frozenset()
    written: dict[Steps, list[Written]] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    assigned: dict[Steps, str] = field(default_factory=dict)
    lists: list[Edit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    places: set[int] = field(default_factory=set)
    merged_tables: frozenset[tuple[str, int]] = frozenset()
    """The tables with cells over several columns or rows: their part, and which one they are there."""
    rows: set[int] = field(default_factory=set)
    """The paragraphs that make up new rows."""
    merged: dict[Steps, list[Steps]] = field(default_factory=dict)
    """The scalars whose texts go on in another's, by that one's path."""
    parted: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """The new paragraphs that are the rest of one that was split, by the paragraph they follow."""

    @cached_property
    def current(self) -> dict[int, Base]:
        """The place in the report of every paragraph of the copy that has one, by its number.

        A paragraph that was not put in, but that the report has by now, is that one.
        """
        found = {p.number: p.currents[0] for p in self.pairing.paragraphs if p.currents and p.currents[0]}
        known = {base.number for base in self.pairing.current.values()}
        added: dict[str, list[Base]] = {}
        for base in self.pairing.currents:
            if base.number not in known and base.text:
                added.setdefault(unnumbered(base.text), []).append(base)
        for p in self.pairing.paragraphs:
            if not p.bases and added.get(unnumbered(p.text)):
                found[p.number] = added[unnumbered(p.text)].pop(0)
        return found

    @cached_property
    def owners(self) -> Mapping[int, tuple[Steps, ...]]:
        """The paths in the file of what every paragraph of the report prints, by its number."""
        return {base.number: tuple(map(self._owner, base.paths)) for base in self.pairing.currents}

    def _owner(self, path: str) -> Steps:
        prose = self.draft.prose.get(path)
        spot = self.draft.spot(prose) if prose is not None else None
        return spot.path if spot else steps_of(path)

    @cached_property
    def headings(self) -> Mapping[str, str]:
        """The fields by the fixed headings over them."""
        return {text: key for key, text in read_headings(self.draft.report.kind).items()}

    def look(self, base: Base) -> str:
        """The class of the style of a paragraph of the report."""
        return self.draft.classes.get(base.paragraph.style, "") if base.paragraph else ""

    def under(self, prefix: Steps) -> list[Base]:
        """The paragraphs of the report that print something below a path."""
        return [
            base
            for base in self.pairing.currents
            if any(steps[: len(prefix)] == prefix for steps in self.owners[base.number])
        ]

    def ask(
        self,
        code: str,
        paired: Paired | None,
        current: Base | None,
        *,
        path: str | None = None,
        **arguments: Any,
    ) -> None:
        """Add a finding about a paragraph of the copy, or about one of the report that it lacks."""
        if paired is not None:
            self.told.add(paired.number)
        if current is not None:
            self.places.add(current.number)
        shown = (current.paths[-1] if current and current.paths else "") if path is None else path
        words: dict[str, Any] = {"where": self.where(paired, current)}
        words |= {n: shortened(v) if isinstance(v, str) else v for n, v in side_by_side(arguments).items()}
        self.findings.append(find(code, self.location(shown), shown, **words))

    def location(self, path: str) -> Location:
        """Where a path stands in the report file, else the Word file."""
        prose, cell = self.draft.prose.get(path), self.draft.cells.get(path)
        if prose is not None:
            return prose.location
        if cell is not None:
            return cell.location
        steps = self.draft.sheet.nearest(steps_of(path)) if path else ()
        if not steps:
            return Location(self.file)
        spot = self.draft.sheet.spots[steps]
        place = (spot.key or spot.node).location
        return Location(
            str(self.draft.report.path), place.line, place.column, place.end_line, place.end_column
        )

    def where(self, paired: Paired | None, current: Base | None) -> Bilingual:
        """The place in the Word file, in words."""
        if paired is None:
            text = looks(current.paragraph).strip("\1") if current and current.paragraph else ""
            return self.lacking(current, text)
        return place_in_words(paired.paragraph, heading_before(self, paired))

    def lacking(self, current: Base | None, text: str) -> Bilingual:
        """The place of something that the copy has no longer: by its text, and the page it stood on."""
        said, page = shortened(text), self.page_before(current)
        if not said:
            return Bilingual(f"Word文件{page.zh}", f"the Word file{page.en}")
        return Bilingual(f"“{said}”{page.zh}", f"“{said}”{page.en}")

    def page_before(self, current: Base | None) -> Bilingual:
        """The page of the copy on which something that it lacks stood: that of what comes before it."""
        if current is None:
            return Bilingual("", "")
        places = {base.number: p.paragraph for p in self.pairing.paragraphs for base in p.currents if base}
        near = [number for number in places if number <= current.number and places[number].page]
        return page_in_words(places[max(near)]) if near else Bilingual("", "")


def heading_before(plan: Plan, paired: Paired) -> tuple[str, int]:
    """The fixed heading that a paragraph of the copy stands under, and which one it is there."""
    count = 0
    for earlier in reversed(plan.pairing.paragraphs[: paired.number]):
        count += 1
        base = earlier.bases[0] if earlier.bases else None
        if base is not None and not base.paths and base.text in plan.headings:
            return base.text, count
    return "", count + 1


def place_in_words(paragraph: EditedParagraph, under: tuple[str, int]) -> Bilingual:
    """Where a paragraph stands, as a reader counts."""
    heading, count = under
    if not paragraph.page:
        return Bilingual("Word文件的页眉页脚", "the Word file, a header or footer")
    if paragraph.square is not None:
        table, row, column = (number + 1 for number in paragraph.square)
        zh, en = f"第{table}张表第{row}行第{column}格", f"table {table}, row {row}, cell {column}"
    elif heading:
        zh, en = f"“{heading}”之下第{count}段", f"paragraph {count} under “{heading}”"
    else:
        zh, en = f"第{count}段", f"paragraph {count}"
    page = page_in_words(paragraph)
    return Bilingual(f"Word文件{zh}{page.zh}", f"the Word file, {en}{page.en}")


def page_in_words(paragraph: EditedParagraph) -> Bilingual:
    """The page that a paragraph of the text stands on."""
    if paragraph.is_page_seen:
        return Bilingual(f"（第{paragraph.page}页）", f" (page {paragraph.page})")
    return Bilingual(f"（约第{paragraph.page}页）", f" (about page {paragraph.page})")


def listed(names: Sequence[str]) -> Bilingual:
    """Several names, as either language lists them."""
    return Bilingual("、".join(names), ", ".join(names))


def side_by_side(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a finding: of two long texts the parts from a little before where they differ."""
    before, after = arguments.get("before"), arguments.get("after")
    if not (isinstance(before, str) and isinstance(after, str)) or max(len(before), len(after)) <= SHOWN:
        return dict(arguments)
    pairs = enumerate(zip(before, after, strict=False))
    start = next((n for n, (one, other) in pairs if one != other), min(len(before), len(after))) - LED
    if start <= 0:
        return dict(arguments)
    return {**arguments, "before": f"…{before[start:]}", "after": f"…{after[start:]}"}


def shortened(text: str) -> str:
    """A text as a finding shows it, a manual line break as a sign."""
    flat = " ".join(text.replace("\n", "↵").replace("\t", "→").split())
    return flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 1]}…"


def hands_in(paired: Paired) -> tuple[Hand, ...]:
    """Everybody who changed a paragraph, also somebody unknown beside those who were recorded."""
    hands, was = paired.paragraph.hands, "".join(base.text for base in paired.bases)
    is_recorded = paired.paragraph.was.split() == was.split()
    return hands if is_recorded or not hands else (*hands, UNRECORDED)


def hands_of(paragraphs: Sequence[EditedParagraph]) -> tuple[Hand, ...]:
    """Everybody who changed some paragraphs, each once."""
    return tuple(dict.fromkeys(hand for paragraph in paragraphs for hand in paragraph.hands))

"""A copy that came back and the report as it stands in; which paragraph is which of the other out.

Three lists stand side by side: what was put into the Word file (the base, from the map inside it), what the
copy says, and what the report would print now. Lines of one title count as one paragraph in all three.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportgen.absorbing.draft import Draft, names_of
from reportgen.edited.copy import EditedCopy, EditedParagraph, Hand
from reportgen.edited.matching import Known, alike, match
from reportgen.edited.stretches import likeness
from reportgen.render.bookmarks import Bookmark

SURE: Final = 0.8
"""How alike a text has to be to what was put in for its bookmark to be believed against another's text."""


@dataclass(frozen=True, slots=True)
class Base:
    """A paragraph as it was put in, or would be now: one bookmark, or those of all lines of a title."""

    number: int
    bookmark: Bookmark
    names: tuple[str, ...]
    lines: tuple[str, ...] = ()
    paragraph: EditedParagraph | None = None

    @property
    def text(self) -> str:
        """What it prints."""
        return self.bookmark.text

    @property
    def paths(self) -> tuple[str, ...]:
        """The places it prints."""
        return names_of(self.bookmark)


@dataclass(frozen=True, slots=True)
class Paired:
    """A paragraph of the copy: what it was (several when run together), what it is in the report."""

    number: int
    paragraph: EditedParagraph
    bases: tuple[Base, ...]
    currents: tuple[Base | None, ...]

    @property
    def text(self) -> str:
        """What it says in the copy."""
        return self.paragraph.text


@dataclass(frozen=True, slots=True)
class Pairing:
    """The copy beside the report. `lost` are the bases that are no longer in the copy, with their places.

    `by_text` are the names of bookmarks that were lost or doubled; `current` gives each base's own place in
    the report as it stands, `added` what the report has that the base had not.
    """

    paragraphs: tuple[Paired, ...]
    bases: tuple[Base, ...]
    currents: tuple[Base, ...]
    lost: tuple[Base, ...]
    current: Mapping[int, Base]
    by_text: tuple[Base, ...]
    erased: Mapping[str, tuple[Hand, ...]]


def pair(copy: EditedCopy, draft: Draft, *, same_source: bool) -> Pairing:
    """Find every paragraph of the copy in the map, and every one of the map in the report."""
    title = draft.field("title")
    bases = tuple(group_lines(copy.bookmarks, title, attachment_mark(draft)))
    drawn = {mark: p for p in draft.copy.paragraphs for mark in p.marks}
    currents = tuple(
        replace(base, paragraph=drawn.get(base.names[0]))
        for base in group_lines(draft.copy.bookmarks, title, attachment_mark(draft))
    )
    paragraphs = tuple(joined_lines(copy.paragraphs, bases))
    owners, doubled = believe(paragraphs, bases)
    pictures = {mark: looks(p) for mark, p in drawn.items() if p.pictures and not p.text}
    pairs = match_copy(paragraphs, bases, owners, pictures)
    texts = {numbers[0]: looks(paragraphs[number]) for number, numbers in pairs.items() if numbers}
    there = {n for numbers in pairs.values() for n in numbers}
    current = match_report(bases, currents, texts, same_source=same_source)
    return Pairing(
        tuple(
            Paired(
                number,
                paragraph,
                tuple(bases[n] for n in pairs.get(number, ())),
                tuple(current.get(n) for n in pairs.get(number, ())),
            )
            for number, paragraph in enumerate(paragraphs)
        ),
        bases,
        currents,
        tuple(b for b in bases if b.number not in there and (b.text or b.paths)),
        current,
        tuple(
            bases[n]
            for number, numbers in pairs.items()
            for n in numbers
            if (n in doubled or n not in owners.get(number, ())) and bases[n].text
        ),
        copy.erased,
    )


def attachment_mark(draft: Draft) -> re.Pattern[str]:
    """What stands over an attachment (附件1), which is no line of its title."""
    texts = draft.report.kind.texts
    forms = (re.escape(str(texts[key])) for key in ("attachment-page", "attachment-page-single"))
    return re.compile("|".join(form.replace(r"\{\}", r"\d+") for form in forms))


def group_lines(bookmarks: Sequence[Bookmark], title: str, mark: re.Pattern[str]) -> Iterator[Base]:
    """The paragraphs of a map; lines of one title, which print one place, are one."""
    groups: list[list[Bookmark]] = []
    for bookmark in bookmarks:
        before = groups[-1][-1] if groups else None
        if before and is_next_line(before, bookmark, title, mark):
            groups[-1].append(bookmark)
        else:
            groups.append([bookmark])
    for number, group in enumerate(groups):
        pieces = tuple(piece for bookmark in group for piece in bookmark.pieces)
        names, lines = zip(*((bookmark.name, bookmark.text) for bookmark in group), strict=True)
        yield Base(number, Bookmark(group[0].name, pieces), names, lines)


def is_next_line(one: Bookmark, other: Bookmark, title: str, mark: re.Pattern[str]) -> bool:
    """Whether a paragraph is a further line of a title."""
    if not (one.path and other.path) or len(other.pieces) != 1 or one.text == other.text:
        return False
    roots = [re.split(r"[.\[]", bookmark.path)[0] for bookmark in (one, other)]
    if roots == [title, title]:
        return True
    return one.path == other.path and not mark.fullmatch(one.text) and one.pieces[0].path == one.path


def joined_lines(paragraphs: Sequence[EditedParagraph], bases: Sequence[Base]) -> Iterator[EditedParagraph]:
    """The paragraphs of the copy, the lines of a title as one; empty ones outside of tables are left out."""
    several = [base for base in bases if len(base.names) > 1]
    groups = {name: base.number for base in several for name in base.names}
    lines = {line: base.number for base in several for line in base.lines}
    held: EditedParagraph | None = None
    group = -1
    for paragraph in paragraphs:
        own = next((groups[mark] for mark in paragraph.marks if mark in groups), -1)
        if not paragraph.marks:
            own = lines.get(paragraph.text, -1)
        unmarked = not paragraph.marks and held is not None and paragraph.style == held.style
        if held is not None and (own == group or unmarked) and group >= 0 and paragraph.part == held.part:
            held = merged(held, paragraph)
            continue
        if held is not None:
            yield held
        held, group = (paragraph, own) if own >= 0 else (None, -1)
        if held is None and (
            paragraph.marks or paragraph.square or not paragraph.is_blank or paragraph.comments
        ):
            yield paragraph
    if held is not None:
        yield held


def merged(one: EditedParagraph, other: EditedParagraph) -> EditedParagraph:
    """Two lines as one paragraph."""
    return replace(
        one,
        text=one.text + other.text,
        was=one.was + other.was,
        marks=(*one.marks, *other.marks),
        hands=tuple(dict.fromkeys((*one.hands, *other.hands))),
        pictures=(*one.pictures, *other.pictures),
        strange=(*one.strange, *other.strange),
        comments=(*one.comments, *other.comments),
    )


def believe(
    paragraphs: Sequence[EditedParagraph], bases: Sequence[Base]
) -> tuple[dict[int, tuple[int, ...]], set[int]]:
    """What the bookmarks say every paragraph is, unless its text speaks against it; those doubled."""
    known = {name: base.number for base in bases for name in base.names}
    holders: dict[int, list[int]] = {}
    for number, paragraph in enumerate(paragraphs):
        for base in dict.fromkeys(known[mark] for mark in paragraph.marks if mark in known):
            holders.setdefault(base, []).append(number)
    doubled = {base for base, numbers in holders.items() if len(numbers) > 1}
    unmarked = Counter(p.text for p in paragraphs if not p.marks and p.text)
    owners: dict[int, tuple[int, ...]] = {}
    for base, numbers in sorted(holders.items()):
        best = max(numbers, key=lambda n: closeness(base, n, paragraphs, bases))
        text = bases[base].text
        if text and paragraphs[best].text != text and unmarked[text] == 1 and len(text) > 1:
            continue  # the bookmark was left behind: the text stands elsewhere as it was
        owners[best] = (*owners.get(best, ()), base)
    return {
        number: run_together(paragraphs[number].text, found, bases) for number, found in owners.items()
    }, doubled


def closeness(
    base: int, number: int, paragraphs: Sequence[EditedParagraph], bases: Sequence[Base]
) -> tuple[float, int]:
    """How much a paragraph with a bookmark is the one that was put in: by its text, then its neighbours."""
    beside = [
        bool(set(bases[other].names) & set(paragraphs[place].marks))
        for other, place in ((base - 1, number - 1), (base + 1, number + 1))
        if 0 <= other < len(bases) and 0 <= place < len(paragraphs)
    ]
    return likeness(bases[base].text, paragraphs[number].text), sum(beside)


def run_together(text: str, found: tuple[int, ...], bases: Sequence[Base]) -> tuple[int, ...]:
    """Of several bases in a paragraph those whose text is there: all in a row, or the one most alike."""
    if len(found) < 2:
        return found
    written = tuple(number for number in found if bases[number].text) or found[:1]
    if len(written) == 1:
        return written
    best = max(written, key=lambda number: likeness(bases[number].text, text))
    whole = "".join(bases[number].text for number in written)
    if bases[best].text == text or likeness(whole, text) <= likeness(bases[best].text, text):
        return (best,)
    return written


def match_copy(
    paragraphs: Sequence[EditedParagraph],
    bases: Sequence[Base],
    owners: Mapping[int, tuple[int, ...]],
    pictures: Mapping[str, str],
) -> dict[int, tuple[int, ...]]:
    """The bases of every paragraph: by bookmark, else by text and place, `pictures` by their words."""
    lefts = [Known((looks(paragraph),), paragraph.square is not None) for paragraph in paragraphs]
    rights = [Known((base.text or pictures.get(base.names[0], ""),), in_table=True) for base in bases]
    known = {number: found[0] for number, found in owners.items()}
    others = {base for found in owners.values() for base in found[1:]}
    free = [base.number for base in bases if base.number not in others]
    places = {number: place for place, number in enumerate(free)}
    pairs = match(lefts, [rights[number] for number in free], {n: places[b] for n, b in known.items()})
    found = {number: (free[place],) for number, place in pairs.items()}
    return found | dict(owners)


def match_report(
    bases: Sequence[Base], currents: Sequence[Base], texts: Mapping[int, str], *, same_source: bool
) -> dict[int, Base]:
    """The place of every base in the report as it stands now."""
    by_name = {name: current for current in currents for name in current.names}
    firm: dict[int, int] = {}
    taken: set[int] = set()
    for base in bases:
        own = next((by_name[name] for name in base.names if name in by_name), None)
        if own is None or own.number in taken:
            continue
        if same_source or is_firm(base):
            firm[base.number] = own.number
            taken.add(own.number)
    if same_source:
        return {number: currents[place] for number, place in firm.items()}
    lefts = [Known(tuple(dict.fromkeys((base.text, texts.get(base.number, base.text))))) for base in bases]
    rights = [
        Known((looks(current.paragraph) if current.paragraph and not current.text else current.text,))
        for current in currents
    ]
    pairs = match(lefts, rights, firm)
    taken = set(pairs.values())
    for base in bases:  # what is neither equal nor in order, but stands where it stood and is alike
        own = next((by_name[name] for name in base.names if name in by_name), None)
        if base.number not in pairs and own is not None and own.number not in taken:
            is_picture = bool(base.paths) and not base.text and not own.text
            if is_picture or alike(lefts[base.number], rights[own.number]) >= SURE:
                pairs[base.number] = own.number
                taken.add(own.number)
    return {number: currents[place] for number, place in pairs.items()}


def looks(paragraph: EditedParagraph) -> str:
    """What a paragraph is known by: its text, of a picture what is said of it."""
    return paragraph.text or "".join(f"\1{picture}" for picture in paragraph.pictures)


def is_firm(base: Base) -> bool:
    """Whether a paragraph's place does not depend on what stands before it: no item of a list."""
    return not any("[" in path for path in base.paths)

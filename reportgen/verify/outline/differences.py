"""Two outlines in; every difference between them, once each, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest
from typing import Final
from unicodedata import combining

from reportgen.verify.outline.elements import (
    BLANKS,
    READ_BACK,
    UNKNOWN,
    Cell,
    Element,
    Figure,
    Outline,
    Spot,
    Table,
    Text,
    squeezed,
)

ALIKE: Final = 0.5
"""How alike two texts have to be to count as one that was changed."""
NEAR: Final = 12
"""How far ahead the changed form of an element is looked for."""
LOOKED_AT: Final = 1000
"""Characters of a text that tell whether it is alike another; lists that are longer are compared roughly."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what both outlines have at a spot, None where one has nothing.

    `form` is that of a difference: `text`, `missing`, `order`, `level`, `caption`, `head`, `cell`, `merge`,
    `label`, `row`, `columns`; `row` and `column` count from 1, 0 for what is in no cell.
    """

    form: str
    one: str | None
    other: str | None
    spot: Spot
    path: str = ""
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares the elements of one outline with those of another."""

    one: Outline
    other: Outline

    def differences(self) -> Iterator[Difference]:
        """All differences, those of places first, then what only one has or has elsewhere."""
        pairs, gone, new = self.pairs()
        spots, others = self.one.spots(), self.other.spots()
        for at, there in pairs:
            first, second = self.one.elements[at], self.other.elements[there]
            spot = Spot(*_spot_values(spots[at], others[there]))
            yield from self.between(first, second, spot)
        headings = self.headings(pairs, spots, others)
        yield from self.unpaired(gone, new, spots, headings)

    def pairs(self) -> tuple[list[tuple[int, int]], list[int], list[int]]:
        """The elements that stand for each other, and those of either outline that stand for none."""
        pairs: list[tuple[int, int]] = []
        gone: list[int] = []
        new: list[int] = []
        keys, others = [key(item) for item in self.one.elements], [key(item) for item in self.other.elements]
        if keys == others:
            return [(at, at) for at in range(len(keys))], gone, new
        if found_all := in_turn(keys, others):
            taken = {at for at, _ in found_all}
            return found_all, [at for at in range(len(keys)) if at not in taken], new
        for tag, a, b, c, d in matched(keys, others):
            if tag == "equal":
                pairs += zip(range(a, b), range(c, d), strict=True)
                continue
            found = list(self.likely(range(a, b), range(c, d)))
            pairs += found
            gone += [at for at in range(a, b) if at not in {first for first, _ in found}]
            new += [at for at in range(c, d) if at not in {second for _, second in found}]
        return pairs, gone, new

    def likely(self, ones: range, others: range) -> Iterator[tuple[int, int]]:
        """The pairs in two unequal stretches that are most likely the same element, changed."""
        start = others.start
        for at in ones:
            for there in range(start, min(start + NEAR, others.stop)):
                alone = len(ones) == len(others) and at - ones.start == there - others.start
                if alike(self.one.elements[at], self.other.elements[there], alone):
                    yield at, there
                    start = there + 1
                    break

    def between(self, one: Element, other: Element, spot: Spot) -> Iterator[Difference]:
        """The differences of two elements that stand for each other."""
        path = one.path or other.path
        if isinstance(one, Table) and isinstance(other, Table):
            yield from compare_tables(one, other, spot)
        elif isinstance(one, Text) and isinstance(other, Text):
            yield from compare_texts(one, other, spot, path)
        elif one.text != other.text:
            yield Difference("figure", one.text, other.text, spot, path)

    def headings(
        self, pairs: list[tuple[int, int]], spots: Sequence[Spot], others: Sequence[Spot]
    ) -> Sequence[Spot]:
        """The places of the other's elements, under the headings of the one: its own may be unknown."""
        known = {there: spots[at] for at, there in pairs}
        found: list[Spot] = []
        last = Spot("", 0, 0, 0)
        for there, spot in enumerate(others):
            last = known.get(there, last)
            found.append(replace(spot, heading=last.heading or spot.heading, paragraph=last.paragraph + 1))
        return found

    def unpaired(
        self, gone: list[int], new: list[int], spots: Sequence[Spot], others: Sequence[Spot]
    ) -> Iterator[Difference]:
        """What only one outline has; what both have, but elsewhere, is out of order."""
        left = {at: key(self.other.elements[at]) for at in new}
        for at in gone:
            item = self.one.elements[at]
            moved = next((there for there, known in left.items() if known == key(item)), None)
            if moved is None:
                yield Difference("missing", item.text, None, spots[at], item.path)
            else:
                del left[moved]
                yield Difference("order", item.text, item.text, spots[at], item.path)
        for there in left:
            item = self.other.elements[there]
            yield Difference("missing", None, item.text, others[there], item.path)


def in_turn(keys: Sequence[object], others: Sequence[object]) -> list[tuple[int, int]]:
    """Where each of the others stands among the keys, when all do so in turn; nothing when one does not.

    A longest common stretch would be found elsewhere where the same words stand several times (待填).
    """
    pairs: list[tuple[int, int]] = []
    for at, one in enumerate(keys):
        if len(pairs) < len(others) and one == others[len(pairs)]:
            pairs.append((at, len(pairs)))
    return pairs if len(pairs) == len(others) else []


def _spot_values(one: Spot, other: Spot) -> tuple[str, int, int, int]:
    return one.heading, one.paragraph, one.table, one.page or other.page


def key(element: Element) -> tuple[str, str]:
    """What makes two elements the same at first sight."""
    if isinstance(element, Text):
        return "text", squeezed(element.text)
    return ("figure", "") if isinstance(element, Figure) else ("table", squeezed(element.text))


def matched(
    keys: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]]
) -> Sequence[tuple[str, int, int, int, int]]:
    """What is equal, gone and new in two lists, as stretches; in bounded time, however long and alike."""
    rough = max(len(keys), len(others)) > LOOKED_AT
    return SequenceMatcher(None, keys, others, autojunk=rough).get_opcodes()


def alike(one: Element, other: Element, alone: bool) -> bool:
    """Whether two elements are likely the same, changed; `alone` when no other stands in the way."""
    if type(one) is not type(other):
        return False
    first, second = squeezed(one.text[:LOOKED_AT]), squeezed(other.text[:LOOKED_AT])
    return alone or SequenceMatcher(None, first, second, False).ratio() > ALIKE


def compare_texts(one: Text, other: Text, spot: Spot, path: str) -> Iterator[Difference]:
    """Other words or another level."""
    if not same_words(one, other):
        yield Difference("text", one.text, other.text, spot, path)
    levels = differing_levels(one, other)
    if levels:
        yield Difference("level", *levels, spot, path)


def differing_levels(one: Text, other: Text) -> tuple[str, str] | None:
    """The styles or ranks of two texts where these tell them apart.

    The standard's third and fourth levels are paragraphs in Word and may be headings elsewhere, so a text
    that is no heading by its style, which is known, may have a rank.
    """
    if UNKNOWN in (one.rank, other.rank) and not (one.role and other.role):
        return None
    if one.role and other.role:
        return (one.role, other.role) if one.role != other.role else None
    styled = (one.role and not one.rank) or (other.role and not other.rank)
    return None if styled or one.rank == other.rank else (str(one.rank), str(other.rank))


def same_words(one: Text, other: Text) -> bool:
    """Whether two texts say the same, to the character; a line's end may stand for a blank."""
    if one.text == other.text:
        return True
    if one.ends and other.ends:
        return squeezed(one.text) == squeezed(other.text)
    broken, whole = (one, other) if one.ends or one.marks else (other, one)
    text = whole.text.translate(READ_BACK) if broken.marks else whole.text
    return fits(broken, text) or (bool(broken.marks) and apart(broken.text) == (apart(text) or ()))


def apart(text: str) -> tuple[str, list[str]] | None:
    """The letters and the accents set over them, which pages are not read in order; None without accents."""
    accents = sorted(filter(combining, text))
    return (
        (squeezed("".join(letter for letter in text if not combining(letter))), accents) if accents else None
    )


def fits(broken: Text, text: str) -> bool:
    """Whether a text in lines is the other text, with or without a blank where a line ended."""
    at = 0
    for start, end in pairwise((0, *broken.ends, len(broken.text))):
        piece = broken.text[start:end]
        blank = BLANKS.match(text, at)
        if not text.startswith(piece, at) and blank and start:
            at, piece = blank.end(), piece.lstrip(" ")
        if not text.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(text)


def compare_tables(one: Table, other: Table, spot: Spot) -> Iterator[Difference]:
    """Another caption, head, row, order of columns, merge, cell or label."""
    if one.caption is not None and other.caption is not None and one.caption != other.caption:
        yield Difference("caption", one.caption, other.caption, spot, one.path)
    if one.head != other.head:
        yield Difference("head", str(one.head), str(other.head), spot, one.path)
    keys, others = [row_key(row) for row in one.rows], [row_key(row) for row in other.rows]
    moved = False
    for tag, a, b, c, d in matched(keys, others):
        if tag == "equal" or b - a == d - c:
            for at, there in zip(range(a, b), range(c, d), strict=True):
                found = tuple(compare_rows(one.rows[at], other.rows[there], spot, at + 1))
                is_order = bool(found) and found[0].form == "columns"
                yield from () if is_order and moved else found
                moved = moved or is_order
        else:
            yield from lone_rows(one, other, (range(a, b), range(c, d)), spot)


def lone_rows(one: Table, other: Table, stretches: tuple[range, range], spot: Spot) -> Iterator[Difference]:
    """The rows of two stretches of which one has more."""
    gone, new = stretches
    for at in list(gone)[len(new) :]:
        row = one.rows[at]
        yield Difference("row", row_text(row), None, spot, row_path(row), at + 1)
    for there in list(new)[len(gone) :]:
        row = other.rows[there]
        yield Difference("row", None, row_text(row), spot, row_path(row), there + 1)
    for at, there in zip(gone, new, strict=False):
        yield from compare_rows(one.rows[at], other.rows[there], spot, at + 1)


def compare_rows(one: Sequence[Cell], other: Sequence[Cell], spot: Spot, row: int) -> Iterator[Difference]:
    """The differences of two rows; the same cells in another order count as one."""
    keys, others = row_key(one), row_key(other)
    if keys != others and sorted(keys) == sorted(others):
        yield Difference("columns", row_text(one), row_text(other), spot, row_path(one), row)
        return
    column = 1
    for first, second in zip_longest(one, other, fillvalue=Cell((), 0, 0)):
        yield from compare_cells(first, second, spot, (row, column))
        column += first.columns
        if (first.columns, first.rows) != (second.columns, second.rows) and len(one) != len(other):
            return


def compare_cells(one: Cell, other: Cell, spot: Spot, place: tuple[int, int]) -> Iterator[Difference]:
    """The differences of two cells: how far they go, what they say, whether they are labels."""
    if is_same_cell(one, other):
        return
    path, at = one.path or other.path, Spot(spot.heading, 0, spot.table, one.page or other.page or spot.page)
    sizes = (one.columns, one.rows), (other.columns, other.rows)
    if sizes[0] != sizes[1]:
        yield Difference("merge", size_of(one), size_of(other), at, path, *place)
    pairs = list(zip_longest(one.texts, other.texts, fillvalue=Text("")))
    if one.columns and other.columns and not all(same_words(*pair) for pair in pairs):
        yield Difference("cell", one.text, other.text, at, path, *place)
    if None not in (one.heads, other.heads) and one.heads != other.heads:
        yield Difference("label", str(one.heads), str(other.heads), at, path, *place)
    for first, second in pairs:
        if first.role and second.role and first.role != second.role:
            yield Difference("level", first.role, second.role, at, path, *place)


def is_same_cell(one: Cell, other: Cell) -> bool:
    """Whether two cells have nothing that differs, told fast."""
    return (
        (one.columns, one.rows) == (other.columns, other.rows)
        and (one.heads == other.heads or None in (one.heads, other.heads))
        and len(one.texts) == len(other.texts)
        and all(
            first.text == second.text and (first.role == second.role or not (first.role and second.role))
            for first, second in zip(one.texts, other.texts, strict=True)
        )
    )


def size_of(cell: Cell) -> str:
    """How many columns and rows a cell is over; nothing for one that is not there."""
    return f"{cell.columns}×{cell.rows}" if cell.columns else ""


def row_key(row: Sequence[Cell]) -> tuple[str, ...]:
    """What the cells of a row say, without blanks."""
    return tuple(squeezed(cell.text) for cell in row)


def row_text(row: Sequence[Cell]) -> str:
    """What a row says, for people."""
    return "｜".join(cell.text for cell in row)


def row_path(row: Sequence[Cell]) -> str:
    """The place in the report of the first figure of a row."""
    return next((cell.path for cell in row if cell.path), "")


def join_pages(outline: Outline, model: Outline) -> Outline:
    """The outline with paragraphs that a page's end parts as one, as they are in another one.

    One that is in neither form there was changed as well: then both its parts are no paragraph of the model.
    """
    known = {squeezed(element.text) for element in model.elements}
    joined: list[Element] = []
    for element in outline.elements:
        last = joined[-1] if joined else None
        if isinstance(last, Text) and isinstance(element, Text) and is_parted(last, element):
            whole = _joined(last, element)
            parts = {squeezed(last.text), squeezed(element.text)}
            if squeezed(whole.text) in known or not parts & known:
                joined[-1] = whole
                continue
        joined.append(element)
    return Outline(outline.form, tuple(joined))


def is_parted(one: Text, other: Text) -> bool:
    """Whether a page ended between two texts of a rank."""
    last = one.marks[-1][0] if one.marks else one.page
    return one.rank == other.rank and bool(other.page) and other.page == last + 1


def _joined(one: Text, other: Text) -> Text:
    ends = (*one.ends, len(one.text), *(len(one.text) + end for end in other.ends))
    return Text(one.text + other.text, one.rank, one.role, one.path, one.page, ends, one.marks + other.marks)

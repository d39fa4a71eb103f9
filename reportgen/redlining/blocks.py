"""The paragraphs and tables of two files in; one row of them out, with what came, went and moved marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

from reportgen.edited.matching import Known, match
from reportgen.edited.numbering import unnumbered
from reportgen.edited.ordering import heaviest_rise
from reportgen.redlining.marking import GONE, INSERTED, MOVED_AWAY, MOVED_HERE, Pen
from reportgen.redlining.paragraphs import merge, picture_key
from reportgen.render.bookmarks import paragraph_text
from reportgen.render.word.markup import Element, name

PARAGRAPH, TABLE, ROW, CELL = (name(tag) for tag in ("p", "tbl", "tr", "tc"))
SHORTEST_MOVE: Final = 4
"""Characters of the shortest text that is told as moved; a shorter one is deleted and inserted."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What marking needs: the pen, and what pictures show by the id of their relation."""

    pen: Pen
    pictures: dict[str, bytes]


def redline_blocks(old: Sequence[Element], new: Sequence[Element], desk: Desk) -> Iterator[Element]:
    """The blocks of both, in order."""
    pairs = pair_blocks(old, new, desk.pictures)
    order = sorted(pairs)
    weights = [len(text_of(old[number])) + 1 for number in order]
    firm = [order[place] for place in heaviest_rise([pairs[number] for number in order], weights)]
    moved = {n: m for n, m in pairs.items() if n not in firm and can_move(old[n], new[m])}
    titles = {}
    for number in sorted(moved):
        desk.pen.moves += 1
        titles[number] = f"move{desk.pen.moves}"
    come = {moved[number]: title for number, title in titles.items()}
    done_old = done_new = 0
    for goal_old, goal_new in [*((number, pairs[number]) for number in firm), (len(old), len(new))]:
        for place in range(done_old, goal_old):
            yield from leaving(old[place], titles.get(place), desk)
        for place in range(done_new, goal_new):
            yield from arriving(new[place], come.get(place), desk)
        if goal_old < len(old):
            yield merged(old[goal_old], new[goal_new], desk)
        done_old, done_new = goal_old + 1, goal_new + 1


def pair_blocks(old: Sequence[Element], new: Sequence[Element], pictures: dict[str, bytes]) -> dict[int, int]:
    """Which block is which: paragraphs with paragraphs, tables of as many columns with each other."""
    found: dict[int, int] = {}
    for tag in (PARAGRAPH, TABLE):
        ours = [number for number, block in enumerate(old) if block.tag == tag]
        theirs = [number for number, block in enumerate(new) if block.tag == tag]
        lefts, rights = (
            [Known(keys_of(side[number])) for number in numbers]
            for side, numbers in ((old, ours), (new, theirs))
        )
        pairs = match(lefts, rights, {})
        found |= {ours[left]: theirs[right] for left, right in pairs.items()}
    return {left: right for left, right in found.items() if fits(old[left], new[right], pictures)}


def keys_of(block: Element) -> tuple[str, ...]:
    """What a block is known by: its text with and without a number, a picture's description, a style."""
    text = text_of(block)
    if text:
        return tuple(dict.fromkeys((text, unnumbered(text))))
    said = [str(node.get("descr") or "") for node in block.iter() if str(node.tag).endswith("}docPr")]
    style = block.find(f"{name('pPr')}/{name('pStyle')}")
    return ("\1".join(["", *said, "" if style is None else str(style.get(name("val")))]),)


def text_of(block: Element) -> str:
    """The text of a paragraph, or of all cells."""
    if block.tag == PARAGRAPH:
        return paragraph_text(block)
    return "\n".join(paragraph_text(paragraph) for paragraph in block.iter(PARAGRAPH))


def fits(one: Element, other: Element, pictures: dict[str, bytes]) -> bool:
    """Whether two blocks can be marked as one: the same pictures and frames, or tables of as many columns."""
    if one.tag != TABLE:
        if frame_of(one) != frame_of(other):
            return False
        shown = [
            [picture_key(node, pictures) for node in block.iter(name("drawing"))] for block in (one, other)
        ]
        return shown[0] == shown[1]
    widths = [
        [len(list(row.iterchildren(CELL))) for row in table.iterchildren(ROW)] for table in (one, other)
    ]
    return max(widths[0], default=0) == max(widths[1], default=0)


def frame_of(paragraph: Element) -> dict[str, str]:
    """Where a paragraph stands that is out of the text; LibreOffice loses one whose place changed."""
    frame = paragraph.find(f"{name('pPr')}/{name('framePr')}")
    return {} if frame is None else {str(key): str(value) for key, value in frame.attrib.items()}


def can_move(one: Element, other: Element) -> bool:
    """Whether a block is told as moved: a paragraph that says the same but for its number."""
    same = one.tag == PARAGRAPH and unnumbered(text_of(one)) == unnumbered(text_of(other))
    return same and len(text_of(one)) >= SHORTEST_MOVE


def leaving(block: Element, title: str | None, desk: Desk) -> list[Element]:
    """A block of the old file that is not there any more."""
    block = deepcopy(block)
    for mark in [*block.iter(name("bookmarkStart")), *block.iter(name("bookmarkEnd"))]:
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    if block.tag == TABLE:
        return [marked_table(block, GONE, desk.pen)]
    if title is None:
        return [desk.pen.whole(block, GONE)]
    return desk.pen.ranges(MOVED_AWAY, title, desk.pen.whole(block, MOVED_AWAY))


def arriving(block: Element, title: str | None, desk: Desk) -> list[Element]:
    """A block that only the new file has."""
    if block.tag == TABLE:
        return [marked_table(block, INSERTED, desk.pen)]
    if title is None:
        return [desk.pen.whole(block, INSERTED)]
    return desk.pen.ranges(MOVED_HERE, title, desk.pen.whole(block, MOVED_HERE))


def marked_table(table: Element, tag: str, pen: Pen) -> Element:
    """A table all rows of which are marked."""
    for row in table.iterchildren(ROW):
        mark_row(row, tag, pen)
    return table


def mark_row(row: Element, tag: str, pen: Pen) -> Element:
    """A row, marked with what stands in it."""
    pen.row(row, tag)
    for paragraph in row.iter(PARAGRAPH):
        for run in list(paragraph.iterchildren(name("r"))):
            at = paragraph.index(run)
            paragraph.insert(at, pen.run(tag, run))
    return row


def merged(old: Element, new: Element, desk: Desk) -> Element:
    """A block of both files."""
    if new.tag == PARAGRAPH:
        return merge(old, new, desk.pen, desk.pictures)
    return merge_table(old, new, desk)


def merge_table(old: Element, new: Element, desk: Desk) -> Element:
    """The new table with the rows and cells of the old one that were others marked."""
    before, after = list(old.iterchildren(ROW)), list(new.iterchildren(ROW))
    pairs = pair_rows(before, after)
    rows: list[Element] = []
    done_old = done_new = 0
    for goal_old, goal_new in [*sorted(pairs.items()), (len(before), len(after))]:
        rows += [mark_row(without_marks(row), GONE, desk.pen) for row in before[done_old:goal_old]]
        rows += [mark_row(row, INSERTED, desk.pen) for row in after[done_new:goal_new]]
        if goal_old < len(before):
            rows.append(merge_row(before[goal_old], after[goal_new], desk))
        done_old, done_new = goal_old + 1, goal_new + 1
    for row in after:
        new.remove(row)
    new.extend(rows)
    return new


def without_marks(row: Element) -> Element:
    """A row of the old file without its bookmarks."""
    row = deepcopy(row)
    for mark in [*row.iter(name("bookmarkStart")), *row.iter(name("bookmarkEnd"))]:
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    return row


def pair_rows(before: Sequence[Element], after: Sequence[Element]) -> dict[int, int]:
    """Which row is which: in order where there are as many, else by what they say."""
    if len(before) == len(after):
        pairs = dict(zip(range(len(before)), range(len(after)), strict=True))
    else:
        found = match(
            [Known((text_of(row),)) for row in before], [Known((text_of(row),)) for row in after], {}
        )
        order = sorted(found)
        rise = heaviest_rise([found[number] for number in order], [1] * len(order))
        pairs = {order[place]: found[order[place]] for place in rise}
    return {n: m for n, m in pairs.items() if shape(before[n]) == shape(after[m])}


def shape(row: Element) -> list[int]:
    """How many paragraphs each cell of a row has."""
    return [len(list(cell.iterchildren(PARAGRAPH))) for cell in row.iterchildren(CELL)]


def merge_row(old: Element, new: Element, desk: Desk) -> Element:
    """A row of both files, cell by cell."""
    for one, other in zip(old.iterchildren(CELL), new.iterchildren(CELL), strict=True):
        for before, after in zip(
            one.iterchildren(PARAGRAPH), list(other.iterchildren(PARAGRAPH)), strict=True
        ):
            place = other.index(after)
            other.insert(place, merge(before, after, desk.pen, desk.pictures))
    return new

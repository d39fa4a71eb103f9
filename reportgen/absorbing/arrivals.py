"""New paragraphs, rows and notes of a copy in; where and as what they come into the report out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.absorbing.pairing import Base, Paired
from reportgen.absorbing.plan import Change, Plan, hands_of
from reportgen.absorbing.rewording import BLANKS, EDGES
from reportgen.absorbing.slots import Slot, Way, block_of, index_in, item_of, slot_after
from reportgen.absorbing.strangers import KINDS, tell_table
from reportgen.absorbing.tables import as_table, table_of
from reportgen.absorbing.zones import escaped
from reportgen.model import nodes
from reportgen.model.edits.edit import Insert, InsertItem, MakeList
from reportgen.model.forms import Plain, Steps

HEADED: Final = re.compile(r"（[一二三四五六七八九十]+）\s*(?P<title>[^。]+)(?:。(?P<body>.+))?", re.DOTALL)
ITEMS: Final = {
    "level-3": re.compile(r"\d+[.．、]\s*(?=\S)"),
    "level-4": re.compile(r"[（(]\d+[)）]\s*(?=\S)"),
}
NOTE: Final = re.compile(r"\u3000*注[：:]\s*(?:\d+[.．])?\s*(?=\S)|\u3000+\d+[.．]\s*(?=\S)")


def clean(text: str) -> str:
    """A new text without the blanks that a page does not show."""
    return BLANKS.sub(" ", text).strip(EDGES)


def arrive(plan: Plan, paired: Paired, anchor: Base | None, following: Base | None) -> None:
    """Plan a new paragraph after another; a row of a table is planned with its first cell."""
    if paired.number in plan.told:
        return
    text = clean(paired.text)
    if paired.paragraph.square is not None:
        cells = table_of(plan, paired)
        if cells:
            arrive_as_table(plan, cells, anchor, following)
        else:
            arrive_in_table(plan, paired, anchor)
    elif not text:
        return
    elif "\n" in text or "\t" in text:
        plan.ask("absorb-strange", paired, None, path="", kind=KINDS["line break"], text=text)
    elif anchor is None or not (
        arrive_as_note(plan, paired, anchor) or arrive_as_text(plan, paired, text, anchor, following)
    ):
        plan.ask("absorb-misplaced", paired, None, path="", text=text)


def arrive_as_text(plan: Plan, paired: Paired, text: str, anchor: Base, following: Base | None) -> bool:
    """Plan a new paragraph, heading or item."""
    item = as_item(plan, text, anchor)
    if item:
        return put(plan, paired, "new", *item)
    headed = as_heading(plan, text, anchor, following)
    if headed:
        return put(plan, paired, "new", *headed)
    slot = slot_after(plan, anchor, following)
    return slot is not None and put(plan, paired, "new", slot, escaped(text))


def put(plan: Plan, paired: Paired, form: str, slot: Slot, value: Plain) -> bool:
    """Note something new and where it goes."""
    insert(plan, slot, value)
    path = shown_path(slot)
    plan.changes.append(Change(form, path, "", clean(paired.text), paired.paragraph.hands))
    return True


def insert(plan: Plan, slot: Slot, value: Plain) -> None:
    """Note an edit; several texts beside one text go into one list."""
    edit = slot.insertion(value, last_key(plan, slot))
    for number, known in enumerate(plan.lists):
        if isinstance(edit, MakeList) and isinstance(known, MakeList) and known.path == edit.path:
            plan.lists[number] = MakeList(
                known.path, (*known.before, *edit.before), (*known.after, *edit.after)
            )
            return
        if (
            isinstance(edit, Insert)
            and isinstance(known, Insert)
            and (known.path, known.key) == (edit.path, edit.key)
        ):
            values = known.value if isinstance(known.value, list) else [known.value]
            more = edit.value if isinstance(edit.value, list) else [edit.value]
            plan.lists[number] = Insert(known.path, known.key, [*values, *more], known.after)
            return
    plan.lists.append(edit)


def last_key(plan: Plan, slot: Slot) -> str | None:
    """The key that a new one comes after: in the report the official order, in other mappings the last."""
    if slot.way is not Way.KEY:
        return None
    spot = plan.draft.sheet.spots.get(slot.path[:-1])
    if spot is None or not isinstance(spot.node, nodes.Mapping):
        return None
    given = [entry.key.text for entry in spot.node]
    order = list(plan.draft.report.kind.schema["properties"])
    if len(slot.path) == 1 and slot.path[0] in order:
        given = [key for key in order[: order.index(str(slot.path[0]))] if key in given]
    return given[-1] if given else None


def shown_path(slot: Slot) -> str:
    """A place as it is shown."""
    steps: Steps = (*slot.path, slot.index) if slot.way is Way.ITEM else slot.path
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def as_item(plan: Plan, text: str, anchor: Base) -> tuple[Slot, Plain] | None:
    """A new item of the list that the paragraph before belongs to, when it bears a number of that list."""
    pattern = ITEMS.get(plan.look(anchor))
    number = pattern.match(text) if pattern else None
    owners = plan.owners[anchor.number]
    words = (plan.draft.block("list"), plan.draft.block("list", "item"))
    if number is None or not owners:
        return None
    steps = owners[-1][:-1] if owners[-1][-1] == words[1] else owners[-1]
    if len(steps) < 2 or steps[-2] != words[0] or not isinstance(steps[-1], int):
        return None
    return Slot(steps[:-1], steps[-1] + 1), escaped(text[number.end() :])


def as_heading(plan: Plan, text: str, anchor: Base, following: Base | None) -> tuple[Slot, Plain] | None:
    """A new sub-heading, with its text when that runs on in the same line."""
    match = HEADED.fullmatch(text)
    owners = plan.owners[anchor.number]
    field = owners[-1][0] if owners else plan.headings.get(anchor.text)
    if match is None or field is None or block_of(plan, (field, 0)) is None:
        return None
    container = (field,)
    index = index_in(plan, container, anchor, following)
    spot = plan.draft.sheet.spots.get(container)
    if index is None or spot is None or not isinstance(spot.node, nodes.Sequence):
        return None
    value = {plan.draft.block("heading"): escaped(match["title"])}
    if match["body"]:
        value[plan.draft.block("heading", "body")] = escaped(match["body"])
    return Slot(container, index), value


def arrive_as_note(plan: Plan, paired: Paired, anchor: Base) -> bool:
    """Plan a new note of a table or of the text, when it begins as one."""
    prefix = NOTE.match(BLANKS.sub(" ", paired.text))
    if prefix is None:
        return False
    said = escaped(clean(paired.text[prefix.end() :]))
    place = note_place(plan, anchor)
    if place is None:
        return False
    whole = (*place.path, place.index)
    if place.way is Way.ITEM and block_of(plan, whole) == whole:
        return put(plan, paired, "note", place, {plan.draft.block("note"): said})
    return put(plan, paired, "note", place, said)


def note_place(plan: Plan, anchor: Base) -> Slot | None:
    """Where a note after a paragraph belongs: to the table it stands under, or into the text."""
    kind, word = plan.draft.report.kind, plan.draft.word("note")
    owners = plan.owners[anchor.number]
    steps = owners[-1] if owners else table_around(plan, anchor)
    if not steps:
        return None
    if steps[0] in kind.tables:
        return last_of(plan, below(plan, (steps[0], word)))
    table = plan.draft.block("table")
    if table in steps:
        return last_of(plan, (*steps[: steps.index(table) + 1], plan.draft.block("table", "note")))
    if word in steps:
        return last_of(plan, steps[: steps.index(word) + 1])
    return slot_after(plan, anchor, None)


def table_around(plan: Plan, anchor: Base) -> Steps:
    """The table whose label a paragraph is."""
    if anchor.paragraph is None or anchor.paragraph.square is None:
        return ()
    table = anchor.paragraph.square[0]
    for base in plan.pairing.currents:
        square = base.paragraph.square if base.paragraph else None
        if square and square[0] == table and plan.owners[base.number]:
            return plan.owners[base.number][0]
    return ()


def below(plan: Plan, path: Steps) -> Steps:
    """The notes below a table, where those inside it are told apart."""
    spot = plan.draft.sheet.spots.get(path)
    is_parted = spot is not None and isinstance(spot.node, nodes.Mapping)
    return (*path, plan.draft.word("below")) if is_parted else path


def last_of(plan: Plan, path: Steps) -> Slot:
    """The place after all notes there are."""
    spot = plan.draft.sheet.spots.get(path)
    if spot is None:
        return Slot(path, way=Way.KEY)
    if isinstance(spot.node, nodes.Sequence):
        return Slot(path, len(spot.node.items))
    return Slot(path, way=Way.AFTER)


def arrive_as_table(plan: Plan, cells: Sequence[Paired], anchor: Base | None, following: Base | None) -> None:
    """Plan a new table."""
    slot = slot_after(plan, anchor, following) if anchor is not None else None
    block = as_table(plan, cells)
    if slot is None or block is None:
        tell_table(plan, cells)
        return
    insert(plan, slot, block)
    numbers = {cell.number for cell in cells}
    said = " | ".join(clean(cell.text) for cell in cells)
    plan.changes.append(Change("table", shown_path(slot), "", said, hands_of([c.paragraph for c in cells])))
    plan.rows |= numbers
    plan.told |= numbers


def arrive_in_table(plan: Plan, paired: Paired, anchor: Base | None) -> None:
    """Plan a new row of an author's table; anything else new in a table is told."""
    square = paired.paragraph.square
    row = [p for p in plan.pairing.paragraphs if same_row(p, paired)]
    values = [p for p in row if not p.bases and p.number not in plan.current]
    if len(values) < len(row) or anchor is None or square is None:
        if clean(paired.text):
            plan.ask("absorb-misplaced", paired, None, path="", text=paired.text)
        return
    plan.told |= {p.number for p in row}
    place = row_place(plan, anchor)
    cells = list(cells_of(row))
    if place is None or place[1] != len(cells):
        plan.ask("absorb-misplaced", paired, None, path="", text=" | ".join(cells))
        return
    slot = place[0]
    plan.lists.append(InsertItem(slot.path, slot.index, [escaped(cell) for cell in cells]))
    hands = hands_of([p.paragraph for p in row])
    plan.changes.append(Change("row", shown_path(slot), "", " | ".join(cells), hands))
    plan.rows |= {p.number for p in row}


def same_row(one: Paired, other: Paired) -> bool:
    """Whether two paragraphs stand in one row of one table."""
    square, beside = one.paragraph.square, other.paragraph.square
    if square is None or beside is None:
        return False
    return square[:2] == beside[:2] and one.paragraph.part == other.paragraph.part


def cells_of(row: list[Paired]) -> Iterator[str]:
    """The texts of a row's cells."""
    columns: dict[int, str] = {}
    for paired in row:
        column = paired.paragraph.square[2] if paired.paragraph.square else 0
        columns[column] = columns.get(column, "") + clean(paired.text)
    yield from columns.values()


def row_place(plan: Plan, anchor: Base) -> tuple[Slot, int] | None:
    """Where a row after a cell belongs, and how many cells it has."""
    table, rows, header = (plan.draft.block("table", part) for part in ("key", "rows", "header"))
    owners = plan.owners[anchor.number]
    if not owners or table not in owners[-1] or anchor.paragraph is None or anchor.paragraph.square is None:
        return None
    prefix = owners[-1][: owners[-1].index(table) + 1]
    width = plan.draft.sheet.spots.get((*prefix, header))
    if width is None or not isinstance(width.node, nodes.Sequence):
        return None
    number = item_of(plan, (*prefix, rows), anchor)
    return Slot((*prefix, rows), 0 if number is None else number + 1), len(width.node.items)

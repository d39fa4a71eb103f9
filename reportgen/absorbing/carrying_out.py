"""A plan in; the report's file with it out: first texts and figures, then what comes, goes, moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.absorbing.plan import Plan
from reportgen.absorbing.rewording import BREAK
from reportgen.absorbing.slots import block_of
from reportgen.absorbing.zones import Written
from reportgen.importers.entering import write_values
from reportgen.model import nodes
from reportgen.model.edits.edit import Assign, Edit, InsertItem, MakeList, Remove, Replace
from reportgen.model.edits.editing import edit_file
from reportgen.model.edits.sheet import read_sheet
from reportgen.model.forms import Steps


def carry_out(plan: Plan, data: bytes) -> bytes:
    """The file with everything that was planned and can be written."""
    data = edit_texts(plan, data)
    if plan.figures:
        wanted = {tuple(path.split(".")): text for path, text in plan.figures.items()}
        data = write_values(data, wanted, plan.draft.report.kind)
    return edit_file(data, [*rests(plan, data), *plan.lists]).data


def edit_texts(plan: Plan, data: bytes) -> bytes:
    """The file with every text as the copy has it; a text that cannot be changed in place is written anew."""
    whole = dict(whole_texts(plan))
    edits: list[Edit] = [Assign(path, value) for path, value in {**plan.assigned, **whole}.items()]
    small: dict[Edit, Steps] = {}
    for path, changes in plan.written.items():
        if path not in whole:
            small |= dict.fromkeys(replacements(plan, path, changes), path)
    edited = edit_file(data, [*edits, *small])
    again = {small[edit] for edit in edited.refused if edit in small}
    if again:
        kept = [edit for edit, path in small.items() if path not in again]
        edits += [Assign(path, rewritten(plan, path)) for path in sorted(again, key=repr)]
        edited = edit_file(data, [*edits, *kept])
    return edited.data


def whole_texts(plan: Plan) -> Iterator[tuple[Steps, str]]:
    """The texts that become another as a whole: those that are split, and those that others run on in."""
    for path in dict.fromkeys((*plan.written, *plan.merged)):
        text = rewritten(plan, path)
        if path in plan.merged:
            text += "".join(rewritten(plan, other) for other in plan.merged[path])
        if BREAK in text or path in plan.merged:
            yield path, text.split(BREAK)[0]


def value_at(plan: Plan, path: Steps) -> str:
    """The value of the scalar at a path."""
    node = plan.draft.sheet.spots[path].node
    return node.text if isinstance(node, nodes.Scalar) else ""


def rewritten(plan: Plan, path: Steps) -> str:
    """A scalar's value with all changes of it."""
    text = value_at(plan, path)
    for change in sorted(plan.written.get(path, ()), key=lambda change: -change.start):
        text = text[: change.start] + change.text + text[change.end :]
    return text


def replacements(plan: Plan, path: Steps, changes: Sequence[Written]) -> Iterator[Edit]:
    """The changes of a scalar as edits of its stretches."""
    node = plan.draft.sheet.spots[path].node
    if isinstance(node, nodes.Scalar):
        for change in changes:
            yield Replace(node.locate(change.start, change.end), change.text)


def rests(plan: Plan, data: bytes) -> Iterator[Edit]:
    """What becomes of the rest of texts that were split, and of those that run on in others.

    Nothing comes or goes where the text itself did not become what it should in `data`.
    """
    sheet, whole = read_sheet(data), dict(whole_texts(plan))
    for path, text in whole.items():
        node = sheet.spots[path].node if sheet and path in sheet.spots else None
        if not isinstance(node, nodes.Scalar) or node.text != text:
            continue
        yield from following(plan, path, rewritten(plan, path).split(BREAK)[1:])
        yield from (Remove(other) for other in plan.merged.get(path, ()))


def following(plan: Plan, path: Steps, texts: Sequence[str]) -> Iterator[Edit]:
    """The edits that write paragraphs after the one at a path."""
    block = block_of(plan, path)
    if not texts:
        return
    if block is None:
        yield MakeList(path, after=tuple(texts))
    else:
        yield from (InsertItem(block[:-1], int(block[-1]) + 1, text) for text in texts)

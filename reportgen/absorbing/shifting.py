"""What came, went and moved in a copy in; the changes of the report's lists out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportgen.absorbing.arrivals import arrive, clean, insert
from reportgen.absorbing.departures import plan_departures, stands_alone
from reportgen.absorbing.draft import names_of
from reportgen.absorbing.pairing import Base, Paired, looks
from reportgen.absorbing.plan import Change, Plan, hands_of
from reportgen.absorbing.slots import Slot, Way, block_of, index_in, slot_after
from reportgen.edited.ordering import heaviest_rise
from reportgen.model import nodes
from reportgen.model.edits.edit import MoveItem, Remove, Transfer
from reportgen.model.edits.lists import is_flow
from reportgen.model.forms import Steps
from reportgen.model.misshapes import plain

HELD: Final = 1000
"""How much more than a text a heading, a label or a figure weighs, none of which can move."""


def plan_order(plan: Plan) -> None:
    """Plan what is new and what moved, in the order of the copy, then what is gone."""
    body = [
        p for p in plan.pairing.paragraphs if p.paragraph.part == plan.pairing.paragraphs[0].paragraph.part
    ]
    known = [(p.number, plan.current[p.number].number) for p in body if p.number in plan.current]
    weights = [1 if plan.owners[current] and not is_cell(plan, current) else HELD for _, current in known]
    firm = {known[place][0] for place in heaviest_rise([current for _, current in known], weights)}
    rest = {number for numbers in plan.parted.values() for number in numbers}
    anchor: Base | None = None
    moved: list[Paired] = []
    for place, paired in enumerate(body):
        if paired.number in rest:
            continue
        if paired.number in firm:
            settle(plan, moved, anchor, plan.current[paired.number])
            moved, anchor = [], plan.current[paired.number]
        elif paired.number in plan.current:
            moved.append(paired)
        elif not paired.bases:
            following = next_firm(plan, body[place + 1 :], firm)
            settle(plan, moved, anchor, following)
            moved = []
            arrive(plan, paired, anchor, following)
    settle(plan, moved, anchor, None)
    plan_departures(plan)


def next_firm(plan: Plan, later: Sequence[Paired], firm: set[int]) -> Base | None:
    """The next paragraph that stands where it stood."""
    return next((plan.current[p.number] for p in later if p.number in firm), None)


def is_cell(plan: Plan, number: int) -> bool:
    """Whether a paragraph is a figure of a statutory table."""
    return plan.pairing.currents[number].bookmark.path in plan.draft.cells


def settle(plan: Plan, moved: Sequence[Paired], anchor: Base | None, following: Base | None) -> None:
    """Plan a run of paragraphs that stand between two others now, whole blocks together."""
    left = list(moved)
    while left:
        bases = [plan.current[p.number] for p in left]
        prefix = whole_item(plan, bases)
        count = len(plan.under(prefix)) if prefix else 1
        group, left = left[:count], left[count:]
        if not prefix or anchor is None or not move(plan, group, prefix, anchor, following):
            for paired in group:
                said = looks(paired.paragraph).strip("\1")
                plan.ask("absorb-moved", paired, plan.current[paired.number], text=said)


def whole_item(plan: Plan, bases: Sequence[Base]) -> Steps:
    """The largest item of a list whose paragraphs these begin with, all of them in order."""
    owners = plan.owners[bases[0].number]
    for end in range(1, len(owners[-1]) + 1) if owners else ():
        prefix = owners[-1][:end]
        if isinstance(prefix[-1], int):
            numbers = [base.number for base in plan.under(prefix)]
            if numbers == [base.number for base in bases[: len(numbers)]] and stands_alone(plan, prefix):
                return prefix
    return ()


def move(plan: Plan, group: Sequence[Paired], prefix: Steps, anchor: Base, following: Base | None) -> bool:
    """Plan an item that moved, in its list or to another."""
    container, here = prefix[:-1], int(prefix[-1])
    index = index_in(plan, container, anchor, following)
    if index is not None:
        plan.lists.append(MoveItem(container, here, index))
    else:
        slot = slot_after(plan, anchor, following)
        if slot is None or not can_stand(plan, prefix, slot):
            return False
        bring(plan, prefix, slot, plan.current[group[0].number])
    path = names_of(plan.current[group[0].number].bookmark)[-1]
    text = "\n".join(clean(p.text) for p in group)
    plan.changes.append(Change("moved", path, text, text, hands_of([p.paragraph for p in group])))
    return True


def can_stand(plan: Plan, prefix: Steps, slot: Slot) -> bool:
    """Whether an item may stand in another list: a text, or a block, of headings one as deep as it is."""
    spot, body = plan.draft.sheet.spots.get(prefix), plan.draft.block("heading", "body")
    if spot is None or isinstance(spot.node, nodes.Scalar):
        return spot is not None
    is_block = block_of(plan, prefix) == prefix
    is_heading = (*prefix, plan.draft.block("heading")) in plan.draft.sheet.spots
    return is_block and not (is_heading and prefix.count(body) != slot.path.count(body))


def bring(plan: Plan, prefix: Steps, slot: Slot, current: Base) -> None:
    """Note that an item goes to another list, as it is written where both lists have lines of their own."""
    sheet = plan.draft.sheet
    lists = [sheet.spots[path] for path in (prefix[:-1], slot.path) if slot.way is Way.ITEM]
    node = sheet.spots[prefix].node
    if lists and not any(is_flow(sheet, spot) for spot in lists):
        plan.lists.append(Transfer(prefix, slot.path, slot.index))
        return
    plan.lists.append(Remove(prefix))
    text = plan.draft.prose.get(current.bookmark.path)
    insert(plan, slot, plan.draft.flat(text) if isinstance(node, nodes.Scalar) and text else plain(node))

"""A paragraph of the report in; the place in the file where what follows it belongs out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from reportgen.absorbing.pairing import Base
from reportgen.absorbing.plan import Plan
from reportgen.model import nodes
from reportgen.model.edits.edit import Edit, Insert, InsertItem, MakeList
from reportgen.model.forms import Plain, Steps

ENDS = frozenset({"signature", "date", "attachment-only", "attachment-first", "attachment-next",
                  "attachment-tenth", "attachment-mark"})  # fmt: skip
"""Classes of what stands after the text, where nothing new has a place."""


class Way(Enum):
    """How something new is written at a place."""

    ITEM = "item"
    BEFORE = "before"
    AFTER = "after"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for something new: before the item `index` of the list at `path`, or beside the text there."""

    path: Steps
    index: int = 0
    way: Way = Way.ITEM

    def insertion(self, value: Plain, after: str | None = None) -> Edit:
        """The edit that writes a value there."""
        match self.way:
            case Way.ITEM:
                return InsertItem(self.path, self.index, value)
            case Way.BEFORE:
                return MakeList(self.path, before=(value,))
            case Way.AFTER:
                return MakeList(self.path, after=(value,))
        is_list = len(self.path) == 1 or isinstance(value, dict)
        return Insert(self.path[:-1], str(self.path[-1]), [value] if is_list else value, after)


def slot_after(plan: Plan, anchor: Base, following: Base | None) -> Slot | None:
    """Where a new paragraph after this one belongs; None where it cannot be told. `following` comes next."""
    look, owners = plan.look(anchor), plan.owners[anchor.number]
    if not owners:
        key = plan.headings.get(anchor.text)
        return front(plan, (key,)) if key else None
    steps = owners[-1]
    if look in ENDS or steps[0] in plan.draft.report.kind.tables:
        return None
    if look in ("title", "recipient"):
        return front(plan, (lead_field(plan),))
    if look == "attachment-title":
        return front(plan, (*steps[:2], plan.draft.block("attachment", "body")))
    return slot_in_text(plan, steps, following)


def slot_in_text(plan: Plan, steps: Steps, following: Base | None) -> Slot | None:
    """Where a new paragraph after running text belongs."""
    block = block_of(plan, steps)
    body = plan.draft.block("heading", "body")
    if block is None:
        is_shared = following is not None and steps in plan.owners[following.number]
        spot = plan.draft.sheet.spots.get(steps)
        plain = spot is not None and isinstance(spot.node, nodes.Scalar)
        return Slot(steps, way=Way.AFTER) if plain and not is_shared else None
    if steps[len(block) :] == (plan.draft.block("heading"),) and (*block, body) in plan.draft.sheet.spots:
        return front(plan, (*block, body))
    if following is not None and is_below(plan, following, block):
        return None
    return Slot(block[:-1], int(block[-1]) + 1)


def block_of(plan: Plan, steps: Steps) -> Steps | None:
    """The innermost item of a list of blocks on the way to a place."""
    fields = plan.draft.report.kind.schema["properties"]
    body = plan.draft.block("heading", "body")
    for end in range(len(steps), 1, -1):
        if not isinstance(steps[end - 1], int):
            continue
        holder = steps[end - 2]
        is_root = end == 2 and fields.get(str(holder), {}).get("x-type") == "blocks"
        if is_root or (holder == body and end > 2):
            return steps[:end]
    return None


def is_below(plan: Plan, base: Base, prefix: Steps) -> bool:
    """Whether a paragraph prints something below a path."""
    return any(steps[: len(prefix)] == prefix for steps in plan.owners[base.number])


def front(plan: Plan, path: Steps) -> Slot:
    """The place before all else in a field or body."""
    spot = plan.draft.sheet.spots.get(path)
    if spot is None:
        return Slot(path, way=Way.KEY)
    if isinstance(spot.node, nodes.Sequence):
        return Slot(path, 0)
    return Slot(path, way=Way.BEFORE)


def lead_field(plan: Plan) -> str:
    """The field of running text that stands before the first fixed heading."""
    headed = set(plan.headings.values())
    fields = plan.draft.report.kind.schema["properties"]
    return str(
        next(key for key, form in fields.items() if form.get("x-type") == "blocks" and key not in headed)
    )


def index_in(plan: Plan, container: Steps, anchor: Base, following: Base | None) -> int | None:
    """Where in a list something between two paragraphs belongs; None where that is no place of it."""
    size = len(container)
    after = item_of(plan, container, anchor)
    if after is not None:
        if following is not None and item_of(plan, container, following) == after:
            return None
        return after + 1
    before = item_of(plan, container, following) if following is not None else None
    if before is not None and following is not None:
        runs_on = any(steps[:size] != container for steps in plan.owners[following.number])
        return None if runs_on else before  # a text that runs on from its heading has nothing between them
    owners = plan.owners[anchor.number]
    if not owners and size == 1 and plan.headings.get(anchor.text) == container[0]:
        return 0
    return 0 if any(steps[: size - 1] == container[:-1] and size > 1 for steps in owners) else None


def item_of(plan: Plan, container: Steps, base: Base) -> int | None:
    """The item of a list that a paragraph prints something of."""
    size = len(container)
    for steps in plan.owners[base.number]:
        if steps[:size] == container and len(steps) > size and isinstance(steps[size], int):
            return int(steps[size])
    return None

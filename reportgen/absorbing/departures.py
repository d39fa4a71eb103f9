"""What is no longer in a copy in; what goes from the report, and what is only told, out."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from reportgen.absorbing.pairing import Base
from reportgen.absorbing.plan import Change, Plan
from reportgen.edited.copy import Hand
from reportgen.model import nodes
from reportgen.model.edits.edit import Remove
from reportgen.model.forms import Steps
from reportgen.render.bookmarks import Bookmark


def plan_departures(plan: Plan) -> None:
    """Plan what is no longer in the copy: whole items, notes and fields go, of others it is told."""
    gone = {current.number: current for current in departed(plan)}
    tables = tables_of(plan)
    done: set[int] = set()
    for number, current in sorted(gone.items()):
        if number in done:
            continue
        prefix = largest_gone(plan, current, gone)
        table = tables.get(number, ())
        if prefix and not is_last(plan, prefix, gone):
            done |= remove(plan, prefix, current)
        elif table and all(base.number in gone or not base.text for base in table):
            tell_gone(plan, table)
            done |= {base.number for base in table}
        else:
            tell_gone(plan, [current])


def tables_of(plan: Plan) -> Mapping[int, Sequence[Base]]:
    """The paragraphs of the table that a paragraph of the report stands in, by its number."""
    tables: dict[tuple[str, int], list[Base]] = {}
    for base in plan.pairing.currents:
        if base.paragraph and base.paragraph.square:
            tables.setdefault((base.paragraph.part, base.paragraph.square[0]), []).append(base)
    return {base.number: table for table in tables.values() for base in table}


def remove(plan: Plan, prefix: Steps, current: Base) -> set[int]:
    """Plan that a part of the report goes, and give the paragraphs that print it."""
    below = plan.under(prefix)
    plan.lists.append(Remove(prefix))
    text = "\n".join(base.text for base in below if base.text)
    hands = tuple(dict.fromkeys(hand for base in below for hand in erasers(plan, base)))
    plan.changes.append(Change("deleted", current.paths[-1], text, "", hands))
    return {base.number for base in below}


def departed(plan: Plan) -> Iterator[Base]:
    """What the report still has and the copy has no longer, or only an empty paragraph of."""
    for base in plan.pairing.lost:
        current = plan.pairing.current.get(base.number)
        if current is None or is_repeated(plan, current):
            continue
        if said_by_author(base.bookmark) != said_by_author(current.bookmark):
            plan.ask("absorb-conflict", None, current, before=base.text, after="", now=current.text)
        else:
            yield current
    for paired in plan.pairing.paragraphs:
        current = plan.current.get(paired.number)
        if current is None or paired.paragraph.square is not None or len(paired.bases) != 1:
            continue
        had = bool(current.text) or bool(current.paragraph and current.paragraph.pictures)
        if (
            had
            and paired.paragraph.is_blank
            and current.number not in plan.places
            and paired.number not in plan.told
        ):
            yield current


def is_repeated(plan: Plan, current: Base) -> bool:
    """Whether a header or footer says the same in another part of the copy: programs share equal ones."""
    first = plan.pairing.paragraphs[0].paragraph.part
    part = current.paragraph.part if current.paragraph else first
    others = (p for p in plan.pairing.paragraphs if p.paragraph.part != first)
    return part != first and any(p.text == current.text for p in others)


def said_by_author(bookmark: Bookmark) -> tuple[str, ...]:
    """What a paragraph says without the words and numbers of the kind."""
    return tuple(piece.text for piece in bookmark.pieces if piece.path)


def stands_alone(plan: Plan, prefix: Steps) -> bool:
    """Whether the paragraphs that print what stands at a path print nothing else, such as a heading."""
    owners = (steps for base in plan.under(prefix) for steps in plan.owners[base.number])
    return all(steps[: len(prefix)] == prefix for steps in owners)


def largest_gone(plan: Plan, current: Base, gone: Container[int]) -> Steps:
    """The largest part of the report that can go and of which nothing is left in the copy."""
    owners = plan.owners[current.number]
    for end in range(1, len(owners[-1]) + 1) if owners else ():
        prefix = owners[-1][:end]
        whole = all(base.number in gone for base in plan.under(prefix))
        if whole and can_go(plan, prefix) and stands_alone(plan, prefix):
            return prefix
    return ()


def can_go(plan: Plan, prefix: Steps) -> bool:
    """Whether the report may do without what stands at a path."""
    last, kind = prefix[-1], plan.draft.report.kind
    if len(prefix) == 1:
        form = kind.schema["properties"].get(str(last), {}).get("x-type")
        needed = kind.schema.get("required", ())
        return form in ("blocks", "lines") and last not in needed and last != kind.fields["title"]
    if isinstance(last, int):
        return prefix[-2] not in (plan.draft.block("table", "header"),) and not (
            isinstance(prefix[-2], int)
            and len(prefix) > 2
            and prefix[-3] == plan.draft.block("table", "rows")
        )
    notes = (plan.draft.word("note"), plan.draft.word("inside"), plan.draft.word("below"))
    optional = (plan.draft.block("heading", "body"), plan.draft.block("list"))
    titled = last == plan.draft.block("picture", "title") and len(prefix) > 2
    return last in (*notes, *optional) or titled


def is_last(plan: Plan, prefix: Steps, gone: Container[int]) -> bool:
    """Whether nothing would be left in the list that something goes from."""
    spot = plan.draft.sheet.spots.get(prefix[:-1])
    if not isinstance(prefix[-1], int) or spot is None or not isinstance(spot.node, nodes.Sequence):
        return False
    size = len(spot.node.items)
    return all(
        bool(under := plan.under((*prefix[:-1], number))) and all(base.number in gone for base in under)
        for number in range(size)
    )


def tell_gone(plan: Plan, bases: Sequence[Base]) -> None:
    """Tell of something deleted that the report cannot do without: a paragraph, or a table as a whole."""
    first = next((base for base in bases if base.paths), bases[0])
    code = "absorb-gone" if first.paths else "absorb-fixed"
    text = " | ".join(base.text for base in bases if base.text)
    plan.places |= {base.number for base in bases}
    plan.ask(code, None, first, where=plan.lacking(first, text), before=text, after="")


def erasers(plan: Plan, base: Base) -> Iterator[Hand]:
    """Who deleted a paragraph, as far as that was tracked."""
    for number, current in plan.pairing.current.items():
        if current.number == base.number:
            for name in plan.pairing.bases[number].names:
                yield from plan.pairing.erased.get(name, ())

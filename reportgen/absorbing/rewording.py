"""Paragraphs that say something else in; what is written in the report for it, and what cannot be, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reportgen.absorbing.figures import addends_of, plan_date, plan_figure
from reportgen.absorbing.pairing import Base, Paired
from reportgen.absorbing.plan import Change, Plan, hands_in, hands_of, listed, shortened
from reportgen.absorbing.zones import Blocked, Make, Written, Zone, escaped, write, zones_of
from reportgen.diagnostics import Bilingual
from reportgen.edited.stretches import Stretch, common_start, likeness, rebase
from reportgen.model.values import Date

BREAK: Final = "\0"
"""Where a paragraph was split in two."""
BLANKS: Final = re.compile(" {2,}")
EDGES: Final = " \t\u3000"
MANUAL: Final = frozenset("\n\t")
"""What a reviewer sets inside a paragraph and a report has no way to write: line breaks and tabs."""
NUMBERING: Final = re.compile(
    r"\u3000*(?:注：)?(?:[（(]?[一二三四五六七八九十百\d]+[）)]?[.、．]?|[图表附件]+\d*[：\u3000]?\d*[.．]?)?\u3000?"
)
"""What the program sets before a text: numbers of headings, items, notes, pictures and tables."""
MOST_PARTS: Final = 3
REST: Final = 0.6
"""How alike the rest of a split paragraph has to be to what it was."""


def plan_texts(plan: Plan) -> None:
    """Plan every paragraph of the copy that was put in; headers and footers are told already."""
    first = plan.pairing.paragraphs[0].paragraph.part
    for paired in plan.pairing.paragraphs:
        if paired.bases and paired.paragraph.part == first:
            plan_paragraph(plan, paired)


def said(paired: Paired) -> str:
    """What a paragraph says, without the blanks that a page does not show."""
    text, base = paired.text, "".join(base.text for base in paired.bases)
    text = BLANKS.sub(" ", text).rstrip(EDGES)
    return text if base[:1] in ("\u3000", " ") else text.lstrip(EDGES)


def plan_paragraph(plan: Plan, paired: Paired) -> None:
    """Plan one paragraph."""
    text, base = said(paired), "".join(base.text for base in paired.bases)
    if text == base.rstrip(EDGES) and len(paired.bases) == 1:
        return
    currents = [current for current in paired.currents if current is not None]
    if len(paired.bases) > 1:
        plan_merged(plan, paired, text, currents)
    elif not currents:
        plan.ask(
            "absorb-conflict",
            paired,
            None,
            path=paired.bases[0].bookmark.path,
            before=base,
            after=text,
            now="",
        )
    elif text != currents[0].text:
        plan_single(plan, paired, text, currents[0])


def plan_single(plan: Plan, paired: Paired, text: str, current: Base) -> None:
    """Plan a paragraph that is one in the report too."""
    base, path = paired.bases[0], current.bookmark.path
    if path in plan.draft.cells:
        plan_figure(plan, paired, text, current)
    elif isinstance(plan.draft.report.values.get(path), Date):
        plan_date(plan, paired, text, current)
    elif is_name(plan, current):
        return  # title and signature are looked at together
    elif not text:
        if plan.draft.classes.get(paired.paragraph.style) != "cell" and paired.paragraph.square is None:
            return  # nothing is left of it: as good as deleted
        reword(plan, [paired], text, [base], [current])
    else:
        parts = parts_of(plan, paired, text, base)
        reword(plan, [paired], parts, [base], [current])


def is_name(plan: Plan, current: Base) -> bool:
    """Whether a paragraph is a title or signature that the report does not give itself."""
    fields = plan.draft.report.kind.fields
    path = current.bookmark.path
    is_title = path.startswith(f"{fields['title']}[") and path not in plan.draft.prose
    return is_title or (path == fields["organ"] and plan.look(current) == "signature")


def parts_of(plan: Plan, paired: Paired, text: str, base: Base) -> str:
    """The text with the new paragraphs beside it that are its own rest, parted by BREAK."""
    if paired.paragraph.square is not None or len(base.text) < 2 or text == base.text:
        return text
    after = fresh(plan, range(paired.number + 1, paired.number + 1 + MOST_PARTS))
    before = fresh(plan, range(paired.number - 1, paired.number - 1 - MOST_PARTS, -1))
    head = common_start(base.text, text, ())
    tail = common_start(base.text[::-1], text[::-1], ())
    for count in range(len(after), 0, -1):
        rest = "".join(said(other) for other in after[:count])
        if likeness(base.text[head:], rest) >= REST and head:
            plan.parted[paired.number] = tuple(other.number for other in after[:count])
            return BREAK.join((text, *(said(other) for other in after[:count])))
    for count in range(len(before), 0, -1):
        rest = "".join(said(other) for other in reversed(before[:count]))
        if tail and likeness(base.text[: len(base.text) - tail], rest) >= REST:
            plan.parted[paired.number] = tuple(other.number for other in before[:count])
            return BREAK.join((*(said(other) for other in reversed(before[:count])), text))
    return text


def fresh(plan: Plan, numbers: range) -> list[Paired]:
    """The unbroken run of new paragraphs with these numbers that are nobody's rest yet."""
    taken = {number for numbers in plan.parted.values() for number in numbers}
    found = []
    for number in numbers:
        if not 0 <= number < len(plan.pairing.paragraphs):
            break
        paired = plan.pairing.paragraphs[number]
        if (
            paired.bases
            or number in plan.current
            or number in taken
            or paired.paragraph.square
            or not paired.text
        ):
            break
        found.append(paired)
    return found


def plan_merged(plan: Plan, paired: Paired, text: str, currents: list[Base]) -> None:
    """Plan a paragraph that several were run together in."""
    if currents and text == currents[0].text:
        return
    bases = list(paired.bases)
    if len(currents) < len(bases) or not all(is_plain_item(plan, current) for current in currents[1:]):
        before = " / ".join(base.text for base in bases)
        plan.ask("absorb-unsure", paired, currents[0] if currents else None, before=before, after=text)
        plan.places |= {current.number for current in currents}
        return
    reword(plan, [paired], text, bases, currents)


def is_plain_item(plan: Plan, current: Base) -> bool:
    """Whether a paragraph is one text of the author's that is an item of a list by itself."""
    (steps, *more) = plan.owners[current.number] or ((),)
    return not more and bool(steps) and isinstance(steps[-1], int) and len(plan.under(steps)) == 1


def reword(
    plan: Plan, paired: list[Paired], text: str, bases: Sequence[Base], currents: Sequence[Base]
) -> None:
    """Write what reads otherwise where it is written; what cannot be is told."""
    before = "".join(current.text for current in currents)
    zones = zones_together(plan, currents)
    gap = next((zone for zone in zones if zone.make is Make.GAP), None)
    if gap is not None and gap.prose is not None:
        fill_gap(plan, paired[0], text, zones, gap, currents[0])
        return
    ends = [end for zone in zones if zone.make is not Make.WRITTEN for end in (zone.start, zone.end)]
    rebased = rebase("".join(base.text for base in bases), text, before, ends)
    if rebased.conflicts:
        was, after = "".join(base.text for base in bases), text.replace(BREAK, " / ")
        plan.ask("absorb-conflict", paired[0], currents[0], before=was, after=after, now=before)
        return
    path = next((zone.path for zone in zones if zone.path), "")
    results = [
        write(
            stretch,
            zones,
            before,
            literal=path in plan.literal or (zone_path(zones, stretch) in plan.literal),
        )
        for stretch in rebased.stretches
    ]
    done = [result for result in results if isinstance(result, Written)]
    blocked = [result for result in results if isinstance(result, Blocked)]
    solid = [result for result in blocked if not is_apart(result, currents[0])]
    if solid:
        tell_blocked(plan, paired[0], solid[0], currents[0], before, text.replace(BREAK, " / "))
        plan.told |= set(plan.parted.get(paired[0].number, ()))
        return
    if any(BREAK in result.stretch.text for result in blocked):
        plan.ask("absorb-unsure", paired[0], currents[0], before=before, after=text.replace(BREAK, " / "))
        plan.told |= set(plan.parted.get(paired[0].number, ()))
        return
    plain = [result for result in done if not MANUAL & {*result.text}]
    if len(plain) < len(done):
        plan.ask("absorb-line-break", paired[0], currents[0], before=before, after=text.replace(BREAK, " / "))
        plan.told |= set(plan.parted.get(paired[0].number, ()))
        done = plain
    for result in blocked:
        tell_blocked(plan, paired[0], result, currents[0], before, text.replace(BREAK, " / "))
    for change in done:
        note(plan, change)
    if len(currents) > 1 and not blocked:
        run_on(plan, currents)
    if done or len(currents) > 1:
        shown = [
            paired[0].paragraph,
            *(plan.pairing.paragraphs[n].paragraph for n in plan.parted.get(paired[0].number, ())),
        ]
        form = "split" if BREAK in text else "merged" if len(currents) > 1 else "text"
        shown_path = done[0].prose.path if done else path
        hands = hands_in(paired[0]) if form == "text" else hands_of(shown)
        plan.changes.append(Change(form, shown_path, before, text.replace(BREAK, "\n"), hands))


def is_apart(blocked: Blocked, current: Base) -> bool:
    """Whether what cannot be written stands by itself, so that the other changes beside it can be."""
    zone = blocked.zone
    return zone is not None and (zone.make is Make.EXPRESSION or is_renumbered(blocked, current))


def is_renumbered(blocked: Blocked, current: Base) -> bool:
    """Whether a change is one of a number alone: no words went or came with it."""
    zone, stretch = blocked.zone, blocked.stretch
    within = zone is not None and zone.start <= stretch.start and stretch.end <= zone.end
    return (
        zone is not None
        and within
        and is_number(zone, current)
        and NUMBERING.fullmatch(stretch.text) is not None
    )


def is_number(zone: Zone, current: Base) -> bool:
    """Whether a zone is a number that the program gives a text."""
    return zone.make is Make.FIXED and bool(current.paths) and NUMBERING.fullmatch(zone.text) is not None


def zones_together(plan: Plan, currents: Sequence[Base]) -> list[Zone]:
    """The zones of paragraphs as of one."""
    zones: list[Zone] = []
    for current in currents:
        by = zones[-1].end if zones else 0
        zones += [zone.moved(by) for zone in zones_of(current.bookmark, plan.draft)]
    return zones


def zone_path(zones: Sequence[Zone], stretch: Stretch) -> str:
    """The place that a change falls in."""
    return next((z.path for z in zones if z.path and z.start <= stretch.end and stretch.start <= z.end), "")


def note(plan: Plan, written: Written) -> None:
    """Note a change of a text, once."""
    spot = plan.draft.spot(written.prose)
    if spot is not None:
        known = plan.written.setdefault(spot.path, [])
        if written not in known:
            known.append(written)


def run_on(plan: Plan, currents: Sequence[Base]) -> None:
    """Note that the texts after the first one follow it in its scalar."""
    owners = [plan.owners[current.number][-1] for current in currents]
    for steps in owners[1:]:
        plan.merged.setdefault(owners[0], []).append(steps)


def fill_gap(plan: Plan, paired: Paired, text: str, zones: Sequence[Zone], gap: Zone, current: Base) -> None:
    """Write a text where nothing was filled in yet."""
    before = "".join(zone.text for zone in zones if zone.end <= gap.start)
    after = "".join(zone.text for zone in zones if zone.start >= gap.end)
    spot = plan.draft.spot(gap.prose) if gap.prose else None
    fits = text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after)
    if spot is None or not fits or BREAK in text:
        plan.ask("absorb-unsure", paired, current, before=current.text, after=text.replace(BREAK, " / "))
        return
    plan.assigned[spot.path] = escaped(text[len(before) : len(text) - len(after)])
    plan.changes.append(Change("text", gap.path, current.text, text, paired.paragraph.hands))


def tell_blocked(
    plan: Plan, paired: Paired, blocked: Blocked, current: Base, before: str, after: str
) -> None:
    """Say why a change is not taken over."""
    zone = blocked.zone
    if zone is not None and zone.make is Make.EXPRESSION and zone.prose is not None:
        expression = plan.draft.written(zone.prose)[slice(*zone.span)]
        names = tuple(dict.fromkeys(zone.names)) or (expression,)
        plan.ask("absorb-expression", paired, current, path=zone.path, old=zone.text, names=listed(names),
                 sources=listed([name for each in names for name in addends_of(plan, each) or (each,)]),
                 change=change_said(blocked.stretch, zone, before), place=zone.path)  # fmt: skip
    elif zone is not None and is_renumbered(blocked, current):
        plan.ask("absorb-numbering", paired, current, old=zone.text, new=after, before=before)
    elif zone is not None and zone.make in (Make.FIXED, Make.COMPUTED) and not is_number(zone, current):
        plan.ask("absorb-fixed", paired, current, before=before, after=after)
    else:
        plan.ask("absorb-unsure", paired, current, before=before, after=after)


def change_said(stretch: Stretch, zone: Zone, before: str) -> Bilingual:
    """What a reviewer did where an expression stands: with all that went or was written over with it."""
    gone, after = before[stretch.start : stretch.end], shortened(stretch.text)
    old = shortened(gone)
    if not after:
        return Bilingual(f"删去“{old}”", f"leaving out “{old}”")
    if gone == zone.text:
        return Bilingual(f"改为“{after}”", f"the change to “{after}”")
    return Bilingual(f"“{old}”改为“{after}”", f"the change of “{old}” to “{after}”")

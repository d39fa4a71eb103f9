"""A figure, a date or a name that was changed in; the new value of the report, or why it is none, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from reportgen.absorbing.draft import steps_of
from reportgen.absorbing.pairing import Base, Paired
from reportgen.absorbing.plan import Change, Plan, hands_in, listed
from reportgen.model.edits.edit import Insert
from reportgen.model.scalars import CHECKS
from reportgen.model.values import State

DATE: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|(\d{4})-(\d{1,2})-(\d{1,2})")
PLACE: Final = re.compile(r"\{([^{}]+)\}")


def plan_figure(plan: Plan, paired: Paired, text: str, current: Base) -> None:
    """Plan a figure of a statutory table."""
    path, base = current.bookmark.path, paired.bases[0].text
    if base not in (current.text, text):
        plan.ask("absorb-conflict", paired, current, before=base, after=text, now=current.text)
        return
    addends = addends_of(plan, path)
    if addends:
        plan_total(plan, paired, text, current, addends)
    elif is_figure(plan, path, text):
        enter(plan, paired, text, current)
    else:
        plan.ask("absorb-figure", paired, current, before=current.text, after=text)


def enter(plan: Plan, paired: Paired, text: str, current: Base) -> None:
    """Note a new figure."""
    path = current.bookmark.path
    plan.figures[path] = text
    plan.changes.append(Change("figure", path, current.text, text, hands_in(paired)))


def is_figure(plan: Plan, path: str, text: str) -> bool:
    """Whether a text is a figure of the form its place asks for."""
    kind = plan.draft.report.kind
    figure = kind.tables[path.partition(".")[0]].figures.get(path)
    form = figure.form if figure else "figure"
    return CHECKS[form](text, {}, kind.vocabulary) is None and text != ""


def addends_of(plan: Plan, path: str) -> tuple[str, ...]:
    """What a total adds up; nothing for a figure that is no total."""
    formulas = plan.draft.report.kind.formulas
    return next((formula.addends for formula in formulas if formula.total == path), ())


def plan_total(plan: Plan, paired: Paired, text: str, current: Base, addends: tuple[str, ...]) -> None:
    """Plan a total: right as the copy adds up, it comes by itself, or is changed where it was given."""
    if text == sum_in_copy(plan, addends):
        if plan.draft.cells[current.bookmark.path].state is not State.COMPUTED:
            enter(plan, paired, text, current)
        return
    plan.ask("absorb-total", paired, current, before=current.text, after=text, addends=listed(addends))


def sum_in_copy(plan: Plan, addends: tuple[str, ...]) -> str:
    """What the addends of a total add up to in the copy; nothing when one of them is no number there."""
    said = {
        paired.bases[0].bookmark.path: paired.text.strip()
        for paired in plan.pairing.paragraphs
        if len(paired.bases) == 1 and paired.bases[0].bookmark.path in addends
    }
    numbers = [said.get(path, "") for path in addends]
    if not all(number.isascii() and number.isdecimal() for number in numbers):
        return ""
    return str(sum(map(int, numbers)))


def plan_date(plan: Plan, paired: Paired, text: str, current: Base) -> None:
    """Plan a date."""
    path, base = current.bookmark.path, paired.bases[0].text
    written = iso_date(text)
    if base not in (current.text, text):
        plan.ask("absorb-conflict", paired, current, before=base, after=text, now=current.text)
    elif written:
        plan.assigned[steps_of(path)] = written
        plan.changes.append(Change("date", path, current.text, text, hands_in(paired)))
    else:
        plan.ask("absorb-figure", paired, current, before=current.text, after=text)


def iso_date(text: str) -> str:
    """A date as the report writes it (`2024-01-12`); nothing when it is none."""
    match = DATE.fullmatch(text.strip())
    if not match:
        return ""
    try:
        return date(*(int(part) for part in match.groups() if part)).isoformat()
    except ValueError:
        return ""


def plan_names(plan: Plan) -> None:
    """Plan title and signature that are made of the office's name: both together rename the office."""
    changed = dict(changed_names(plan))
    if not changed:
        return
    fields = plan.draft.report.kind.fields
    organs = {role: organ_in(plan, role, paired.text) for role, (paired, _) in changed.items()}
    wanted = [(role, *pair) for role, pair in changed.items() if fields[role] in plan.literal]
    for role, paired, current in wanted:
        give(plan, role, paired, current)
    left = {role: pair for role, pair in changed.items() if fields[role] not in plan.literal}
    names = {organs[role] for role in left}
    if len(changed) == 2 and len(left) == 2 and len(names) == 1 and "" not in names:
        paired, current = left["signature"]
        plan.assigned[(fields["organ"],)] = organs["signature"]
        plan.changes.append(
            Change("name", fields["organ"], current.text, organs["signature"], paired.paragraph.hands)
        )
        return
    if set(left) == {"title"} and organs["title"] and organs["title"] == signed(plan):
        plan.assigned[(fields["organ"],)] = organs["title"]
        paired, current = left["title"]
        plan.changes.append(
            Change("name", fields["organ"], current.text, paired.text, paired.paragraph.hands)
        )
        return
    for role, (paired, current) in left.items():
        plan.ask("absorb-name", paired, current, path=fields[role], before=current.text, after=paired.text,
                 organ=fields["organ"], place=fields[role])  # fmt: skip


def changed_names(plan: Plan) -> Iterator[tuple[str, tuple[Paired, Base]]]:
    """Title and signature that the report does not give itself and that read otherwise in the copy."""
    fields = plan.draft.report.kind.fields
    for paired in plan.pairing.paragraphs:
        current = paired.currents[0] if len(paired.currents) == 1 else None
        if current is None or paired.text.strip() in (current.text, paired.bases[0].text):
            continue
        path = current.bookmark.path
        if path.startswith(f"{fields['title']}[") and path not in plan.draft.prose:
            yield "title", (paired, current)
        elif path == fields["organ"] and plan.look(current) == "signature":
            yield "signature", (paired, current)


def signed(plan: Plan) -> str:
    """The name in the copy where the report gives the office's own as its only signature; else nothing."""
    fields, report = plan.draft.report.kind.fields, plan.draft.report
    names = report.values.get(fields["signature"])
    if not isinstance(names, tuple) or list(map(str, names)) != [report_text(plan, fields["organ"])]:
        return ""
    signature = [
        paired.text.strip()
        for paired in plan.pairing.paragraphs
        for current in paired.currents
        if current and plan.look(current) == "signature"
    ]
    return signature[0] if len(signature) == 1 else ""


def organ_in(plan: Plan, role: str, text: str) -> str:
    """The name of the office in a title or signature; nothing where it cannot be told."""
    report = plan.draft.report
    organ = report.kind.fields["organ"]
    if role == "signature":
        return text.strip()
    form = "".join(map(str, report.kind.texts["title"]))
    pattern = "".join(
        re.escape(part)
        if number % 2 == 0
        else "(.+)"
        if part == organ
        else re.escape(str(report_text(plan, part)))
        for number, part in enumerate(PLACE.split(form))
    )
    match = re.fullmatch(pattern, text.strip())
    return match[1] if match and match.groups() else ""


def report_text(plan: Plan, key: str) -> str:
    """A short field of the report as it stands in the file."""
    node = plan.draft.report.root.get(key)
    return str(getattr(node, "text", ""))


def give(plan: Plan, role: str, paired: Paired, current: Base) -> None:
    """Let the report give a title or signature itself."""
    report = plan.draft.report
    key, order = report.kind.fields[role], list(report.kind.schema["properties"])
    earlier = [name for name in order[: order.index(key)] if report.root.get(name) is not None]
    plan.lists.append(Insert((), key, paired.text.strip(), earlier[-1] if earlier else None))
    plan.changes.append(Change("name", key, current.text, paired.text.strip(), paired.paragraph.hands))

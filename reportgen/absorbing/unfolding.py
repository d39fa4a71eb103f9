"""A first plan and the report's file in; the file with texts as lists where their paragraphs changed out.

A text of several lines of the file may be several paragraphs. Paragraphs come, go and move as items
of a list only: where one did, the text becomes the list of its paragraphs, which prints the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen.absorbing.plan import Plan
from reportgen.absorbing.rewording import BREAK
from reportgen.model.edits.edit import Assign, Edit, InsertItem, MakeList
from reportgen.model.edits.editing import edit_file
from reportgen.model.forms import Steps
from reportgen.model.paragraphs import BLANK
from reportgen.model.values import Prose


def unfold(plan: Plan, data: bytes) -> bytes:
    """The file with those texts as lists of their paragraphs that the copy has in another form."""
    changed = set(restructured(plan))
    wanted = {path: texts for path, texts in layered(plan).items() if path in changed}
    data = edit_file(data, [Assign(path, texts[0]) for path, texts in wanted.items()]).data
    return edit_file(data, [edit for path, texts in wanted.items() for edit in rest(path, texts[1:])]).data


def rest(path: Steps, texts: Sequence[str]) -> Iterator[Edit]:
    """The edits that write paragraphs after a text: as further items of its list, or in a list with it."""
    last = path[-1]
    if isinstance(last, int):
        yield from (InsertItem(path[:-1], last + 1, text) for text in texts)
    elif texts:
        yield MakeList(path, after=tuple(texts))


def layered(plan: Plan) -> Mapping[Steps, tuple[str, ...]]:
    """The texts that the file lays out over several lines, as their paragraphs, by path."""
    draft, known = plan.draft, by_scalar(plan)
    found = {path: tuple(map(draft.flat, texts)) for path, texts in known.items()}
    sources = {path: draft.written(texts[0]).strip(BLANK) for path, texts in known.items()}
    return {path: texts for path, texts in found.items() if texts != (sources[path],)}


def by_scalar(plan: Plan) -> Mapping[Steps, list[Prose]]:
    """The texts of the report by the scalar they stand in; those with a gap are left out."""
    found: dict[Steps, list[Prose]] = {}
    for prose in plan.draft.prose.values():
        spot = plan.draft.spot(prose)
        if spot is not None and prose.origins:
            found.setdefault(spot.path, []).append(prose)
    return found


def restructured(plan: Plan) -> Iterator[Steps]:
    """The paths of texts whose paragraphs are others in the copy, or that something new stands beside."""
    yield from (edit.path for edit in plan.lists if isinstance(edit, MakeList))
    for path, others in plan.merged.items():
        yield from (path, *others)
    for path, changes in plan.written.items():
        if any(BREAK in change.text for change in changes):
            yield path
    yield from (path for path, texts in layered(plan).items() if len(texts) > 1 and is_rearranged(plan, path))


def is_rearranged(plan: Plan, path: Steps) -> bool:
    """Whether the copy has the paragraphs of a text in another order, or others among them, or fewer."""
    places = {base.number: paired for paired in plan.pairing.paragraphs for base in paired.currents if base}
    held = [places.get(base.number) for base in plan.under(path)]
    there = [paired for paired in held if paired is not None and not paired.paragraph.is_blank]
    if not there:
        return False
    numbers = [paired.number for paired in there]
    whole = len(there) == len(held) and all(len(paired.bases) == 1 for paired in there)
    return not whole or numbers != list(range(numbers[0], numbers[0] + len(numbers)))

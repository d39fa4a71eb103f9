"""Last year's figures in; this year's, carried over or to be filled in, out."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from reportgen.model import nodes
from reportgen.model.edits.edit import Assign, Edit, Insert, Remark, Remove
from reportgen.model.edits.sheet import Sheet
from reportgen.model.forms import Plain, Steps
from reportgen.model.kind import Kind
from reportgen.model.report import Report
from reportgen.model.values import Cell, Unknown


def empty_figures(sheet: Sheet, kind: Kind) -> Iterator[Edit]:
    """Every figure that must be new, to be filled in: those of the tables and the data beside them."""
    unknown, note = kind.vocabulary["unknown"], kind.vocabulary["note"]
    fields = kind.fields_of_type("table", "figures")
    dropped = computed(sheet, kind)
    yield from dropped
    gone = {edit.path for edit in dropped}
    for path, spot in sheet.spots.items():
        is_figure = path and path[0] in fields and note not in path and isinstance(spot.node, nodes.Scalar)
        if is_figure and path not in gone:
            yield Assign(path, unknown)


def computed(sheet: Sheet, kind: Kind) -> tuple[Remove | Assign, ...]:
    """The totals left out, for they are computed: a new one is nobody's to fill in. Carried ones stay."""
    totals = {formula.total for formula in kind.formulas}
    goals = set(kind.draft.get("carried", {}).values())
    groups: dict[str, list[str]] = {}
    for path in (path for table in kind.tables.values() for path in table.figures):
        groups.setdefault(path.rpartition(".")[0], []).append(path)
    edits: list[Remove | Assign] = []
    for group, paths in groups.items():
        spot = sheet.spots.get(tuple(group.split(".")))
        if group not in goals and spot and isinstance(spot.node, nodes.Mapping):
            is_whole = totals.issuperset(paths)
            edits += [Remove(spot.path)] if is_whole else without(spot.path, spot.node, totals)
    return tuple(edits)


def without(at: Steps, row: nodes.Mapping, totals: Set[str]) -> list[Remove | Assign]:
    """A row without its totals: an empty one where it gives nothing else."""
    given = [(*at, entry.key.text) for entry in row]
    summed = [path for path in given if ".".join(map(str, path)) in totals]
    if summed and len(summed) == len(given):
        return [Assign(at, {})]
    return [Remove(path) for path in summed]


def carry(sheet: Sheet, report: Report | None, kind: Kind) -> Iterator[Edit]:
    """Figures that begin where last year's ended, cell by cell."""
    totals = {formula.total for formula in kind.formulas}
    for source, goal in kind.draft.get("carried", {}).items():
        cells = figures_at(report, source)
        steps = tuple(goal.split("."))
        entered = {name: worth for name, worth in cells.items() if f"{goal}.{name}" not in totals}
        node = sheet.spots[steps].node if steps in sheet.spots else None
        if isinstance(node, nodes.Mapping):
            given = {name: worth for name, worth in cells.items() if (*steps, name) in sheet.spots}
            yield from (Assign((*steps, name), worth) for name, worth in given.items())
            yield from add_missing(node, steps, entered)
        elif node is not None and entered:
            yield Assign(steps, entered)
        elif entered:
            yield from put_group(sheet, kind, steps, entered)


def add_missing(node: nodes.Mapping, steps: Steps, entered: dict[str, str]) -> Iterator[Edit]:
    """The figures of a group that it does not give, each after the one before it that it gives."""
    after = None
    for name, text in entered.items():
        if node.get(name) is not None:
            after = name
        else:
            yield Insert(steps, name, text, after)


def put_group(sheet: Sheet, kind: Kind, steps: Steps, entered: Plain) -> Iterator[Edit]:
    """A group of figures that last year's report left out, among the groups of its table."""
    *above, name = steps
    node = sheet.spots[tuple(above)].node if tuple(above) in sheet.spots else None
    if isinstance(node, nodes.Mapping):
        table = kind.tables[str(above[0])]
        order = list(dict.fromkeys(path.split(".")[1] for path in table.figures))
        before = order[: order.index(str(name))]
        after = next((key for key in reversed(before) if node.get(key) is not None), None)
        first = node.entries[0].key.text if node.entries else None
        yield Insert(tuple(above), str(name), entered, after or first)
    elif node is not None:
        yield Assign(tuple(above), {str(name): entered})


def figures_at(report: Report | None, path: str) -> dict[str, str]:
    """The figures of a group as they are written, the unknown ones too."""
    node: Any = report.values if report else {}
    for step in path.split("."):
        node = node.get(step, {}) if hasattr(node, "get") else {}
    cells = node if hasattr(node, "items") else {}
    return {name: worth(cell, report) for name, cell in cells.items() if isinstance(cell, Cell)}


def worth(cell: Cell, report: Report | None) -> str:
    """A figure as a report writes it."""
    unknown = report.kind.vocabulary["unknown"] if report else ""
    return unknown if isinstance(cell.figure, Unknown) else str(cell.figure)


def explain(sheet: Sheet, report: Report | None, kind: Kind) -> Iterator[Edit]:
    """Comments that say how a figure follows from last year's."""
    for path, text in kind.draft.get("remarks", {}).items():
        group, _, name = path.rpartition(".")
        value = figures_at(report, group).get(name, kind.vocabulary["unknown"])
        steps = sheet.nearest(tuple(path.split(".")))
        if steps:
            yield Remark(steps, text.format(value=value))

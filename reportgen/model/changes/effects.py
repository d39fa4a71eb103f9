"""Changes in; the same with those that only follow from others told so: totals, and figures in texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.model import nodes
from reportgen.model.changes.change import Change, Sort
from reportgen.model.changes.content import Content
from reportgen.model.changes.units import FIGURE, Unit

if TYPE_CHECKING:
    from reportgen.model.report import Report

Addends = Mapping[str, tuple[str, ...]]


def explain(
    changes: Sequence[Change], old: Content, new: Content, reports: tuple[Report, Report]
) -> tuple[Change, ...]:
    """The changes with their causes."""
    figures = {
        unit.path: unit for content in (old, new) for unit in content.fixed.values() if unit.sort == FIGURE
    }
    changed = {change.path for change in changes if change.path in figures}
    addends = sums(reports[1])
    units = {unit.path: unit for unit in old.running}, {unit.path: unit for unit in new.running}
    return tuple(
        replace(change, causes=causes(change, changed, addends, units, reports)) for change in changes
    )


def sums(report: Report) -> Addends:
    """What every total adds up."""
    found: dict[str, tuple[str, ...]] = {}
    for formula in report.kind.formulas:
        found[formula.total] = (*found.get(formula.total, ()), *formula.addends)
    return found


def causes(
    change: Change,
    changed: set[str],
    addends: Addends,
    units: tuple[Mapping[str, Unit], Mapping[str, Unit]],
    reports: tuple[Report, Report],
) -> tuple[str, ...]:
    """The entered figures that a change follows from; none when it does not follow from any."""
    if change.sort is not Sort.CHANGED or not change.old or not change.new:
        return ()
    if change.path in addends:
        return tuple(path for path in roots(change.path, changed, addends) if path != change.path)
    one, other = units[0].get(change.old.path), units[1].get(change.new.path)
    if one and other and one.source == other.source and other.names:
        named = (path for name in other.names for path in roots(name, changed, addends))
        return tuple(dict.fromkeys(named))
    return of_a_block(change, changed, addends, reports)


def roots(path: str, changed: set[str], addends: Addends) -> tuple[str, ...]:
    """The changed figures that nothing else explains, behind a figure that changed."""
    if path not in changed:
        return ()
    below = [root for addend in addends.get(path, ()) for root in roots(addend, changed, addends)]
    return tuple(dict.fromkeys(below)) or (path,)


def of_a_block(
    change: Change, changed: set[str], addends: Addends, reports: tuple[Report, Report]
) -> tuple[str, ...]:
    """The causes of a change in a figure or text that was written the same in both reports."""
    assert change.old
    assert change.new
    one, other = written(reports[0], change.old.path), written(reports[1], change.new.path)
    if not other or one != other or "{{" not in other:
        return ()
    named = (root for path in sorted(changed) if path in other for root in roots(path, changed, addends))
    return tuple(dict.fromkeys(named))


def written(report: Report, path: str) -> str:
    """What a report's file says at a path; empty when that cannot be told."""
    node: nodes.Node | None = report.root
    for step in path.replace("[", ".[").split("."):
        if isinstance(node, nodes.Sequence) and step.startswith("["):
            at = int(step[1:-1])
            node = node.items[at] if at < len(node.items) else None
        elif isinstance(node, nodes.Mapping):
            node = node.get(step)
        else:
            return ""
    return node.text if isinstance(node, nodes.Scalar) else ""

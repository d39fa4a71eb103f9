"""The declaration of a chart in; the chart with its figures, and findings, out."""

from __future__ import annotations

from typing import Final

from reportgen.diagnostics import Listed
from reportgen.model import nodes
from reportgen.model.nodes import Entry, Node
from reportgen.model.reading import Reader, start_of
from reportgen.model.values import Chart, Figure, Prose, Series, Unknown

MOST_CATEGORIES: Final = 12
MOST_SERIES: Final = 6
LONGEST_LABEL: Final = 20
PIE: Final = "pie"


def read_chart(reader: Reader, entry: Entry, path: str) -> tuple[Chart, ...]:
    """The chart of a block, none when it cannot be drawn. A figure still to be filled in is unknown there."""
    words, at = reader.words["chart"], f"{path}.{entry.key.text}"
    keys = {role: key for role, key in words.items() if role not in ("key", "forms")}
    parts = reader.parts(entry.value, at, keys, ("form", "title", "data", "alt"), entry.key.location)
    form = reader.choice(parts["form"], f"{at}.{words['form']}", words["forms"]) if "form" in parts else None
    data = _read_data(reader, parts["data"], f"{at}.{words['data']}", form) if "data" in parts else ()
    title, alt = (_prose(reader, parts.get(role), f"{at}.{words[role]}") for role in ("title", "alt"))
    unit = reader.line(parts["unit"], f"{at}.{words['unit']}") if "unit" in parts else ""
    if form is None or not data or title is None or alt is None:
        return ()
    return (Chart(form, title, data, unit or "", alt, path),)


def _prose(reader: Reader, node: Node | None, path: str) -> Prose | None:
    return None if node is None else reader.prose(node, path)


def _read_data(reader: Reader, node: Node, path: str, form: str | None) -> tuple[Series, ...]:
    if not isinstance(node, nodes.Mapping):
        reader.report("mapping-expected", start_of(node), path)
        return ()
    several = any(isinstance(entry.value, nodes.Mapping) for entry in node)
    rows = [(entry.key.text, entry.value) for entry in node] if several else [("", node)]
    series = [_read_series(reader, name, row, f"{path}.{name}" if name else path, form) for name, row in rows]
    _check_series(reader, node, path, form, series)
    return tuple(row for row in series if row)


def _read_series(reader: Reader, name: str, node: Node, path: str, form: str | None) -> Series | None:
    if not isinstance(node, nodes.Mapping):
        reader.report("mapping-expected", start_of(node), path)
        return None
    if not 0 < len(node.entries) <= MOST_CATEGORIES:
        reader.report("chart-categories", start_of(node), path, count=len(node.entries), most=MOST_CATEGORIES)
        return None
    points: list[tuple[str, Figure]] = []
    for entry in node:
        at = f"{path}.{entry.key.text}"
        if len(entry.key.text) > LONGEST_LABEL:
            reader.report("chart-label", entry.key.location, at, most=LONGEST_LABEL)
        figure = reader.figure(entry.value, at)
        if form == PIE and figure is not None and not isinstance(figure, Unknown) and figure < 0:
            reader.report("chart-negative", entry.value.location, at, figure=figure)
        points += [] if figure is None else [(entry.key.text, figure)]
    return Series(name, tuple(points)) if len(points) == len(node.entries) else None


def _check_series(
    reader: Reader, node: nodes.Mapping, path: str, form: str | None, series: list[Series | None]
) -> None:
    if len(series) > (1 if form == PIE else MOST_SERIES):
        most = 1 if form == PIE else MOST_SERIES
        reader.report("chart-series", start_of(node), path, count=len(series), most=most)
    known = [row for row in series if row]
    for entry, row in zip(node.entries, series, strict=False):
        if row and row.name and [label for label, _ in row.points] != [label for label, _ in known[0].points]:
            labels = Listed(label for label, _ in known[0].points)
            reader.report(
                "chart-labels", entry.key.location, f"{path}.{row.name}", first=known[0].name, labels=labels
            )
    figures = [figure for row in known for _, figure in row.points]
    if form == PIE and figures and all(figure == 0 for figure in figures):
        reader.report("chart-of-zeros", start_of(node), path)

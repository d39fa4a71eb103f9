"""A report's page and its fonts in; every character that no font has, with its places in the report, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location, Related
from reportgen.model import nodes
from reportgen.model.linked import exhibits
from reportgen.model.values import Chart
from reportgen.render.geometry import style_of

if TYPE_CHECKING:
    from reportgen.model.report import Report
    from reportgen.render.fonts import FontSet

MOST_PLACES = 20
"""Places of one character that a finding names."""


def find_missing_glyphs(page: str, report: Report, fonts: FontSet) -> tuple[Diagnostic, ...]:
    """A finding for every character that the font it is to be set in does not have, nor any behind it."""
    layout = report.kind.layout
    texts: dict[str, list[str]] = {}
    root = ElementTree.fromstring(page)  # noqa: S314 (we wrote it)
    for role, text in (*texts_by_role(root, faces_of(layout), ""), *chart_texts(report)):
        texts.setdefault(role, []).append(text)
    missing = [c for role in sorted(texts) if role for c in fonts.missing("".join(texts[role]), role)]
    return tuple(tell(character, report) for character in dict.fromkeys(missing))


def faces_of(layout: Mapping[str, Any]) -> Mapping[str, str]:
    """The font role of each CSS class that has one."""
    styles = (*layout["styles"].values(), *layout["runs"].values())
    return {style["class"]: style["font"] for style in styles if "font" in style}


def texts_by_role(
    element: ElementTree.Element, faces: Mapping[str, str], outer: str
) -> Iterator[tuple[str, str]]:
    """The stretches of text of a page, each with the font role it is set in; what is not set has none."""
    roles = (faces[name] for name in element.get("class", "").split() if name in faces)
    role = next(roles, outer)
    yield role, element.text or ""
    for child in element:
        yield from texts_by_role(child, faces, role)
        yield role, child.tail or ""


def chart_texts(report: Report) -> Iterator[tuple[str, str]]:
    """The texts drawn in charts."""
    role = str(style_of(report.kind.layout, "picture-title")["font"])
    for chart in exhibits(report.values):
        if isinstance(chart, Chart):
            yield role, chart.unit
            for series in chart.series:
                yield role, series.name + "".join(label for label, _ in series.points)


def tell(character: str, report: Report) -> Diagnostic:
    """The finding about a character, at the first place where it stands."""
    places = [Related(location, path) for location, path in places_of(character, report.root, "")]
    first = places[0] if places else Related(Location(str(report.path)), "")
    point = f"{ord(character):04X}"
    related = tuple(places[1:MOST_PLACES])
    return find(
        "glyph-missing", first.location, first.path, related=related, character=character, point=point
    )


def places_of(character: str, node: nodes.Node, path: str) -> Iterator[tuple[Location, str]]:
    """Every place of a character in the keys and values of a report."""
    if isinstance(node, nodes.Scalar):
        for index, found in enumerate(node.text):
            if found == character:
                yield node.locate(index, index + 1), path
    elif isinstance(node, nodes.Sequence):
        for number, item in enumerate(node.items):
            yield from places_of(character, item, f"{path}[{number}]")
    else:
        for entry in node:
            inner = f"{path}.{entry.key.text}" if path else entry.key.text
            yield from places_of(character, entry.key, inner)
            yield from places_of(character, entry.value, inner)


def characters_of(report: Report) -> str:
    """Everything that may be printed of a report and its kind, in no order that matters."""
    labels = (cell.label for table in report.kind.tables.values() for row in table.rows for cell in row)
    return "".join((*scalars(report.root), str(report.kind.texts), *labels))


def scalars(node: nodes.Node) -> Iterator[str]:
    """The text of every key and value."""
    if isinstance(node, nodes.Scalar):
        yield node.text
    elif isinstance(node, nodes.Sequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for entry in node:
            yield entry.key.text
            yield from scalars(entry.value)

"""A report in; every chart drawn and every picture read, by the block's path, out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.diagnostics import Diagnostic
from reportgen.model.linked import exhibits
from reportgen.model.values import Chart, Picture, Prose, Segment
from reportgen.render.geometry import style_of
from reportgen.render.items import Image
from reportgen.render.pictures import read_picture

if TYPE_CHECKING:
    from reportgen.model.report import Report
    from reportgen.render.fonts import FontSet


def illustrate(report: Report, fonts: FontSet) -> tuple[Mapping[str, Image], tuple[Diagnostic, ...]]:
    """The images of a report by path, and what is wrong with its picture files."""
    images: dict[str, Image] = {}
    findings: list[Diagnostic] = []
    for block in exhibits(report.values):
        made = _make(block, report, fonts)
        if isinstance(made, Image):
            images[block.path] = made
        elif made:
            findings.append(made)
    return images, tuple(findings)


def find_faulty_pictures(report: Report) -> tuple[Diagnostic, ...]:
    """What is wrong with the picture files of a report, nothing being drawn."""
    pictures = (block for block in exhibits(report.values) if isinstance(block, Picture))
    read = (read_picture(picture, report.path.parent, report.kind.layout) for picture in pictures)
    return tuple(found for found in read if isinstance(found, Diagnostic))


def _make(block: Chart | Picture, report: Report, fonts: FontSet) -> Image | Diagnostic | None:
    if isinstance(block, Picture):
        return read_picture(block, report.path.parent, report.kind.layout)
    return _draw(block, report, fonts)


def _draw(chart: Chart, report: Report, fonts: FontSet) -> Image | None:
    """The drawing of a chart; None while all its figures are still to be filled in."""
    from reportgen.render.charts import draw_chart

    kind = report.kind
    names: Mapping[str, str] = {form: name for name, form in kind.blocks["chart"]["forms"].items()}
    role = str(style_of(kind.layout, "picture-title")["font"])
    try:
        drawing = draw_chart(chart, names[chart.form], str(kind.texts["gap"]), fonts, role)
    except ValueError:
        return None
    alt = Prose(chart.path, (Segment(drawing.alt),), chart.alt.location)
    return Image(chart.path, alt, drawing.width, drawing.height, drawing.png, svg=drawing.svg)

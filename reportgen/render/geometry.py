"""A kind's layout in; the lengths everything else is derived from out, exact."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

from reportgen.model.widths import POINTS_PER_MM, closer, exact, room_of

__all__ = ["POINTS_PER_MM", "closer", "exact"]

Layout = Mapping[str, Any]
"""The parsed layout.yaml of a kind."""


def type_area_width(layout: Layout) -> Decimal:
    """The width of the type area (版心) in mm."""
    margins = layout["margins"]
    return exact(layout["page"]["width"]) - exact(margins["left"]) - exact(margins["right"])


def type_area_height(layout: Layout) -> Decimal:
    """The height of the type area in mm."""
    margins = layout["margins"]
    return exact(layout["page"]["height"]) - exact(margins["top"]) - exact(margins["bottom"])


def style_of(layout: Layout, css_class: str) -> Mapping[str, Any]:
    """The paragraph style of a class; raises KeyError when the kind has none."""
    for style in layout["styles"].values():
        if style["class"] == css_class:
            return dict(style)
    raise KeyError(css_class)


def has_own_latin(style: Mapping[str, Any]) -> bool:
    """Whether a style takes letters and digits from its Chinese font (`latin: own`)."""
    return style.get("latin") == "own"


def pitch_of(layout: Layout, style: Mapping[str, Any]) -> Decimal | None:
    """The line pitch of a style in pt, the grid's unless it has its own; None where lines are free."""
    pitch = style.get("pitch", layout["grid"]["pitch"])
    return None if pitch == "auto" else exact(pitch)


def characters_per_line(layout: Layout, css_class: str) -> Decimal:
    """How many full-width characters of a style a line of the type area holds."""
    return room_of(layout, css_class).quantize(Decimal(1), ROUND_DOWN)

"""A text in; its width in characters out, as a page of Chinese text counts it; and how many a line holds."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

POINTS_PER_MM: Final = Decimal(72) / Decimal("25.4")


def text_width(text: str) -> Decimal:
    """The width of a text in characters: a full-width character is one, a half-width one a half."""
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    return Decimal(len(text) + wide) / 2


def room_of(layout: Mapping[str, Any], css_class: str) -> Decimal:
    """How many full-width characters of a style of a layout a line of the type area holds, exactly."""
    size = next(exact(s["size"]) for s in layout["styles"].values() if s["class"] == css_class)
    margins = layout["margins"]
    width = exact(layout["page"]["width"]) - exact(margins["left"]) - exact(margins["right"])
    return width * POINTS_PER_MM / (size - closer(layout, size))


def closer(layout: Mapping[str, Any], size: Decimal) -> Decimal:
    """How much closer, in pt, letters of this size stand: those of the grid only."""
    grid = layout["grid"]
    return exact(grid["closer"]) if size == exact(grid["size"]) else Decimal(0)


def exact(number: object) -> Decimal:
    """A number of the layout as it was written there."""
    return Decimal(str(number))

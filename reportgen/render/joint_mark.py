"""The names of organs that issue a document together in; where they and the word 文件 stand out.

One below another and equally wide, the word to the right of their middle (GB/T 9704-2012 7.2.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from reportgen.model.values import Prose
from reportgen.model.widths import text_width
from reportgen.render.geometry import (
    POINTS_PER_MM,
    Layout,
    exact,
    pitch_of,
    style_of,
    type_area_width,
)

STEP: Final = Decimal("0.05")
"""Points: the least that Word sets letters apart."""


@dataclass(frozen=True, slots=True)
class JointName:
    """A name of the mark: `spacing` is what its letters stand apart, in pt, to be as wide as the widest."""

    text: Prose
    spacing: Decimal


@dataclass(frozen=True, slots=True)
class JointMark:
    """The mark of several organs, in pt: `left` of the names and of the word from that of the type area.

    `width` is that of all names, `pitch` from one to the next; the word stands `below` the first of them.
    """

    names: tuple[JointName, ...]
    word: Prose
    style: str
    left: Decimal
    width: Decimal
    pitch: Decimal
    word_left: Decimal
    word_width: Decimal
    below: Decimal


def joint_mark(names: Sequence[Prose], word: Prose, layout: Layout) -> JointMark:
    """The mark in the largest style in which it is neither too wide nor too high; else in the smallest."""
    widest, said = max(text_width(str(name)) for name in names), text_width(str(word))
    apart = exact(layout["masthead"]["joint-gap"])
    css = joint_style(widest + apart + said, len(names), layout)
    size, pitch = exact(style_of(layout, css)["size"]), pitch_of(layout, style_of(layout, css)) or Decimal(0)
    left = (type_area_width(layout) * POINTS_PER_MM - (widest + apart + said) * size) / 2
    return JointMark(
        tuple(JointName(name, _spacing(str(name), widest, size)) for name in names),
        word,
        css,
        left,
        widest * size,
        pitch,
        left + (widest + apart) * size,
        said * size,
        (len(names) - 1) * pitch / 2,
    )


def joint_style(width: Decimal, names: int, layout: Layout) -> str:
    """The class of the style for so many names; `width` is that of the whole mark in characters."""
    room, most = type_area_width(layout) * POINTS_PER_MM, exact(layout["masthead"]["joint-height"])
    classes: Sequence[str] = layout["masthead"]["joint"]
    for css in classes:
        style = style_of(layout, css)
        high = names * (pitch_of(layout, style) or 0)
        if width * exact(style["size"]) <= room and high <= most * POINTS_PER_MM:
            return css
    return classes[-1]


def _spacing(name: str, widest: Decimal, size: Decimal) -> Decimal:
    """What the letters of a name stand apart, in whole steps: the last of them ends where the widest ends."""
    if len(name) < 2 or not widest:
        return Decimal(0)
    return ((widest - text_width(name)) * size / (len(name) - 1)).quantize(STEP)

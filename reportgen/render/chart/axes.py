"""What bars and lines stand on: data and a place in; the frame with scale, grid and category labels out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportgen.render.chart.data import Data
from reportgen.render.chart.lettering import Lettering
from reportgen.render.chart.scales import Scale, fit_scale, plain
from reportgen.render.chart.shapes import BLACK, Shape, segments

HEIGHT: Final = 55.0
GRID: Final = 190
TICK: Final = 1.5
MARGIN: Final = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The place of a plot: its edges in millimetres, its scale, and how many categories share it."""

    left: float
    right: float
    scale: Scale
    count: int

    @property
    def slot(self) -> float:
        """The width of a category."""
        return (self.right - self.left) / self.count

    def middle(self, category: int) -> float:
        """The middle of a category."""
        return self.left + (category + 0.5) * self.slot


def make_frame(data: Data, lettering: Lettering, width: float, top: float) -> Frame:
    """The frame of a plot with its upper edge at `top`; the figures of its scale stand to its left."""
    scale = fit_scale(data.known, top + HEIGHT, top)
    left = max(lettering.length(plain(tick)) for tick in scale.ticks) + TICK + MARGIN
    return Frame(left, width, scale, len(data.labels))


def draw_grid(frame: Frame, lettering: Lettering) -> Iterator[Shape]:
    """The lines of the scale with their figures, zero in black; it is drawn before what stands on it."""
    heights = [frame.scale.height(tick) for tick in frame.scale.ticks]
    yield segments([((frame.left, height), (frame.right, height)) for height in heights], GRID, 0.15)
    for tick, height in zip(frame.scale.ticks, heights, strict=True):
        baseline = height - lettering.line / 2 + lettering.baseline
        yield lettering.write(plain(tick), frame.left - TICK, baseline, align=1)


def draw_base(frame: Frame) -> Shape:
    """The line of zero."""
    zero = frame.scale.height(frame.scale.low * 0)
    return segments([((frame.left, zero), (frame.right, zero))], BLACK, 0.3)


def draw_categories(
    data: Data, frame: Frame, lettering: Lettering, below: float = 0.0
) -> tuple[tuple[Shape, ...], float]:
    """The labels below the plot, wrapped within their categories, and where they end.

    `below` is how far the figures of columns reach down out of the plot.
    """
    shapes, lowest, top = [], 0, frame.scale.bottom + below + MARGIN
    for category, label in enumerate(data.labels):
        lines = lettering.wrap(label, frame.slot - MARGIN)
        lowest = max(lowest, len(lines))
        for number, line in enumerate(lines):
            baseline = top + number * lettering.line + lettering.baseline
            shapes.append(lettering.write(line, frame.middle(category), baseline, align=0.5))
    return tuple(shapes), top + lowest * lettering.line


def draw_unit(data: Data, lettering: Lettering, top: float) -> tuple[tuple[Shape, ...], float]:
    """The unit of the figures in brackets above the scale, and the height it needs."""
    if not data.unit:
        return (), 0.0
    return (lettering.write(f"（{data.unit}）", 0, top + lettering.baseline),), lettering.line

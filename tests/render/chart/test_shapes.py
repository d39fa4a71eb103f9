from __future__ import annotations

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.chart.hatches import HATCHES, clip, fill_polygon
from reportgen.render.chart.shapes import (
    Shape,
    arc,
    circle,
    decimal,
    on_circle,
    polygon,
    polyline,
    rectangle,
    write_svg,
)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (-0.001, "0"), (1.5, "1.5"), (10, "10"), (2.346, "2.35"), (-3.1, "-3.1")]
)
def test_coordinates_are_short(value: float, text: str) -> None:
    assert decimal(value) == text


def test_svg_is_written_plainly_and_with_its_size() -> None:
    svg = write_svg([polygon(rectangle(0, 0, 10, 5), 128), polyline(((0, 0), (1, 1)), dash=(1, 0.5))], 10, 5)
    root = ElementTree.fromstring(svg)
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("10mm", "5mm", "0 0 10 5")
    one, two = root
    assert (one.get("d"), one.get("fill")) == ("M0 0L10 0L10 5L0 5Z", "#808080")
    assert (two.get("fill"), two.get("stroke"), two.get("stroke-dasharray")) == ("none", "#000000", "1 0.5")


@given(st.floats(0, 1), st.floats(0.01, 1))
def test_an_arc_follows_its_circle(start: float, length: float) -> None:
    curves = arc((5, 5), 3, start, start + length)
    point = on_circle((5, 5), 3, start)
    for first, second, end in curves:
        middle = tuple(
            (a + 3 * b + 3 * c + d) / 8 for a, b, c, d in zip(point, first, second, end, strict=True)
        )
        assert math.dist(middle, (5, 5)) == pytest.approx(3, abs=0.001)
        point = end
    assert point == pytest.approx(on_circle((5, 5), 3, start + length))


def test_twelve_o_clock_is_above_and_turns_go_clockwise() -> None:
    assert on_circle((0, 0), 1, 0) == pytest.approx((0, -1))
    assert on_circle((0, 0), 1, 0.25) == pytest.approx((1, 0))


@given(st.sampled_from((0, 45, 90, 135)), st.floats(0.5, 2), st.floats(2, 30), st.floats(2, 30))
def test_hatching_stays_inside(angle: int, distance: float, wide: float, high: float) -> None:
    for line in clip(rectangle(3, 4, 3 + wide, 4 + high), angle, distance):
        for x, y in line:
            assert 3 - 1e-6 <= x <= 3 + wide + 1e-6
            assert 4 - 1e-6 <= y <= 4 + high + 1e-6


def test_hatching_covers_a_shape_evenly() -> None:
    lines = list(clip(rectangle(0, 0, 10, 10), 0, 1))
    assert [round(start[1]) for start, _ in lines] == list(range(1, 10)) or len(lines) in (10, 11)
    assert all(math.dist(start, end) == pytest.approx(10) for start, end in lines)


def test_every_fill_is_another_one() -> None:
    assert len({(hatch.ground, hatch.lines, hatch.ink) for hatch in HATCHES}) == len(HATCHES) >= 12
    drawn = {tuple(fill_polygon(rectangle(0, 0, 10, 10), number)) for number in range(12)}
    assert len(drawn) == 12


def test_a_circle_is_closed() -> None:
    contour = circle((0, 0), 2)
    assert contour.closed
    assert contour.curves[-1][-1] == pytest.approx(contour.start)
    assert Shape((contour,), 0).stroke is None

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.chart.lettering import NOT_FIRST, draw, pieces
from tests.render.samples import lettering

MM = 10.5 * 25.4 / 72
LETTERS = lettering()
texts = st.text("政府信息公开、，。（）2023年abc%“”", min_size=1, max_size=30)


def test_lengths_are_in_millimetres() -> None:
    assert LETTERS.length("政府20") == pytest.approx(3 * MM)
    assert lettering("21").length("政") == pytest.approx(2 * MM)


@given(texts, st.floats(MM, 20 * MM))
def test_wrapping_loses_nothing_and_keeps_within_the_width(text: str, width: float) -> None:
    lines = LETTERS.wrap(text, width)
    assert "".join(lines) == text
    assert all(LETTERS.length(line) <= width + 1e-9 or len(line) == 1 for line in lines)


@given(texts, st.floats(4 * MM, 20 * MM))
def test_wrapping_takes_no_more_lines_than_it_needs(text: str, width: float) -> None:
    assert len(LETTERS.wrap(text, width)) == len(LETTERS.break_lines(text, width))


def test_lines_are_balanced() -> None:
    assert LETTERS.wrap("行政规范性文件", 6.5 * MM) == ("行政规范", "性文件")


def test_figures_and_words_are_not_broken() -> None:
    assert LETTERS.wrap("共有2023年", 3 * MM) == ("共有", "2023年")
    assert list(pieces("（一）共2023，完%")) == ["（一）", "共", "2023，", "完%"]


def test_no_stop_stands_first() -> None:
    for width in (3, 4, 5, 6):
        lines = LETTERS.wrap("公共安全、经济安全、社会稳定。", width * MM)
        assert not [line for line in lines if line[0] in NOT_FIRST]


@pytest.mark.parametrize(("align", "left", "right"), [(0, 0, 2), (0.5, -1, 1), (1, -2, 0)])
def test_text_is_written_from_its_place(align: float, left: float, right: float) -> None:
    shape = LETTERS.write("政府", 30, 50, align=align)
    xs = [(contour.start[0] * shape.scale[0] + shape.x) for contour in shape.contours]
    assert xs[0] == pytest.approx(30 + left * MM)
    assert LETTERS.around("政府", 30, 50, align=align)[::2] == pytest.approx(
        (30 + left * MM, 30 + right * MM)
    )


def test_upright_text_runs_upwards() -> None:
    shape = LETTERS.write("政府", 30, 50, upright=False)
    ys = [contour.start[1] * shape.scale[1] + shape.y for contour in shape.contours]
    assert ys == pytest.approx([50, 50 - MM])
    left, top, right, bottom = LETTERS.around("政府", 30, 50, upright=False)
    assert left < right == 30
    assert (top, bottom) == pytest.approx((50 - 2 * MM, 50))


def test_a_point_off_the_outline_bends_it() -> None:
    contour = draw(((0, 0, True), (0, 10, False), (10, 10, True)), 5)
    assert contour.start == (5, 0)
    assert contour.curves == (((5, 10), (15, 10)), ((5, 0),))


def test_between_two_points_off_the_outline_lies_one_on_it() -> None:
    contour = draw(((0, 0, False), (0, 10, False), (10, 10, False), (10, 0, False)), 0)
    assert contour.start == (0, 5)
    assert [curve[-1] for curve in contour.curves] == [(5, 10), (10, 5), (5, 0), (0, 5)]

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from reportgen.model.values import UNKNOWN, Chart, Figure
from reportgen.render.chart.axes import make_frame
from reportgen.render.chart.bars import Way
from reportgen.render.chart.bars import place_figures as bar_figures
from reportgen.render.chart.data import read_data
from reportgen.render.chart.lettering import Box
from reportgen.render.chart.lines import place_figures
from reportgen.render.chart.pie import GAP, RADIUS, clear, draw_pie, make_label, share_circle, spread
from reportgen.render.charts import Drawing, draw_chart, draw_shapes
from tests.render.samples import SquareFaces, chart, lettering

FORMS = {"pie": "饼图", "bar": "柱状图", "line": "折线图"}
FIGURES = (12, 30, 8, 0, 45, 102, 77, 64, 51, 33, 29, 118)
MONTHS: dict[str, Figure] = {f"{month}月": figure for month, figure in enumerate(FIGURES, 1)}
YEARS = tuple(f"{year}年" for year in range(2018, 2024))
CASES = {
    "two": chart("pie", {"": {"网络": 6, "信函": 16}}),
    "one": chart("pie", {"": {"网络": 22}}),
    "twelve": chart("pie", {"": MONTHS}),
    "tiny": chart("pie", {"": {"予以公开": 997, "部分公开": 1, "不予公开": 1, "无法提供": 1, "其他处理": 0}}),
    "zeros": chart("pie", {"": {"网络": 0, "信函": 0}}),
    "unknown": chart("pie", {"": {"网络": 6, "信函": UNKNOWN}}),
    "nothing": chart("pie", {"": {"网络": UNKNOWN}}),
    "bar": chart("bar", {"": {"规章": 0, "行政规范性文件": 7, "收费": Decimal("18.8710")}}),
    "bar-one": chart("bar", {"": {"网站": 1023}}, ""),
    "bar-large": chart("bar", {"": {"甲": 123456789012345678, "乙": Decimal("0.0001")}}),
    "bar-negative": chart("bar", {"": {"同比": Decimal("-12.5"), "环比": Decimal("3.2")}}, "%"),
    "bar-zeros": chart("bar", {"": {"复议": 0, "诉讼": 0}}),
    "bar-unknown": chart("bar", {"去年": {"新收": 1, "结转": UNKNOWN}, "今年": {"新收": UNKNOWN, "结转": 3}}),
    "bar-nothing": chart("bar", {"": {"新收": UNKNOWN}}),
    "bar-upright": chart("bar", {year: {"甲": 3020, "乙": 7, "丙": 8, "丁": 9} for year in YEARS[:4]}),
    "bar-crowded": chart("bar", dict.fromkeys(YEARS, MONTHS)),
    "line": chart("line", {"": MONTHS}),
    "line-two": chart("line", {"新收": {"2022年": 18, "2023年": 25}, "办结": {"2022年": 17, "2023年": 20}}),
    "line-same": chart("line", dict.fromkeys(("网络", "信函", "当面"), MONTHS)),
    "line-gap": chart("line", {"": {"2021年": 18, "2022年": UNKNOWN, "2023年": 31}}),
    "line-one": chart("line", {"": {"2023年": 0}}),
}  # fmt: skip


@cache
def drawn(case: Chart) -> Drawing:
    return draw_chart(case, FORMS[case.form], "待填", SquareFaces(), "宋体")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_chart_is_drawn_in_plain_paths_within_its_size(case: Chart) -> None:
    drawing = drawn(case)
    root = ElementTree.fromstring(drawing.svg)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "path"}
    assert root.get("width") == "150mm"
    assert Decimal(str(root.get("height")).removesuffix("mm")) == drawing.height
    assert Decimal(30) < drawing.height < Decimal(160)
    shapes, height = draw_shapes(read_data(case, "待填"), lettering())
    for shape in shapes:
        for contour in shape.contours:
            for point in (contour.start, *(curve[-1] for curve in contour.curves)):
                x, y = point[0] * shape.scale[0] + shape.x, point[1] * shape.scale[1] + shape.y
                assert -0.2 <= x <= 150.2
                assert -1 <= y <= height + 0.5


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_same_chart_is_the_same_drawing(case: Chart) -> None:
    assert drawn.__wrapped__(case) == drawn(case)


@pytest.mark.parametrize("name", ["two", "bar-upright", "line-two"])
def test_the_picture_has_300_dots_to_the_inch_and_shows_the_drawing(name: str) -> None:
    drawing = drawn(CASES[name])
    with Image.open(BytesIO(drawing.png)) as picture:
        assert picture.mode == "L"
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert abs(picture.width - 150 / 25.4 * 300) <= 1
        assert abs(picture.height - float(drawing.height) / 25.4 * 300) <= 1
        assert picture.getextrema() == (0, 255)


def test_only_greys_are_used() -> None:
    colours = {colour for case in CASES.values() for colour in re.findall(r"#\w+", drawn(case).svg)}
    assert all(colour[1:3] == colour[3:5] == colour[5:7] for colour in colours)
    assert len(colours) > 5


def test_the_words_are_the_authors_or_all_the_figures() -> None:
    assert drawn(CASES["two"]).alt == "饼图“申请渠道”：网络6件（27.3%），信函16件（72.7%）。"
    assert drawn(chart("pie", {"": {"网络": 6}}, alt="说明文字")).alt == "说明文字"


def test_another_figure_is_another_drawing() -> None:
    one, two = (drawn(chart("bar", {"": {"网络": 100, "信函": value}})) for value in (15, 16))
    assert one.svg != two.svg
    assert one.png != two.png


def overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("line")])
def test_figures_at_lines_do_not_touch(name: str) -> None:
    data, small = read_data(CASES[name], "待填"), lettering("9")
    placed = place_figures(data, small, make_frame(data, small, 150, 10))
    assert (placed is None) == (name == "line-same"), "where there is no room a table takes them"
    boxes = [box for _, box in placed or ()]
    assert not [1 for number, one in enumerate(boxes) for two in boxes[:number] if overlap(one, two)]


def test_crowded_columns_give_their_figures_to_a_table() -> None:
    assert drawn(CASES["bar-crowded"]).height > drawn(CASES["bar-upright"]).height + 40


def test_figures_stand_at_the_ends_of_their_columns() -> None:
    data, small = read_data(CASES["bar-negative"], "待填"), lettering("9")
    frame = make_frame(data, small, 150, 10)
    (_, below, _), (_, above, _) = bar_figures(data, frame, small, Way.ACROSS)
    assert below[1] > frame.scale.height(Decimal("-12.5"))
    assert above[3] < frame.scale.height(Decimal("3.2"))


def test_the_categories_stand_below_the_figure_of_the_lowest_column() -> None:
    lowest, higher = (
        drawn(chart("bar", {"": {"甲": Decimal(value), "乙": Decimal(10)}})).height for value in (-20, -16)
    )
    assert lowest - higher > 2, "both on a scale that ends at -20"
    assert drawn(chart("bar", {"": {"甲": Decimal(20), "乙": Decimal(10)}})).height < lowest


@pytest.mark.parametrize("name", ["two", "one", "twelve", "tiny", "zeros", "unknown", "nothing"])
def test_labels_of_a_pie_do_not_touch(name: str) -> None:
    data = read_data(CASES[name], "待填")
    turns = list(share_circle(data))
    labels = [make_label(data, lettering(), number, sum(turn) / 2, 40) for number, turn in enumerate(turns)]
    for side in ([one for one in labels if one.turn <= 0.5], [one for one in labels[::-1] if one.turn > 0.5]):
        placed = spread(side)
        assert [one.lines for one in placed] == [one.lines for one in side]
        for above, below in pairwise(placed):
            assert above.y + above.height / 2 + GAP <= below.y - below.height / 2 + 1e-9


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12))
def test_sectors_share_the_circle_in_order(values: list[int]) -> None:
    data = read_data(chart("pie", {"": {str(number): value for number, value in enumerate(values)}}), "")
    turns = list(share_circle(data))
    whole = sum(values)
    if whole:
        assert [turns[0][0], turns[-1][1]] == [0, 1]
        assert [end - start for start, end in turns] == pytest.approx([value / whole for value in values])
        assert all(one[1] == two[0] for one, two in pairwise(turns))


def test_a_line_past_the_pie_is_told_from_one_through_it() -> None:
    assert clear((0, -30), (-30, -30), (0, 0))
    assert not clear((0, -RADIUS - 3), (-RADIUS - 5, 20), (0, 0))
    assert clear((0, -30), (0, -30), (0, 0))


def test_leaders_keep_off_the_pie() -> None:
    data = read_data(CASES["tiny"], "待填")
    shapes, _ = draw_pie(data, lettering(), 150)
    centre = next(shape.contours[0].start for shape in shapes if shape.fill is not None and shape.x == 0)
    leaders = [shape.contours[0] for shape in shapes if shape.stroke is not None and shape.width == 0.15]
    assert len(leaders) == 5
    for leader in leaders:
        way = [curve[-1] for curve in leader.curves]
        assert all(clear(one, two, centre) for one, two in pairwise(way))


labels = st.text("政府信息公开年度12、a", min_size=1, max_size=20)
amounts = st.one_of(st.just(UNKNOWN), st.integers(0, 10**9), st.decimals(0, 10**6, places=4, allow_nan=False))


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    form = draw(st.sampled_from(tuple(FORMS)))
    names = draw(st.lists(labels, min_size=1, max_size=12, unique=True))
    count = 1 if form == "pie" else draw(st.integers(1, 6))
    series: Mapping[str, dict[str, Figure]] = {
        f"系列{number}": {name: draw(amounts) for name in names} for number in range(count)
    }
    return chart(form, dict(series), draw(st.sampled_from(("", "件", "万元"))))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(charts())
def test_any_figures_can_be_drawn(case: Chart) -> None:
    shapes, height = draw_shapes(read_data(case, "待填"), lettering())
    assert shapes
    assert 0 < height < 400

from __future__ import annotations

from decimal import Decimal

from reportgen.model.values import UNKNOWN, Figure
from reportgen.render.chart.data import Form, read_data, sentence
from tests.render.samples import chart


def test_figures_stay_as_they_were_written() -> None:
    data = read_data(
        chart("bar", {"": {"收费": Decimal("18.8710"), "件数": 7, "其他": UNKNOWN}}, "万元"), "待填"
    )
    assert data.form is Form.BAR
    assert [data.printed(value) for value in data.rows[0].values] == ["18.8710", "7", "待填"]
    assert data.known == (Decimal("18.8710"), Decimal(7))


def test_shares_are_rounded_half_up() -> None:
    data = read_data(chart("pie", {"": {"网络": 1, "信函": 799, "当面": 0}}), "待填")
    assert [data.share(value) for value in data.rows[0].values] == ["0.1%", "99.9%", "0.0%"]


def test_there_is_no_share_of_nothing_nor_of_what_is_unknown() -> None:
    nothing = read_data(chart("pie", {"": {"网络": 0, "信函": 0}}), "待填")
    unknown = read_data(chart("pie", {"": {"网络": 6, "信函": UNKNOWN}}), "待填")
    assert {data.share(value) for data in (nothing, unknown) for value in data.rows[0].values} == {""}


def test_a_sentence_says_all_that_is_drawn() -> None:
    pie = chart("pie", {"": {"网络": 6, "信函": 16}})
    assert (
        sentence(read_data(pie, "待填"), "饼图", "申请渠道")
        == "饼图“申请渠道”：网络6件（27.3%），信函16件（72.7%）。"
    )
    years: dict[str, dict[str, Figure]] = {
        "2022年": {"新收": 3, "结转": 0},
        "2023年": {"新收": UNKNOWN, "结转": 1},
    }
    line = sentence(read_data(chart("line", years), "待填"), "折线图", "")
    assert line == "折线图：2022年：新收3件，结转0件；2023年：新收待填，结转1件。"

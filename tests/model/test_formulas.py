"""Totals: computed as plain arithmetic does, compared when given, never trusted."""

from __future__ import annotations

import copy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import Diagnostic, Severity
from reportgen.model.formulas import Formula, add_up, find_cycle, in_order
from reportgen.model.values import UNKNOWN, Cell, State
from tests.model.reports import (
    DRAFT,
    FINAL,
    cell_of,
    codes,
    disclosure,
    figure_at,
    findings,
    only,
    pointed,
    read,
)
from tests.model.writing import cell

SETS: dict[str, Any] = yaml.load(
    Path("tests/model/figures.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
)  # real published figures; totals as published
APPLICATIONS, REVIEWS = "收到和处理申请", "复议诉讼"
COLUMNS = disclosure().tables[APPLICATIONS].axes["列"]
RESULTS = disclosure().tables[APPLICATIONS].axes["办理结果"]
ROWS = (*RESULTS, "本年新收", "上年结转", "结转下年度")


def write(tables: dict[str, Any], status: str = FINAL) -> str:
    """The small report with these tables."""
    text = "".join(line for line in status.splitlines(True) if not line.startswith(tuple(tables)))
    return text + yaml.safe_dump(tables, allow_unicode=True)


def pick(tables: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    """The mapping that holds a figure, made when it is missing, and the figure's name."""
    *groups, name = path.split(".")
    node = tables
    for group in groups:
        node = node.setdefault(group, {})
    return node, name


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    """Tables of applications and reviews that balance, without totals: what goes out is what came in."""
    entered: dict[str, Any] = {}
    count = st.integers(0, 10**6)
    for column in COLUMNS:
        results = {
            row: draw(count) for row in draw(st.lists(st.sampled_from(RESULTS), max_size=4, unique=True))
        }
        left, carried = draw(count), draw(st.integers(0, 5))
        figures = {**results, "结转下年度": left, "上年结转": carried}
        figures["本年新收"] = max(sum(results.values()) + left - carried, 0)
        figures["上年结转"] = sum(results.values()) + left - figures["本年新收"]
        for row, figure in figures.items():
            node, name = pick(entered, f"{APPLICATIONS}.{row}.{column}")
            node[name] = figure
    entered.setdefault(APPLICATIONS, {})["其余"] = 0
    entered[REVIEWS] = {
        "其余": 0,
        "行政复议": draw(st.dictionaries(st.sampled_from(["结果维持", "其他结果"]), count)),
    }
    return entered


def value(entered: dict[str, Any], path: str) -> int:
    node: Any = entered
    for step in path.split("."):
        node = node.get(step, {})
    return node if isinstance(node, int) else 0


@settings(max_examples=40, deadline=None)
@given(tables())
def test_totals_are_what_plain_arithmetic_says(entered: dict[str, Any]) -> None:
    report = read(write(entered)).report
    assert report is not None
    assert read(write(entered)).diagnostics == ()
    cells: Any = report.values
    for row in ROWS:
        node = cells[APPLICATIONS]
        for step in row.split("."):
            node = node[step]
        assert node["总计"].figure == sum(
            value(entered, f"{APPLICATIONS}.{row}.{column}") for column in COLUMNS
        )
        assert node["总计"].state is State.COMPUTED
    for column in COLUMNS:
        total = sum(value(entered, f"{APPLICATIONS}.{row}.{column}") for row in RESULTS)
        assert cells[APPLICATIONS]["总计"][column].figure == total
    whole = sum(value(entered, f"{APPLICATIONS}.{row}.{column}") for row in RESULTS for column in COLUMNS)
    assert cells[APPLICATIONS]["总计"]["总计"].figure == whole


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["宿迁2023", "宿迁2024", "沭阳2023", "上海2025"]), st.data())
@pytest.mark.slow
def test_one_changed_addend_is_found_at_its_total_and_named(name: str, data: st.DataObject) -> None:
    entered = copy.deepcopy(with_all_totals(name))
    row, column = data.draw(st.sampled_from(RESULTS)), data.draw(st.sampled_from(COLUMNS))
    addend = f"{APPLICATIONS}.{row}.{column}"
    node, key = pick(entered, addend)
    node[key] = node.get(key, 0) + data.draw(st.integers(1, 1000))
    found = findings(write(entered))
    assert {finding.path for finding in found} == {
        f"{APPLICATIONS}.{row}.总计",
        f"{APPLICATIONS}.总计.{column}",
    }
    for finding in found:
        assert addend in [related.path for related in finding.related]


@cache
def with_all_totals(name: str) -> dict[str, Any]:
    """A set of figures with every total given."""
    report = read(write(SETS[name])).report
    assert report is not None
    given: dict[str, Any] = copy.deepcopy(SETS[name])
    for total in {formula.total for formula in disclosure().formulas}:
        node, key = pick(given, total)
        node[key] = int(figure_at(report.values, total).written)
    return given


@pytest.mark.parametrize("name", ["宿迁2023", "宿迁2024", "沭阳2023", "上海2025"])
def test_published_figures_that_add_up_raise_nothing(name: str) -> None:
    assert findings(write(SETS[name])) == ()


def test_the_two_wrong_totals_that_a_district_published_are_found() -> None:
    text = write(SETS["洪泽2023"])
    found = findings(text)
    assert [(f.code, f.path, f.level) for f in found] == [
        ("review-total", "复议诉讼.复议后起诉.总计", Severity.ERROR),
        ("review-total", "复议诉讼.行政复议.总计", Severity.ERROR),
    ]
    wrong = found[1]
    assert pointed(text, wrong) == "0"
    assert "填报为0，各项之和为11" in wrong.message()
    assert [(related.path, related.note) for related in wrong.related] == [
        ("复议诉讼.行政复议.结果维持", "10"),
        ("复议诉讼.行政复议.结果纠正", "1"),
    ]


REVIEW = "复议诉讼: {{其余: 0, 行政复议: {{{}}}}}"


def reviewed(figures: str, text: str = DRAFT) -> str:
    return text.replace("复议诉讼: {其余: 0}", REVIEW.format(figures))


def test_a_wrong_total_is_an_error_in_a_draft_too() -> None:
    finding: Diagnostic = only(reviewed("结果维持: 2, 总计: 3"))
    assert (finding.code, finding.level) == ("review-total", Severity.ERROR)


def test_a_total_over_an_unknown_is_unknown() -> None:
    text = reviewed("结果维持: 2, 尚未审结: 待填")
    assert codes(text) == ["figure-unknown"]
    assert cell_of(text, "复议诉讼.行政复议.总计").figure == UNKNOWN


def test_a_given_total_over_an_unknown_is_kept_and_warned_of() -> None:
    text = reviewed("结果维持: 2, 尚未审结: 待填, 总计: 22")
    assert sorted(codes(text)) == ["figure-unknown", "total-unchecked"]
    total = cell_of(text, "复议诉讼.行政复议.总计")
    assert (total.figure, total.state) == (22, State.UNCHECKED)


def test_a_given_total_below_what_is_known_is_an_error() -> None:
    found = findings(reviewed("结果维持: 30, 结果纠正: 2, 尚未审结: 待填, 总计: 22"))
    wrong = next(finding for finding in found if finding.code == "total-exceeded")
    assert wrong.level is Severity.ERROR
    assert [related.note for related in wrong.related] == ["30", "2"]


def test_a_total_of_unchecked_totals_is_unchecked() -> None:
    rows = "".join(f"  {row}: {{总计: 1}}\n" for row in RESULTS if "." not in row)
    groups: dict[str, Any] = {}
    for row in (row for row in RESULTS if "." in row):
        node, name = pick(groups, row)
        node[name] = {"总计": 1}
    text = DRAFT.replace(
        "收到和处理申请: {其余: 0}\n", "收到和处理申请:\n" + rows + "  结转下年度: {总计: 0}\n"
    )
    text = text.replace(
        "  结转下年度", "  " + yaml.safe_dump(groups, allow_unicode=True).replace("\n", "\n  ") + "结转下年度"
    )
    whole = cell_of(text, "收到和处理申请.总计.总计")
    assert (whole.figure, whole.state) == (21, State.UNCHECKED)


def test_totals_of_totals_come_after_them_and_circles_are_found() -> None:
    inner, outer = Formula("c", "甲.小计", ("甲.一",)), Formula("c", "甲.总计", ("甲.小计",))
    assert in_order([outer, inner]) == (inner, outer)
    assert set(find_cycle([outer, Formula("c", "甲.小计", ("甲.总计",))])) == {"甲.小计", "甲.总计"}


def test_amounts_add_up_exactly() -> None:
    cells = {"甲.一": cell(Decimal("0.1")), "甲.二": cell(Decimal("0.20")), "甲.总计": open_cell("甲.总计")}
    summed = add_up(cells, [Formula("c", "甲.总计", ("甲.一", "甲.二"))], {}).cells["甲.总计"]
    assert (summed.written, summed.state) == ("0.30", State.COMPUTED)


def open_cell(path: str) -> Cell:
    return Cell(path, UNKNOWN, "", State.UNKNOWN, cell(0).location)

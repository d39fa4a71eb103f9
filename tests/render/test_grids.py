"""Statutory tables as they are drawn: which figures fit, what heads what, where a page may not end."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.kind import Kind, load_kind
from reportgen.model.values import Cell
from reportgen.model.widths import text_width
from reportgen.render.context import build_context
from reportgen.render.geometry import POINTS_PER_MM
from reportgen.render.grids import (
    CellView,
    TableView,
    check_widths,
    firm_rows,
    heads,
    kept_rows,
    label_class,
    read_box,
)
from reportgen.render.widths import scale_to, share_by_need
from tests.render.pages import FIXTURES, Printed, load

KIND = load_kind("disclosure-annual")
LENGTHS = st.lists(st.decimals(1, 60, places=2), min_size=1, max_size=15)


def measure(text: str) -> Decimal:
    """小五 with Liberation Serif: every digit is half an em of 9 pt."""
    return text_width(text) * 9


def tables(kind: Kind, **changes: Any) -> dict[str, TableView]:
    report = load(FIXTURES / "everything-2024.yaml", kind, 总体情况=["无。"], **changes)
    context: Any = build_context(report, {}, measure)
    return dict(context["tables"])


def findings(kind: Kind, **changes: Any) -> list[tuple[str, str]]:
    found = check_widths(tables(kind, **changes), kind.layout, measure)
    return [(item.code, item.path) for item in found]


def figures(table: TableView) -> dict[str, CellView]:
    return {
        cell.content.path: cell for row in table.rows for cell in row.cells if isinstance(cell.content, Cell)
    }


def test_eight_digits_fit_in_the_first_table_seven_in_the_second_and_six_in_the_third(kind: Kind) -> None:
    box = read_box(kind.layout)
    room = {
        name: min(table.columns[cell.column] * cell.colspan for cell in table.cells.values())
        for name, table in kind.tables.items()
    }
    digits = {name: int((width * POINTS_PER_MM - box.sides) / measure("0")) for name, width in room.items()}
    assert list(digits.values())[1:] == [7, 6]
    assert next(iter(digits.values())) >= 8


def test_the_widest_figures_stand_in_the_declared_columns(kind: Kind) -> None:
    for name, table in tables(kind).items():
        assert table.columns == kind.tables[name].columns
    assert findings(kind) == []


def test_a_column_with_a_longer_figure_takes_room_from_the_others(kind: Kind) -> None:
    parts = {"结果维持": 1234567, "结果纠正": 0, "其他结果": 0, "尚未审结": 0}
    reviews = {"行政复议": parts, "未经复议直接起诉": {}, "复议后起诉": {}, "其余": 0}
    table = tables(kind, 复议诉讼=reviews)["复议诉讼"]
    assert findings(kind, 复议诉讼=reviews) == []
    assert table.columns[0] > kind.tables["复议诉讼"].columns[0] > table.columns[1]
    assert sum(table.columns) == 156


def test_a_figure_that_fits_nowhere_is_a_finding_at_its_place(kind: Kind) -> None:
    parts = dict.fromkeys(("结果维持", "结果纠正", "其他结果", "尚未审结"), 12345678)
    rows = ("行政复议", "未经复议直接起诉", "复议后起诉")
    found = findings(kind, 复议诉讼=dict.fromkeys(rows, parts))
    assert ("figure-too-wide", "复议诉讼.行政复议.结果维持") in found
    assert {code for code, _ in found} == {"figure-too-wide"}


def test_every_figure_is_headed_by_its_row_and_its_column(kind: Kind) -> None:
    table = kind.tables["收到和处理申请"]
    figure = table.cells["收到和处理申请.不予公开.属于国家秘密.商业企业"]
    assert [label.label for label in heads(table)[figure]] == [
        "三、本年度办理结果",
        "（三）不予公开",
        "1.属于国家秘密",
        "申请人情况",
        "法人或其他组织",
        "商业企业",
    ]


def test_labels_inside_a_table_head_the_rows_below_them(kind: Kind) -> None:
    table = kind.tables["主动公开政府信息"]
    headed = heads(table)
    for path, labels in {
        "规章.现行有效": ["规章", "现行有效件数"],
        "行政处罚": ["行政处罚", "本年处理决定数量"],
        "行政事业性收费": ["行政事业性收费", "本年收费金额（单位：万元）"],
    }.items():
        figure = table.cells[f"主动公开政府信息.{path}"]
        assert [label.label for label in headed[figure]] == labels


def test_no_page_ends_where_a_label_over_several_rows_needs_the_next(kind: Kind) -> None:
    table = kind.tables["收到和处理申请"]
    box = read_box(kind.layout)
    kept = kept_rows(table, box)
    for label in (cell for row in table.rows for cell in row if cell.is_label and cell.rowspan > 1):
        last = label.row
        while last in kept:
            last += 1
        width = sum(table.columns[label.column : label.column + label.colspan], Decimal(0))
        room = sum(table.heights[row] for row in range(label.row, last + 1))
        assert room * POINTS_PER_MM >= box.lines(label.label, width) * box.label_pitch


def test_rows_that_stay_together_begin_with_a_cell_of_their_own(kind: Kind) -> None:
    """A word processor may look at the first cell of a row alone, and forget the style of a covered one."""
    for table in kind.tables.values():
        kept = kept_rows(table, read_box(kind.layout)) - set(range(table.header_rows))
        assert all(table.rows[row][0].column == 0 for row in kept)


def test_rows_that_a_cell_goes_on_below_are_as_high_as_declared_but_those_of_long_labels(kind: Kind) -> None:
    firm = firm_rows(kind.tables["收到和处理申请"], read_box(kind.layout))
    assert firm == {5, *range(7, 22), 25}


def test_a_row_whose_label_needs_more_than_is_declared_is_left_to_grow(kind: Kind) -> None:
    table = kind.tables["收到和处理申请"]
    box = read_box(kind.layout)
    row = min(firm_rows(table, box))
    heights = [*table.heights]
    heights[row] = Decimal(2)
    assert firm_rows(replace(table, heights=tuple(heights)), box) == firm_rows(table, box) - {row}


def test_no_page_ends_after_a_row_of_labels(kind: Kind) -> None:
    kept = kept_rows(kind.tables["主动公开政府信息"], read_box(kind.layout))
    assert kept == {0, 1, 4, 5, 7, 8, 11, 12}


def test_labels_of_four_characters_break_two_and_two_in_narrow_columns(kind: Kind) -> None:
    box = read_box(kind.layout)
    for table, square in (
        ("收到和处理申请", {"商业企业", "科研机构"}),
        ("复议诉讼", {"结果维持", "尚未审结"}),
    ):
        grid = kind.tables[table]
        classes = {
            cell.label: label_class(cell, grid.columns, box)
            for row in grid.rows
            for cell in row
            if cell.label
        }
        assert {classes[label] for label in square} == {"label-square"}
        assert classes["总计"] == "label"
    assert classes["行政复议"] == "label"


def test_a_kind_without_that_style_has_plain_labels(kind: Kind) -> None:
    grid = kind.tables["复议诉讼"]
    box = replace(read_box(kind.layout), squares=False)
    assert {label_class(cell, grid.columns, box) for row in grid.rows for cell in row if cell.label} == {
        "label"
    }


def test_notes_stand_inside_and_below_with_their_marks(everything: Printed) -> None:
    views: Any = everything.context["tables"]
    table = views["收到和处理申请"]
    assert [str(note) for note in table.notes_inside] == ["注：本表由各受理窗口逐件登记汇总。"]
    assert [str(note) for note in table.notes_below] == [
        "注：1.联合申请按一件计算。",
        "　　2.数据截至2024年12月31日。",
    ]


@pytest.mark.parametrize("total", [Decimal(156), Decimal("441.9")])
@given(widths=LENGTHS)
def test_scaled_widths_fill_the_total_exactly(widths: list[Decimal], total: Decimal) -> None:
    assert sum(scale_to(widths, total)) == total


@given(st.lists(st.tuples(*[st.decimals(1, 60, places=2)] * 3), min_size=1, max_size=15))
def test_sharing_keeps_the_whole_and_never_takes_what_is_needed(
    columns: list[tuple[Decimal, Decimal, Decimal]],
) -> None:
    declared, needed, floors = (list(side) for side in zip(*columns, strict=True))
    shared = share_by_need(declared, needed, floors)
    assert sum(shared) == sum(declared)
    for before, after, need, floor in zip(declared, shared, needed, floors, strict=True):
        assert after >= before or after >= max(need, floor)


@given(st.lists(st.tuples(*[st.decimals(1, 60, places=2)] * 3), min_size=1, max_size=15))
def test_sharing_satisfies_every_need_when_there_is_room(
    columns: list[tuple[Decimal, Decimal, Decimal]],
) -> None:
    declared, needed, floors = (list(side) for side in zip(*columns, strict=True))
    lacking = sum(max(need - width, Decimal(0)) for width, need in zip(declared, needed, strict=True))
    spare = sum(
        max(width - max(need, floor), Decimal(0))
        for width, need, floor in zip(declared, needed, floors, strict=True)
        if need <= width
    )
    shared = share_by_need(declared, needed, floors)
    if lacking + Decimal("0.15") <= spare:
        assert all(width >= need for width, need in zip(shared, needed, strict=True))

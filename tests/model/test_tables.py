"""The tables against the official ones (国办公开办函〔2021〕30号): rows, columns, labels, merged cells."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reportgen.model.tables import StatutoryTable, TableError, read_table, waivable_groups
from tests.model.reports import disclosure

DISCLOSURE, APPLICATIONS, REVIEWS = "主动公开政府信息", "收到和处理申请", "复议诉讼"
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

APPLICATION_ROWS = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "三、本年度办理结果 | （一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "（三）不予公开 | 1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
    "（四）无法提供 | 1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
    "（五）不予处理 | 1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
    "（六）其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
    "（七）总计",
    "四、结转下年度继续办理",
]

DISCLOSURE_ROWS = [
    "第二十条第（一）项",
    "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数",
    "规章",
    "行政规范性文件",
    "第二十条第（五）项",
    "信息内容 | 本年处理决定数量",
    "行政许可",
    "第二十条第（六）项",
    "信息内容 | 本年处理决定数量",
    "行政处罚",
    "行政强制",
    "第二十条第（八）项",
    "信息内容 | 本年收费金额（单位：万元）",
    "行政事业性收费",
]

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def table(name: str) -> StatutoryTable:
    return disclosure().tables[name]


def row_labels(drawn: StatutoryTable) -> list[str]:
    return [" | ".join(cell.label for cell in row if cell.is_label) for row in drawn.rows]


@pytest.mark.parametrize(
    ("name", "rows", "columns", "figures"),
    [(DISCLOSURE, 14, 4, 10), (APPLICATIONS, 28, 10, 175), (REVIEWS, 4, 15, 15)],
)
def test_the_grids_have_the_official_size(name: str, rows: int, columns: int, figures: int) -> None:
    drawn = table(name)
    assert (len(drawn.rows), len(drawn.columns), len(drawn.figures)) == (rows, columns, figures)
    assert len(drawn.squares) == rows * columns
    assert sum(drawn.columns) == Decimal(156)
    assert len(drawn.heights) == rows


def test_the_rows_of_active_disclosure_are_the_official_ones() -> None:
    assert row_labels(table(DISCLOSURE)) == DISCLOSURE_ROWS


def test_the_rows_of_applications_are_the_official_ones() -> None:
    assert row_labels(table(APPLICATIONS))[3:] == APPLICATION_ROWS


def test_the_heads_are_the_official_ones() -> None:
    assert row_labels(table(APPLICATIONS))[:3] == [
        f"{NOTE} | 申请人情况",
        "自然人 | 法人或其他组织 | 总计",
        "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他",
    ]
    assert row_labels(table(REVIEWS)) == [
        "行政复议 | 行政诉讼",
        " | ".join([*RESULTS, "未经复议直接起诉", "复议后起诉"]),
        " | ".join(RESULTS * 2),
        "",
    ]


@pytest.mark.parametrize(
    ("name", "label", "rowspan", "colspan"),
    [
        (DISCLOSURE, "第二十条第（五）项", 1, 4),
        (DISCLOSURE, "本年收费金额（单位：万元）", 1, 3),
        (APPLICATIONS, NOTE, 3, 3),
        (APPLICATIONS, "申请人情况", 1, 7),
        (APPLICATIONS, "法人或其他组织", 1, 5),
        (APPLICATIONS, "自然人", 2, 1),
        (APPLICATIONS, "三、本年度办理结果", 22, 1),
        (APPLICATIONS, "（三）不予公开", 8, 1),
        (APPLICATIONS, "（四）无法提供", 3, 1),
        (APPLICATIONS, "（五）不予处理", 5, 1),
        (APPLICATIONS, "（六）其他处理", 3, 1),
        (APPLICATIONS, "（七）总计", 1, 2),
        (APPLICATIONS, "四、结转下年度继续办理", 1, 3),
        (REVIEWS, "行政诉讼", 1, 10),
        (REVIEWS, "行政复议", 1, 5),
    ],
)
def test_cells_are_merged_as_in_the_official_tables(
    name: str, label: str, rowspan: int, colspan: int
) -> None:
    (cell,) = [cell for row in table(name).rows for cell in row if cell.label == label]
    assert (cell.rowspan, cell.colspan) == (rowspan, colspan)


def test_figures_stand_under_their_labels() -> None:
    applications = table(APPLICATIONS)
    assert applications.row_labels("收到和处理申请.不予公开.属于行政执法案卷.总计") == (
        "三、本年度办理结果",
        "（三）不予公开",
        "7.属于行政执法案卷",
    )
    assert applications.column_labels("收到和处理申请.总计.法律服务机构") == (
        "申请人情况",
        "法人或其他组织",
        "法律服务机构",
    )
    assert table(REVIEWS).column_labels("复议诉讼.复议后起诉.尚未审结") == (
        "行政诉讼",
        "复议后起诉",
        "尚未审结",
    )
    assert table(DISCLOSURE).column_labels("主动公开政府信息.行政事业性收费") == (
        "本年收费金额（单位：万元）",
    )
    assert table(DISCLOSURE).column_labels("主动公开政府信息.规章.本年废止") == ("本年废止件数",)


def test_groups_are_named_by_the_labels_their_figures_share() -> None:
    labels = table(APPLICATIONS).labels()
    assert labels["收到和处理申请.本年新收"] == ("一、本年新收政府信息公开申请数量",)
    assert labels["收到和处理申请.不予处理"] == ("三、本年度办理结果", "（五）不予处理")
    assert labels["收到和处理申请.本年新收.总计"] == ("一、本年新收政府信息公开申请数量", "总计")
    assert table(REVIEWS).labels()["复议诉讼.行政复议"] == ("行政复议",)


def test_types_and_units_are_those_of_the_nearest_declaration() -> None:
    figures = table(DISCLOSURE).figures
    assert (
        figures["主动公开政府信息.行政事业性收费"].form,
        figures["主动公开政府信息.行政事业性收费"].unit,
    ) == ("amount", "万元")
    assert (figures["主动公开政府信息.行政许可"].form, figures["主动公开政府信息.行政许可"].unit) == (
        "count",
        "件",
    )
    assert waivable_groups(table(DISCLOSURE)) == {"主动公开政府信息.规章"}


def test_labels_head_their_cells() -> None:
    scopes = {cell.label: cell.scope for row in table(APPLICATIONS).rows for cell in row if cell.is_label}
    assert (scopes["商业企业"], scopes["1.属于国家秘密"], scopes["（三）不予公开"], scopes[NOTE]) == (
        "col",
        "row",
        "rowgroup",
        "",
    )


GRID: dict[str, Any] = {"columns": [10, 10], "heights": 5, "rows": [["甲", "=甲.一"], ["乙", "=乙.一"]]}


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"rows": [["甲", "=甲.一"], ["乙"]]}, "table-row", ("rows", 1)),
        ({"rows": [["甲", "=甲.一", "丙"]]}, "table-overlap", ("rows", 0)),
        ({"rows": [[{"label": "甲", "rowspan": 3}, "=甲.一"], ["=乙.一"]]}, "table-overlap", ("rows", 0)),
        (
            {"rows": [["甲", {"label": "乙", "rowspan": 2}], [{"label": "丙", "colspan": 2}]]},
            "table-overlap",
            ("rows", 1),
        ),
        ({"rows": [["甲", "=甲.一"], ["乙", "=甲.一"]]}, "table-figure-twice", ("rows",)),
        ({"rows": [["甲", "=甲"], ["乙", "=甲.一"]]}, "table-figure-twice", ("rows",)),
        ({"heights": [5]}, "table-heights", ("heights",)),
    ],
)
def test_a_declaration_that_makes_no_table_is_refused(
    change: dict[str, Any], code: str, place: tuple[Any, ...]
) -> None:
    with pytest.raises(TableError) as caught:
        read_table("表", {**GRID, **change})
    assert (caught.value.code, caught.value.at) == (code, place)


def test_a_spread_stands_for_one_figure_of_each_name() -> None:
    drawn = read_table(
        "表", {"columns": [10, 10, 10], "heights": 5, "spread": ["一", "二"], "rows": [["甲", "=甲.*"]]}
    )
    assert list(drawn.figures) == ["表.甲.一", "表.甲.二"]

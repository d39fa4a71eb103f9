from __future__ import annotations

import pytest

from reportgen.diagnostics import Severity
from reportgen.model.values import UNKNOWN, State
from tests.model.reports import DRAFT, FINAL, cell_of, codes, findings, only, pointed

APPLICATIONS = "收到和处理申请: {其余: 0}"
NEW = "收到和处理申请.本年新收.自然人"


def draft(table: str, text: str = DRAFT) -> str:
    """The small report with this table of applications."""
    assert APPLICATIONS in text
    return text.replace(APPLICATIONS, f"收到和处理申请:\n{table}")


def test_what_is_not_named_is_zero_only_where_the_rest_line_says_so() -> None:
    named = draft("  其余: 0\n  本年新收: {自然人: 3}\n  总计: {}\n")
    assert (cell_of(named, NEW).figure, cell_of(named, NEW).state) == (3, State.ENTERED)
    rest = cell_of(named, "收到和处理申请.本年新收.商业企业")
    assert (rest.figure, rest.written, rest.state) == (0, "0", State.REST)
    open_ = cell_of(named.replace("  其余: 0\n", ""), "收到和处理申请.本年新收.商业企业")
    assert (open_.figure, open_.state) == (UNKNOWN, State.UNKNOWN)


@pytest.mark.parametrize("gap", ["待填", "'待填'", ""])
def test_a_gap_is_unknown_even_under_a_rest_line(gap: str) -> None:
    text = draft(f"  其余: 0\n  本年新收:\n    自然人: {gap}\n")
    finding = only(text)
    assert (finding.code, finding.level, finding.path) == ("figure-unknown", Severity.WARNING, NEW)
    assert cell_of(text, NEW).figure == UNKNOWN
    assert cell_of(text, "收到和处理申请.本年新收.总计").figure == UNKNOWN
    assert cell_of(text, "收到和处理申请.上年结转.总计").figure == 0


def test_a_gap_is_an_error_in_a_final_report() -> None:
    finding = only(draft("  其余: 0\n  本年新收: {自然人: 待填}\n", FINAL))
    assert (finding.code, finding.level) == ("figure-unknown", Severity.ERROR)


def test_missing_figures_are_listed_together_at_the_mapping_around_them() -> None:
    text = draft("  本年新收: {自然人: 20, 商业企业: 2}\n  不予公开:\n    属于国家秘密: {自然人: 0}\n")
    found = {finding.path: finding for finding in findings(text)}
    assert {finding.code for finding in found.values()} == {"figures-missing"}
    assert (
        found["收到和处理申请.本年新收"].spoken("zh")["names"] == "科研机构、社会公益组织、法律服务机构、其他"
    )
    assert pointed(text, found["收到和处理申请.本年新收"]) == "本年新收"
    whole = found["收到和处理申请"].spoken("zh")
    assert (whole["count"], whole["names"].split("、")[:3]) == ("90", ["上年结转", "予以公开", "部分公开"])
    assert found["收到和处理申请.不予公开"].arguments["count"] == str(7 * 6)
    assert sum(int(finding.arguments["count"]) for finding in found.values()) == 144 - 3


def test_totals_are_never_gaps() -> None:
    assert codes(draft("  其余: 0\n  本年新收: {自然人: 3, 总计: 待填}\n  结转下年度: {自然人: 3}\n")) == []


@pytest.mark.parametrize("gap", ["待填", ""])
def test_a_group_or_table_may_be_left_open_as_a_whole(gap: str) -> None:
    group = only(draft(f"  其余: 0\n  本年新收: {gap}\n"))
    assert (group.code, group.path, group.arguments["count"]) == (
        "figures-missing",
        "收到和处理申请.本年新收",
        "6",
    )
    table = only(DRAFT.replace("复议诉讼: {其余: 0}", f"复议诉讼: {gap}"))
    assert (table.path, table.arguments["count"]) == ("复议诉讼", "12")
    assert table.spoken("zh")["names"] == "行政复议、未经复议直接起诉、复议后起诉"


@pytest.mark.parametrize("rest", ["待填", ""])
def test_an_open_rest_line_fills_nothing(rest: str) -> None:
    finding = only(DRAFT.replace(APPLICATIONS, f"收到和处理申请: {{其余: {rest}}}"))
    assert (finding.code, finding.path) == ("rest-unknown", "收到和处理申请.其余")
    assert finding.arguments["count"] == str(24 * 6)
    assert len(finding.related) == 24 * 6
    final = FINAL.replace(APPLICATIONS, f"收到和处理申请: {{其余: {rest}}}")
    assert only(final).level is Severity.ERROR


def test_figures_left_open_in_one_line_are_told_together_at_their_row() -> None:
    text = draft("  其余: 0\n  本年新收: {自然人: 待填, 商业企业: 待填, 科研机构: 0, 总计: 待填}\n")
    finding = only(text)
    assert (finding.code, finding.path) == ("figures-unknown", "收到和处理申请.本年新收")
    assert (finding.arguments["count"], finding.spoken("zh")["names"]) == ("2", "自然人、商业企业")
    assert [each.path for each in finding.related] == [NEW, "收到和处理申请.本年新收.商业企业"]
    assert pointed(text, finding) == "本年新收"
    apart = draft("  其余: 0\n  本年新收:\n    自然人: 待填\n    商业企业: 待填\n")
    assert codes(apart) == ["figure-unknown", "figure-unknown"]


def test_not_applicable_counts_as_zero_and_is_warned_of() -> None:
    for written in ("{本年制发: /, 本年废止: 0, 现行有效: 0}", "/"):
        text = FINAL.replace("主动公开政府信息: {其余: 0}", f"主动公开政府信息: {{其余: 0, 规章: {written}}}")
        assert (only(text).code, only(text).level) == ("figure-not-applicable", Severity.WARNING)
        cell = cell_of(text, "主动公开政府信息.规章.本年制发")
        assert (cell.figure, cell.written) == (0, "/")


def test_not_applicable_is_for_declared_figures_only() -> None:
    assert codes(
        FINAL.replace("主动公开政府信息: {其余: 0}", "主动公开政府信息: {其余: 0, 行政许可: /}")
    ) == ["count-unreadable"]


def test_an_amount_keeps_its_decimals() -> None:
    text = FINAL.replace(
        "主动公开政府信息: {其余: 0}", "主动公开政府信息: {其余: 0, 行政事业性收费: 18.8710}"
    )
    cell = cell_of(text, "主动公开政府信息.行政事业性收费")
    assert (cell.written, str(cell.figure)) == ("18.8710", "18.8710")


def test_figures_of_the_authors_own_may_nest() -> None:
    text = DRAFT + "其他数据: {网站: {总数: 1023, 动态: 待填}, 费用: 3.5}\n"
    assert cell_of(text, "其他数据.网站.总数").figure == 1023
    assert (only(text).code, only(text).path) == ("figure-unknown", "其他数据.网站.动态")


def test_texts_and_dates_may_be_open_in_a_draft() -> None:
    text = DRAFT.replace("2024-01-12", "待填").replace("某市某局", "")
    assert [(f.code, f.path, f.level) for f in findings(text)] == [
        ("value-unknown", "机关", Severity.WARNING),
        ("value-unknown", "成文日期", Severity.WARNING),
    ]
    assert {f.level for f in findings(text.replace("草稿", "定稿"))} == {Severity.ERROR}


def test_a_figure_that_is_misshapen_is_found_once() -> None:
    text = draft("  其余: 0\n  本年新收: {自然人: 1,023, 总计: 1023}\n  结转下年度: {自然人: 1023}\n")
    assert [code for code in codes(text) if not code.startswith("unknown-key")] != []
    text = draft("  其余: 0\n  本年新收: {自然人: '1,023', 总计: 1023}\n  结转下年度: {自然人: 1023}\n")
    assert codes(text) == ["count-form"]


def test_a_total_left_open_by_its_own_line_is_an_error_in_a_final_report_only() -> None:
    table = "  其余: 0\n  本年新收: {自然人: 3, 总计: 待填}\n  结转下年度: {自然人: 3}\n"
    assert codes(draft(table)) == []
    finding = only(draft(table, FINAL))
    assert (finding.code, finding.level) == ("figure-unknown", Severity.ERROR)
    assert finding.path == "收到和处理申请.本年新收.总计"
    assert finding.hint("zh").startswith("总计由程序计算：删去这一项")

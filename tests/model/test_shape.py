from __future__ import annotations

from typing import Any

import pytest
import yaml

from reportgen.diagnostics import Severity
from reportgen.model.shape import MOST
from tests.model.reports import DRAFT, FINAL, codes, disclosure, findings, only, pointed


def test_a_report_that_is_right_has_no_findings() -> None:
    assert findings(FINAL) == ()


def test_a_misspelt_key_is_found_at_the_key_with_the_one_that_was_meant() -> None:
    text = FINAL.replace("收到和处理申请: {其余: 0}", "收到和处理申请: {其余: 0, 本年新増: {自然人: 1}}")
    finding = only(text)
    assert (finding.code, finding.path) == ("unknown-key", "收到和处理申请.本年新増")
    assert pointed(text, finding) == "本年新増"
    assert finding.hint() == "是否应为：本年新收"


def test_few_allowed_keys_are_all_shown() -> None:
    finding = only(FINAL + "联系方式: {传真: '1'}\n")
    assert "地址、邮政编码、电话、电子邮箱、网址" in finding.hint()
    assert "是否应为" not in finding.hint()


def test_a_key_is_led_back_to_where_it_belongs() -> None:
    stray = FINAL.replace("{其余: 0}\n复", "{其余: 0, 属于国家秘密: {自然人: 1}}\n复")
    assert "收到和处理申请.不予公开；" in only(stray).hint()
    column = only(FINAL.replace("{其余: 0}\n复", "{其余: 0, 本年新收: {结果维持: 1}}\n复"))
    assert "复议诉讼.行政复议" in column.hint()
    inner = FINAL.replace(
        "{其余: 0}\n复议诉讼: {其余: 0}", "{其余: 0, 主送机关: 某市政府}\n复议诉讼: {其余: 0}"
    )
    assert "顶格" in only(inner).hint()


def test_a_full_label_is_taken_for_its_name() -> None:
    label = FINAL.replace("{其余: 0}\n复", "{其余: 0, 一、本年新收政府信息公开申请数量: {}}\n复")
    assert only(label).hint() == "是否应为：本年新收"


def test_a_misspelt_key_is_not_missing_too_nor_do_its_figures_count_as_zero() -> None:
    assert only(FINAL.replace("年度: 2023", "年份: 2023")).hint() == "是否应为：年度、份号"
    rows = "{其余: 0, 本年新收: {自然人: 1}, 予以公开: {自然人: 1}}"
    right = FINAL.replace("{其余: 0}\n复", rows + "\n复")
    assert findings(right) == ()
    assert only(right.replace("予以公开: {自然人", "予以公开: {个人")).code == "unknown-key"
    assert only(right.replace("予以公开", "同意公开")).code == "unknown-key"


def test_what_cannot_be_left_for_later_is_not_said_to_be() -> None:
    assert "待填" not in only(FINAL.replace("年度: 2023\n", "")).hint()
    assert "待填" in only(FINAL.replace("总体情况: 全年工作平稳。\n", "")).hint()


def test_braces_doubled_around_figures_are_one_mistake() -> None:
    assert only(FINAL.replace("{其余: 0}\n复", "{{其余: 0}}\n复")).code == "mapping-expected"
    assert only(FINAL.replace("2023", "{{ 2023 }}")).code == "year-unreadable"


def test_a_value_with_a_damaged_letter_has_one_finding() -> None:
    assert only(FINAL.replace("2023", "20\u200b23")).code == "invisible-character"


def test_a_name_whose_field_is_malformed_is_no_second_mistake() -> None:
    text = FINAL.replace("平稳", "{{ 其他数据.件数 }}") + "其他数据: [件数, 1]\n"
    assert only(text).code == "mapping-expected"


def test_a_key_given_already_is_not_proposed() -> None:
    finding = only(FINAL.replace("{其余: 0}\n收", "{其余: 0, 行政许可: 1, 行政许: 2}\n收"))
    assert finding.code == "unknown-key"
    assert "行政许可" not in finding.arguments["allowed"].split("、")


def test_a_missing_key_is_found_at_the_files_first_key() -> None:
    text = FINAL.replace("机关类型: 部门\n", "")
    finding = only(text)
    assert (finding.code, finding.path) == ("missing-key", "机关类型")
    assert pointed(text, finding) == "种类"


def test_a_missing_key_is_found_at_the_key_of_its_parent() -> None:
    text = FINAL + "核对说明:\n  - 代码: application-balance\n"
    finding = only(text)
    assert (finding.code, finding.path) == ("missing-key", "核对说明[0].理由")
    assert pointed(text, finding) == "代码"


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "place"),
    [
        ("机关: 某市某局", "机关: [某市某局]", "text-expected", "机关", "机关"),
        ("机关: 某市某局", "机关: {名称: 某市某局}", "text-expected", "机关", "机关"),
        ("收到和处理申请: {其余: 0}", "收到和处理申请: 0", "mapping-expected", "收到和处理申请", "0"),
        (
            "收到和处理申请: {其余: 0}",
            "收到和处理申请: [0]",
            "mapping-expected",
            "收到和处理申请",
            "收到和处理申请",
        ),
        ("{其余: 0}\n复", "{其余: 0, 本年新收: 5}\n复", "mapping-expected", "收到和处理申请.本年新收", "5"),
        (
            "{其余: 0}\n收",
            "{其余: 0, 行政许可: {数量: 1}}\n收",
            "text-expected",
            "主动公开政府信息.行政许可",
            "行政许可",
        ),
        ("年度: 2023", "年度:", "value-missing", "年度", ""),
        ("年度: 2023", "年度: 待填", "gap-not-allowed", "年度", "待填"),
        ("机关类型: 部门", "机关类型: 待填", "gap-not-allowed", "机关类型", "待填"),
        ("状态: 定稿", "状态: 初稿", "choice", "状态", "初稿"),
        ("机关: 某市某局", "机关: " + "某" * 61, "text-too-long", "机关", "某" * 61),
        ("机关: 某市某局", "机关: ''", "empty-text", "机关", "''"),
        ("其他需要报告的事项: 无。", "其他需要报告的事项: 无。\n署名: []", "empty-list", "署名", "署名"),
        (
            "其他需要报告的事项: 无。",
            "其他需要报告的事项: 无。\n核对说明: 无",
            "list-expected",
            "核对说明",
            "无",
        ),
        (
            "其他需要报告的事项: 无。",
            "其他需要报告的事项: 无。\n其他数据: 5",
            "mapping-expected",
            "其他数据",
            "5",
        ),
        (
            "其他需要报告的事项: 无。",
            "其他需要报告的事项: 无。\n其他数据: {甲: {乙: 若干}}",
            "count-unreadable",
            "其他数据.甲.乙",
            "若干",
        ),
    ],
)
def test_wrong_forms_are_found_where_they_stand(old: str, new: str, code: str, path: str, place: str) -> None:
    text = FINAL.replace(old, new)
    finding = only(text)
    assert (finding.code, finding.path, pointed(text, finding)) == (code, path, place)


def test_everything_is_found_at_once_in_file_order() -> None:
    text = FINAL.replace("2023", "二三").replace("2024-01-12", "2024-02-30").replace("复议诉讼", "复议")
    assert codes(text) == ["year-unreadable", "date-impossible", "unknown-key"]


def test_shape_is_an_error_in_a_draft_too() -> None:
    finding = only(DRAFT.replace("{其余: 0}\n收", "{其余: 0, 行政许可: 012}\n收"))
    assert (finding.code, finding.level) == ("count-form", Severity.ERROR)
    assert finding.hint() == "写成 12"


def test_a_quoted_figure_is_a_figure() -> None:
    assert findings(FINAL.replace("{其余: 0}\n收", "{其余: 0, 行政许可: '22'}\n收")) == ()


def test_notes_are_texts_inside_and_below() -> None:
    right = FINAL.replace("{其余: 0}\n复", "{其余: 0, 注: {表内: 甲, 表下: [乙, 丙]}}\n复")
    assert findings(right) == ()
    assert only(right.replace("表内", "表中")).hint() == "是否应为：表内、表下"
    assert only(right.replace("甲", "{子: 丑}")).code == "text-expected"


@pytest.mark.slow
def test_a_file_full_of_mistakes_ends_with_so_many_findings_and_says_so() -> None:
    text = FINAL + "".join(f"无关{number}: 1\n" for number in range(5000))
    assert len(findings(text)) == MOST + 1
    assert findings(text)[0].code == "too-many-findings"


def test_every_figure_of_a_report_may_be_wrong_and_is_listed() -> None:
    wrong = {path: "壹" for table in disclosure().tables.values() for path in table.figures}
    assert len(wrong) == 200
    tables: dict[str, Any] = {}
    for path in wrong:
        *groups, name = path.split(".")
        node = tables
        for group in groups:
            node = node.setdefault(group, {})
        node[name] = "壹"
    text = "".join(line for line in FINAL.splitlines(True) if not line.startswith(tuple(tables)))
    assert len(findings(text + yaml.safe_dump(tables, allow_unicode=True))) == 200


def test_a_single_figure_for_a_row_is_told_how_a_row_is_written() -> None:
    row = FINAL.replace("{其余: 0}\n复", "{其余: 0, 本年新收: 5}\n复")
    assert "例如 {自然人: 3}；都是0的写 {}" in only(row).hint("zh")
    for table in ("收到和处理申请: 0", "收到和处理申请: {其余: 0, 不予公开: 0}"):
        assert only(FINAL.replace("收到和处理申请: {其余: 0}", table)).hint("zh").startswith("另起一行")

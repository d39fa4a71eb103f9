from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.diagnostics import Severity
from reportgen.model.kind import Kind, load_kind
from tests.model.reports import DRAFT, FINAL, change, codes, copy_kind, findings, only

NEW = "收到和处理申请: {其余: 0, 本年新收: {自然人: 3}, 予以公开: {自然人: 2}}"


def received(text: str, status: str = FINAL) -> str:
    return status.replace("收到和处理申请: {其余: 0}", text)


def test_what_comes_in_must_go_out_in_every_column() -> None:
    column = only(received(NEW))
    assert (column.code, column.path) == ("application-balance", "收到和处理申请.本年新收.自然人")
    assert column.message() == "“自然人”列勾稽关系不成立：本年新收加上年结转为3，办理结果总计加结转下年度为2"
    assert ("收到和处理申请.本年新收.自然人", "3") in [(r.path, r.note) for r in column.related]


def test_the_column_of_totals_is_found_when_it_alone_is_out_of_balance() -> None:
    text = received("收到和处理申请: {其余: 0, 本年新收: {自然人: 3, 总计: 4}, 予以公开: {自然人: 3}}", DRAFT)
    assert codes(text) == ["application-row-total"]
    text = received(
        "收到和处理申请: {本年新收: {总计: 4}, 上年结转: {总计: 0}, 总计: {总计: 3}, 结转下年度: {总计: 0}}",
        DRAFT,
    )
    assert ("application-balance", "收到和处理申请.本年新收.总计") in [
        (f.code, f.path) for f in findings(text)
    ]


def test_a_wrong_total_is_not_found_again_in_the_balance() -> None:
    text = received(NEW.replace("{自然人: 2}", "{自然人: 3}, 总计: {自然人: 5}"))
    assert codes(text) == ["application-column-total"]


def test_a_balance_over_an_unknown_is_undecided() -> None:
    text = received(NEW.replace("予以公开: {自然人: 2}", "予以公开: {自然人: 待填}"), DRAFT)
    assert codes(text) == ["figure-unknown"]


def test_arithmetic_is_an_error_in_a_draft_too() -> None:
    assert {f.level for f in findings(received(NEW, DRAFT))} == {Severity.ERROR}


RULES = """\
rules:
  - code: many-licences
    check: 主动公开政府信息.行政许可 <= 其他数据.上限
    at: 主动公开政府信息.行政许可
  - code: early
    check: 成文日期 >= 公布日期
    at: 成文日期
    when: {机关类型: [政府, 部门], 状态: [定稿]}
    severity: hint
  - code: application-balance
"""
FINDINGS = """\
findings:
  many-licences:
    severity: error
    message: {zh: '“{place}”为{given}，超过{right}', en: '“{place}” is {given}'}
    hint: {zh: 核对, en: check}
    explanation: {zh: 说明, en: explanation}
  early:
    severity: warning
    message: {zh: '{left}早于{right}', en: '{left} before {right}'}
    hint: {zh: 核对, en: check}
    explanation: {zh: 说明, en: explanation}
"""


@pytest.fixture
def strict(tmp_path: Path) -> Kind:
    """The disclosure kind with two rules more: data, not code."""
    folder = copy_kind(tmp_path)
    change(folder / "rules.yaml", "rules:\n  - code: application-balance\n", RULES)
    change(folder / "rules.yaml", "findings:\n", FINDINGS)
    return load_kind(folder)


LICENCES = FINAL.replace("主动公开政府信息: {其余: 0}", "主动公开政府信息: {其余: 0, 行政许可: 5}")


def test_a_rule_is_data(strict: Kind) -> None:
    finding = only(LICENCES + "其他数据: {上限: 4}\n", strict)
    assert (finding.code, finding.level) == ("many-licences", Severity.ERROR)
    assert finding.message() == "“主动公开政府信息.行政许可”为5，超过4"
    assert finding.message("en") == "“主动公开政府信息.行政许可” is 5"
    assert codes(LICENCES + "其他数据: {上限: 5}\n", strict) == []


def test_a_rule_over_what_the_report_does_not_give_says_nothing(strict: Kind) -> None:
    assert codes(LICENCES, strict) == []


def test_a_rule_that_is_not_arithmetic_only_warns_in_a_draft(strict: Kind) -> None:
    assert only(LICENCES.replace("定稿", "草稿") + "其他数据: {上限: 4}\n", strict).level is Severity.WARNING


def test_a_rule_applies_where_its_conditions_hold(strict: Kind) -> None:
    early = FINAL + "公布日期: 2024-02-01\n"
    finding = only(early, strict)
    assert (finding.code, finding.level, finding.path) == ("early", Severity.HINT, "成文日期")
    assert codes(early.replace("部门", "乡镇街道"), strict) == []
    assert codes(early.replace("定稿", "草稿"), strict) == []

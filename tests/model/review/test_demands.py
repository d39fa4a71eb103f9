"""What a superior asks for is a file without code; reports of other offices are compared with."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.diagnostics import Severity
from reportgen.errors import FileError
from reportgen.model.review.references import Against
from tests.model.review.conftest import FIXTURES, SOUND, Found

NAME = "名称: 某县编制要求\n"


@pytest.mark.parametrize(
    ("demand", "codes"),
    [
        ("字数上限: {总体情况: 101}", []),
        ("字数上限: {总体情况: 100}", ["demand-length"]),
        ("期限: {部门: 01-12}", []),
        ("期限: {部门: 01-11}", ["demand-deadline"]),
        ("期限: {政府: 01-11}", []),
        ("标题: '{机关}{年度}年政府信息公开工作年度报告'", []),
        ("标题: '{机关}{年度}年度政府信息公开工作报告'", ["demand-title"]),
        ("标题: '{机关.__class__}'", ["demand-title"]),
        ("必须写明: [{事项: 培训, 栏目: 总体情况, 词语: [培训, 讲座]}]", []),
        ("必须写明: [{事项: 培训, 栏目: 总体情况, 词语: [培训], 数字: 是}]", ["demand-number"]),
        ("必须写明: [{事项: 公报, 栏目: 总体情况, 词语: [公报]}]", ["demand-missing"]),
        ("从严: [published-late]", []),
        ("从严: [late]", ["demand-code-unknown"]),
        ("期限: {部门: 1-20}", ["demand-day"]),
        ("期限: {部门: }", ["value-missing"]),
        ("标题:", ["value-missing"]),
        ("必须写明: [{事项: , 栏目: 总体情况, 词语: [甲]}]", ["value-missing"]),
        ("必须写明: [{事项: 甲, 栏目: 总体情况, 词语: [待填, '']}]", ["empty-text"]),
        ("从严: []", ["value-refused"]),
        ("限期: {部门: 01-20}", ["unknown-key"]),
        ("字数上限: {总体情况: 一千}", ["count-form"]),
    ],
)
def test_demands_are_met_or_found(found: Found, tmp_path: Path, demand: str, codes: list[str]) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(f"{NAME}{demand}\n", "utf-8")
    assert [f.code for f in found(against=Against(profile=profile))] == codes


def test_what_a_superior_raises_stops_a_final_report_only(found: Found, tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(f"{NAME}从严: [figure-not-applicable]\n", "utf-8")
    slash = ("主动公开政府信息: {其余: 0}", "主动公开政府信息: {其余: 0, 规章: /}")
    named = ("机关类型: 部门\n", "机关类型: 部门\n审核要求: profile.yaml\n")
    waiver = "核对说明: [{代码: figure-not-applicable, 理由: 本机关没有规章制定权}]\n"
    levels = {f.code: f.level for f in found(slash, named)}
    assert levels == {"figure-not-applicable": Severity.ERROR}
    levels = {f.code: f.level for f in found(slash, named, tail=waiver)}
    assert levels["figure-not-applicable"] is Severity.ERROR
    assert levels["waiver-refused"] is Severity.WARNING
    levels = {f.code: f.level for f in found(slash, named, ("状态: 定稿", "状态: 草稿"))}
    assert levels == {"figure-not-applicable": Severity.WARNING}


def test_a_profile_named_by_an_option_must_be_there(found: Found, tmp_path: Path) -> None:
    with pytest.raises(FileError):
        found(against=Against(profile=tmp_path / "none.yaml"))


def test_the_example_of_a_profile_is_sound(found: Found) -> None:
    profile = FIXTURES / "profiles/wuwei-2025.yaml"
    assert {f.code for f in found(against=Against(profile=profile))} == {"demand-missing", "demand-number"}


def test_text_copied_from_another_office_is_found(found: Found, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(SOUND.replace("某市发展和改革局", "某市财政局"), "utf-8")
    assert found(against=Against(others=(other,))) == []
    text = other.read_text("utf-8").replace(
        "窗口人员业务不熟练；二是历史文件数字化程度不高", "部分信息更新不够及时；二是解读形式较为单一"
    )
    other.write_text(text.replace("组织两期培训；二是分批扫描上网", "每月检查一次；二是增加图解"), "utf-8")
    assert [f.code for f in found(against=Against(others=(other,)))] == ["problems-copied"]


def test_a_report_to_compare_with_that_is_none_is_told(found: Found, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("种类: 政府信息公开工作年度报告\n", "utf-8")
    (finding,) = found(against=Against(others=(other,)))
    assert (finding.code, finding.level) == ("other-unreadable", Severity.WARNING)

"""A new draft, empty or from last year's report, is sound at once and takes over what it should."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen import cli
from reportgen.diagnostics import Diagnostic, Severity, is_fatal
from reportgen.model.report import load_report
from tests.model.reports import FINAL

FIXTURES = sorted(path.resolve() for path in Path("fixtures").glob("*.yaml"))
LAST = FINAL.replace("总体情况: 全年工作平稳。", """总体情况:
  # 总体情况的说明
  - 2023年1月1日至2023年12月31日，我局新收申请22件，办结20件，培训3次，比2022年多。
  - 印发《2023年工作要点》，执行2021—2023年规划，2024年继续推进。
  - 小标题: 主动公开
    正文: '全年制发行政规范性文件7件。'""").replace(
    "收到和处理申请: {其余: 0}",
    "收到和处理申请:\n  其余: 0\n  本年新收: {自然人: 20, 商业企业: 2}  # 新收\n"
    "  予以公开: {自然人: 19, 商业企业: 1}\n"
    "  结转下年度: {自然人: 1, 商业企业: 1}",
).replace(
    "主动公开政府信息: {其余: 0}",
    "主动公开政府信息:\n  其余: 0\n  行政规范性文件: {本年制发: 7, 现行有效: 30}",
)  # fmt: skip


def new(*arguments: str) -> int:
    return cli.run(("new", "disclosure-annual", *arguments))


@pytest.fixture
def last(tmp_path: Path) -> Path:
    folder = tmp_path / "2023"
    folder.mkdir()
    (folder / "report.yaml").write_text(LAST, "utf-8")
    return folder / "report.yaml"


def draft_of(last: Path, text: str = "") -> str:
    if text:
        last.write_text(text, "utf-8")
    target = last.parent.parent / "2024.yaml"
    assert new("--from", str(last), "-o", str(target)) == 0
    return target.read_text("utf-8")


def test_the_year_and_the_dates_of_the_texts_are_advanced(last: Path) -> None:
    text = draft_of(last)
    assert "\n年度: 2024\n" in text
    assert "\n状态: 草稿\n成文日期: 待填\n上年报告: 2023/report.yaml\n" in text
    assert "- 2024年1月1日至2024年12月31日，我局" in text
    assert "《2023年工作要点》，执行2021—2023年规划，2025年继续推进" in text
    assert "  # 核对：去年的文字里的年份 2023年\n" in text
    assert "  # 核对：去年的文字里的年份 2022年\n" in text


def test_what_was_carried_out_is_carried_in_and_every_other_figure_is_to_be_filled_in(last: Path) -> None:
    text = draft_of(last)
    assert "  其余: 待填\n  本年新收: {自然人: 待填, 商业企业: 待填}  # 新收\n" in text
    carried = "  上年结转: {自然人: 1, 商业企业: 1, 科研机构: 0, 社会公益组织: 0, 法律服务机构: 0, 其他: 0}\n"
    assert carried in text
    assert "  # 行政规范性文件现行有效＝上年现行有效（30）＋本年制发－本年废止" in text
    assert "  行政规范性文件: {本年制发: 待填, 现行有效: 待填}\n" in text
    report = load_report(last.parent.parent / "2024.yaml")
    assert not is_fatal(report.diagnostics)


def test_totals_are_not_to_be_filled_in_and_are_left_out_of_a_new_draft(last: Path) -> None:
    text = draft_of(
        last,
        LAST.replace("商业企业: 2}  # 新收", "商业企业: 2, 总计: 22}  # 新收")
        .replace("  结转下年度", "  部分公开: {总计: 0}\n  总计: {自然人: 19, 总计: 20}\n  结转下年度")
        .replace("复议诉讼: {其余: 0}", "复议诉讼:\n  其余: 0\n  行政复议:\n    结果维持: 1\n    总计: 1"),
    )
    assert "\n  本年新收: {自然人: 待填, 商业企业: 待填}  # 新收\n" in text
    assert "\n  部分公开: {}\n  结转下年度: " in text
    assert "\n  行政复议:\n    结果维持: 待填\n存在的主要问题" in text
    assert not [found for found in load_report_of(last, text) if found.path.endswith("总计")]


def load_report_of(last: Path, text: str) -> tuple[Diagnostic, ...]:
    target = last.parent.parent / "final.yaml"
    target.write_text(text.replace("状态: 草稿", "状态: 定稿"), "utf-8")
    return load_report(target).diagnostics


def test_marks_that_nobody_went_through_are_told_of_a_final_report_only(last: Path) -> None:
    text = draft_of(last)
    draft = load_report(last.parent.parent / "2024.yaml").diagnostics
    assert "draft-mark-left" not in {found.code for found in draft}
    found = [each for each in load_report_of(last, text) if each.code == "draft-mark-left"]
    lines = [text.splitlines()[each.location.line - 1].strip() for each in found]
    assert lines == [line.strip() for line in text.splitlines() if line.strip().startswith("# 核对：去年的")]
    assert {each.level for each in found} == {Severity.WARNING}
    text = re.sub("(?m)^ *# 核对：.*\n", "", text)
    assert "draft-mark-left" not in {found.code for found in load_report_of(last, text)}


def test_figures_of_the_tables_become_expressions_and_others_are_marked(last: Path) -> None:
    text = draft_of(last)
    assert (
        "新收申请{{ 收到和处理申请.本年新收.总计 }}件，办结{{ 收到和处理申请.总计.总计 }}件，培训3次" in text
    )
    assert "'全年制发行政规范性文件{{ 主动公开政府信息.行政规范性文件.本年制发 }}件。'" in text
    assert re.search(r"\n  # 核对：去年的数字 3次\n(?:  #.*\n)?  - 2024年", text)


def test_comments_and_all_else_stay(last: Path) -> None:
    text = draft_of(
        last, "# 第一行\n" + LAST + "核对说明:\n  - {代码: x, 理由: 去年}\n公布日期: 2024-01-20\n# 末行\n"
    )
    assert text.startswith("# 第一行\n种类: ")
    assert text.endswith("其他需要报告的事项: 无。\n# 末行\n")
    assert "  # 总体情况的说明\n" in text
    assert "核对说明" not in text
    assert "公布日期" not in text


@pytest.mark.parametrize(
    ("old", "new_text", "wanted"),
    [
        ("  结转下年度: {自然人: 1, 商业企业: 1}", "", "上年结转: {自然人: 0, 商业企业: 0,"),
        (
            "  其余: 0\n  本年新收",
            "  上年结转: {自然人: 5, 总计: 5}\n  本年新收",
            "上年结转: {自然人: 1, 商业企业: ",
        ),
        ("  结转下年度: {自然人: 1, 商业企业: 1}", "  上年结转: 待填", "上年结转: {自然人: 0, "),
    ],
)
def test_carried_figures_find_their_place(last: Path, old: str, new_text: str, wanted: str) -> None:
    assert wanted in draft_of(last, LAST.replace(old, new_text))
    assert not is_fatal(load_report(last.parent.parent / "2024.yaml").diagnostics)


def test_a_table_left_open_takes_the_carried_figures(last: Path) -> None:
    text = re.sub(r"收到和处理申请:\n(?:  .*\n)+", "收到和处理申请: 待填\n", LAST).replace("定稿", "草稿")
    assert "\n收到和处理申请: {上年结转: {自然人: 待填, " in draft_of(last, text)


def test_a_report_with_errors_can_begin_a_year_and_that_is_said(
    last: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    draft_of(last, LAST.replace("自然人: 19", "自然人: 18"))
    assert "[draft-of-unsound]" in capfd.readouterr().err
    text = draft_of_other(last, LAST.replace("本年新收:", "本年新受:"))
    assert "年度: 2024" in text
    assert "正文里的年份、数字都没有更新" in capfd.readouterr().err


def draft_of_other(last: Path, text: str) -> str:
    last.write_text(text, "utf-8")
    target = last.parent / "other.yaml"
    assert new("--from", str(last), "-o", str(target)) == 0
    return target.read_text("utf-8")


@pytest.mark.parametrize("text", ["年度: [", LAST.replace("年度: 2023", "年度: 今年"), "甲: 1\n"])
def test_without_a_year_there_is_no_draft(last: Path, text: str, capfd: pytest.CaptureFixture[str]) -> None:
    last.write_text(text, "utf-8")
    target = last.parent / "new.yaml"
    assert new("--from", str(last), "-o", str(target)) == 1
    assert "[draft-without-year]" in capfd.readouterr().err
    assert not target.exists()


def test_what_cannot_be_taken_over_is_named(last: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = FINAL.replace("总体情况: 全年工作平稳。", "总体情况: [第一段话\n  还没有完, 比2022年多。]")
    assert "总体情况: [第一段话\n  还没有完, 比2022年多。]" in draft_of(last, text)
    assert "提示[draft-part-left] “总体情况[1]”没有能够带入新的报告" in capfd.readouterr().err


def test_nothing_is_overwritten_without_force(last: Path, capfd: pytest.CaptureFixture[str]) -> None:
    target = last.parent / "new.yaml"
    target.write_text("mine", "utf-8")
    assert new("-o", str(target)) == 5
    assert target.read_text("utf-8") == "mine"
    assert new("-o", str(target), "--force") == 0
    assert any(path.read_text("utf-8") == "mine" for path in last.parent.iterdir())
    assert "已保留" in capfd.readouterr().err


def test_an_empty_draft_names_every_official_label_and_help(tmp_path: Path) -> None:
    target = tmp_path / "new.yaml"
    assert new("-o", str(target), "--year", "2024") == 0
    text = target.read_text("utf-8")
    for words in (
        "年度: 2024\n",
        "（三）不予公开",
        "8.属于行政查询事项",
        "四、结转下年度继续办理",
        "共同被告",
        "未经复议直接起诉",
    ):
        assert words in text
    loaded = load_report(target)
    assert loaded.report
    assert not is_fatal(loaded.diagnostics)


@pytest.mark.slow
@pytest.mark.parametrize("fixture", [None, *FIXTURES], ids=lambda path: path.stem if path else "empty")
def test_a_new_draft_of_every_fixture_is_sound_and_builds(fixture: Path | None, tmp_path: Path) -> None:
    target = tmp_path / "new.yaml"
    assert new(*(("--from", str(fixture)) if fixture else ()), "-o", str(target)) == 0
    assert cli.run(("validate", str(target))) == 0
    assert cli.run(("build", str(target), "-o", str(tmp_path / "out"))) == 0

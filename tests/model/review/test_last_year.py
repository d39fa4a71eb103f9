"""Figures that have to follow from last year's report."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import Severity
from reportgen.errors import FileError, KindError
from reportgen.model.kind import load_kind
from reportgen.model.report import load_report
from reportgen.model.review.references import Against, without_detours
from tests.model.reports import change, copy_kind
from tests.model.review.conftest import FIXTURES, OTHER, SOUND, Found, changed

TABLE = "收到和处理申请: {其余: 0}"
COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


def carried(word: str, other: str, figures: dict[str, int]) -> tuple[str, str]:
    """A balanced table in which so many applications are carried in or out."""
    row = ", ".join(f"{name}: {figure}" for name, figure in figures.items())
    return TABLE, f"收到和处理申请: {{其余: 0, {word}: {{{row}}}, {other}: {{{row}}}}}"


def test_last_years_report_is_told_by_its_shortest_path(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2023").mkdir()
    last = tmp_path / "2023/r.yaml"
    detour = tmp_path / "2024/../2023/r.yaml"
    assert without_detours(detour) == detour, "there is no such file"
    last.write_text("")
    assert without_detours(detour) == last
    (tmp_path / "link").symlink_to(tmp_path / "2024/deep")
    (tmp_path / "2024/deep").mkdir()
    (tmp_path / "2024/r.yaml").write_text("")
    through_link = tmp_path / "link/../r.yaml"
    assert without_detours(through_link) == through_link, "behind a link it is another file"
    assert without_detours(last) == last


def test_sound_years_follow_from_each_other(found: Found) -> None:
    assert found(last=()) == []


@given(st.sampled_from(COLUMNS), st.integers(1, 9), st.integers(0, 9))
@settings(max_examples=25, deadline=None)
@pytest.mark.slow
def test_every_column_carried_in_is_compared_with_the_one_carried_out(
    tmp_path_factory: pytest.TempPathFactory, column: str, before: int, after: int
) -> None:
    folder = tmp_path_factory.mktemp("years")
    (folder / "last.yml").write_text(changed(carried("本年新收", "结转下年度", {column: before})), "utf-8")
    year = ("年度: 2020\n", "年度: 2021\n上年报告: last.yml\n")
    report = folder / "report.yaml"
    report.write_text(
        changed(year, ("2021-01", "2022-01"), carried("上年结转", "予以公开", {column: after}), *OTHER)
    )
    codes = {(f.code, f.path) for f in load_report(report).diagnostics if f.level is Severity.ERROR}
    place = f"收到和处理申请.上年结转.{column}"
    assert codes == (set() if before == after else {("carried-over-differs", place)})


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("受理行政许可事项400件。", True),
        ("行政许可400件，比上年大幅增加。", True),
        ("行政处罚比上年增加，主要是新增执法事项。", True),
        ("因政府信息公开工作需要，行政许可比上年增加。", True),
        ("行政许可比上年增加，主要是承接了下放事项。", False),
        ("由于事项下放，行政许可较上一年成倍增加；其他平稳。", False),
    ],
)
def test_a_large_change_is_asked_about_until_a_sentence_explains_it(
    found: Found, sentence: str, asked: bool
) -> None:
    table = "主动公开政府信息: {其余: 0}"
    grown = (table, "主动公开政府信息: {其余: 0, 行政许可: 400}")
    told = ("定期清理已公开的文件。", sentence)
    codes = [f.path for f in found(grown, told, last=()) if f.code == "decisions-changed"]
    assert codes == (["主动公开政府信息.行政许可"] if asked else [])


def test_a_pattern_that_cannot_be_read_is_the_kinds_fault(tmp_path: Path) -> None:
    own = copy_kind(tmp_path)
    change(own / "rules.yaml", "told: '^(?=.*申请)", "told: '^(?=.*申请")
    with pytest.raises(KindError) as error:
        load_kind(own)
    assert {found.code for found in error.value.diagnostics} == {"pattern-unreadable"}


def test_the_total_alone_is_compared_where_it_alone_is_given(found: Found) -> None:
    text = "收到和处理申请: {本年新收: {总计: 3}, 总计: {总计: 1}, 结转下年度: {总计: 2}}"
    last = (("状态: 定稿", "状态: 草稿"), (TABLE, text))
    codes = [f.path for f in found(last=last) if f.code == "carried-over-differs"]
    assert codes == ["收到和处理申请.上年结转.总计"]


def test_a_difference_only_warns_in_a_draft(found: Found) -> None:
    last = (carried("本年新收", "结转下年度", {"其他": 2}),)
    (finding,) = found(("状态: 定稿", "状态: 草稿"), last=last)
    assert (finding.code, finding.level) == ("carried-over-differs", Severity.WARNING)


def test_a_change_by_half_or_by_ten_needs_no_word(found: Found) -> None:
    def licences(count: int) -> tuple[str, str]:
        return "主动公开政府信息: {其余: 0}", f"主动公开政府信息: {{其余: 0, 行政许可: {count}}}"

    for before, after, told in ((10, 20, False), (10, 21, True), (100, 150, False), (100, 49, True)):
        codes = [finding.code for finding in found(licences(after), last=(licences(before),))]
        assert codes == (["decisions-changed"] if told else [])


def test_a_report_of_another_kind_is_not_compared(tmp_path: Path) -> None:
    folder = copy_kind(tmp_path / "kinds", "other")
    change(folder / "kind.yaml", "title: 政府信息公开工作年度报告", "title: 别的年度报告")
    change(folder / "schema.yaml", "enum: [政府信息公开工作年度报告]", "enum: [别的年度报告]")
    last = tmp_path / "last.yaml"
    last.write_text(SOUND.replace("种类: 政府信息公开工作年度报告", "种类: 别的年度报告"))
    report = tmp_path / "report.yaml"
    report.write_text(changed(*OTHER))
    loaded = load_report(report, kinds=(folder,), against=Against(last=last))
    assert [finding.code for finding in loaded.diagnostics] == ["last-year-other-kind"]


def test_an_office_that_was_renamed_says_so_and_is_compared(found: Found) -> None:
    last = (
        ("机关: 某市发展和改革局", "机关: 某市计划委员会"),
        carried("本年新收", "结转下年度", {"其他": 2}),
    )
    assert [finding.code for finding in found(last=last)] == ["last-year-other-organ"]
    waiver = "核对说明: [{代码: last-year-other-organ, 理由: 2023年3月因机构改革更名}]\n"
    assert {finding.code for finding in found(last=last, tail=waiver)} == {
        "last-year-other-organ",
        "carried-over-differs",
    }


def test_a_file_named_by_an_option_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        load_report(FIXTURES / "suqian-city-2023.yaml", against=Against(last=tmp_path / "none.yaml"))


@pytest.mark.parametrize(
    ("check", "code"),
    [
        ("上年.复议诉讼.行政复议.总数 >= 0", "unknown-name"),
        ("上年.机关 >= 1", "not-comparable"),
        ("上年.年度 + 1", "not-a-condition"),
        ("去年.年度 == 1", "unknown-name"),
    ],
)
def test_a_rule_across_years_is_checked_with_the_kind(tmp_path: Path, check: str, code: str) -> None:
    folder = copy_kind(tmp_path)
    for word in ("check", "provided"):
        text = f"    check: 上年.年度 > 2020\n    at: 年度\n    provided: {check}\n"
        if word == "check":
            text = f"    check: {check}\n    at: 年度\n"
        rules = folder / "rules.yaml"
        before = rules.read_text("utf-8")
        change(rules, "    check: 上年.年度 > 2020\n    at: 年度\n", text)
        with pytest.raises(KindError) as error:
            load_kind(folder)
        assert [finding.code for finding in error.value.diagnostics] == [code]
        assert error.value.diagnostics[0].path.endswith(word)
        rules.write_text(before, "utf-8")

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import reportgen
from reportgen.diagnostics import Severity, in_file_order, is_fatal
from reportgen.errors import FileError, KindError
from reportgen.model.kind import list_kinds
from reportgen.model.report import load_report, read_report, validate
from reportgen.model.values import Cell, Date, Heading, Mark, Paragraph, Prose
from tests.amount import tried
from tests.model.reports import DRAFT, FINAL, FIXTURES, codes, copy_kind, disclosure, only, pointed, read

SEED = FIXTURES / "jiangmen-fgj-2023.yaml"
TRUE_OF = {"suqian-city-2023": ["co-defendant-cases"], "everything-2024": ["demand-missing"]}
"""What is found in final reports that are right: true, and no errors; the last is explained there."""


def test_the_doors_of_the_package_are_these() -> None:
    assert (reportgen.load_report, reportgen.validate) == (load_report, validate)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_fixture_has_errors(path: Path) -> None:
    loaded = load_report(path)
    assert loaded.report is not None
    assert not is_fatal(loaded.diagnostics)
    if not loaded.report.is_draft:
        assert [finding.code for finding in loaded.diagnostics] == TRUE_OF.get(path.stem, [])


def test_the_seed_report_is_a_draft_that_lists_its_gaps() -> None:
    loaded = load_report(SEED)
    assert loaded.report is not None
    assert loaded.report.is_draft
    found = [(d.code, d.path, d.arguments.get("count")) for d in loaded.diagnostics]
    assert found == [
        ("aspect-missing", "总体情况", None),
        ("figures-missing", "主动公开政府信息", "10"),
        ("figures-missing", "收到和处理申请", "138"),
        ("figures-missing", "收到和处理申请.本年新收", "6"),
        ("total-unchecked", "收到和处理申请.本年新收.总计", "6"),
        ("total-unchecked", "收到和处理申请.总计.总计", "6"),
        ("figures-missing", "复议诉讼", "12"),
        ("fee-missing", "其他需要报告的事项", None),
    ]
    assert {d.level for d in loaded.diagnostics} == {Severity.WARNING}


def texts(value: Any) -> list[str]:
    """The paragraphs of a field as they are printed, a heading's title before its own."""
    if isinstance(value, Heading):
        first, *more = texts(value.body)
        return [f"{value.title}。{first}", *more]
    return (
        [str(value.text)]
        if isinstance(value, Paragraph)
        else [text for item in value for text in texts(item)]
    )


def test_the_seed_report_prints_its_figures_from_the_data() -> None:
    loaded = load_report(SEED)
    assert loaded.report is not None
    paragraphs = texts(loaded.report.values["总体情况"])
    assert (
        "公开政府信息1023条（包含工作动态105条、规范性文件7项、行政许可结果204项、行政处罚结果2项等）。"
        in paragraphs[1]
    )
    assert "申请共22件，办结（含结转）22件" in paragraphs[2]
    assert "网络申请6件，占27%；信函申请16件，占73%。" in paragraphs[2]
    assert texts(loaded.report.values["其他需要报告的事项"]) == ["无。"]


def test_values_are_typed_and_in_the_schemas_order() -> None:
    report = read(
        FINAL + "盖章: 是\n联系方式: {电话: 0750-1, 地址: 某路}\n核对说明: [{代码: a, 理由: b}]\n"
    ).report
    assert report is not None
    values = report.values
    assert list(values)[:6] == ["种类", "年度", "机关", "机关类型", "状态", "成文日期"]
    assert isinstance(values["年度"], Cell)
    assert values["年度"].figure == 2023
    assert isinstance(values["机关"], Prose)
    assert str(values["机关"]) == "某市某局"
    assert values["成文日期"] == Date(2024, 1, 12)
    assert values["盖章"] is True
    contact: Any = values["联系方式"]
    assert {key: str(value) for key, value in contact.items()} == {"地址": "某路", "电话": "0750-1"}
    assert "署名" not in values
    assert not report.is_draft


def test_an_open_date_is_a_gap() -> None:
    report = read(DRAFT.replace("2024-01-12", "待填")).report
    assert report is not None
    date = report.values["成文日期"]
    assert isinstance(date, Prose)
    assert [segment.mark for segment in date.segments] == [Mark.GAP]


def test_notes_of_tables_are_prose_inside_and_below() -> None:
    report = read(
        FINAL.replace("{其余: 0}\n复", "{其余: 0, 注: {表内: 甲, 表下: [乙, '{{ 年度 }}年']}}\n复")
    ).report
    assert report is not None
    notes = report.notes["收到和处理申请"]
    assert ([str(note) for note in notes.inside], [str(note) for note in notes.below]) == (
        ["甲"],
        ["乙", "2023年"],
    )
    assert [note.path for note in notes.below] == ["收到和处理申请.注.表下[0]", "收到和处理申请.注.表下[1]"]
    assert report.notes["复议诉讼"].below == ()


def test_texts_may_speak_of_contacts_and_dates_but_fields_are_never_evaluated() -> None:
    text = FINAL.replace("全年工作平稳。", "'{{ 联系方式.电话 }}，{{ 成文日期 }}，{{ 年度 - 1 }}年'")
    report = read(text + "联系方式: {电话: '{{ 年度 }}'}\n").report
    assert report is not None
    assert texts(report.values["总体情况"]) == ["{{ 年度 }}，2024年1月12日，2022年"]


def test_a_report_of_wrong_shape_is_no_report() -> None:
    loaded = read(FINAL.replace("2023", "二三"))
    assert loaded.report is None
    assert [d.code for d in loaded.diagnostics] == ["year-unreadable"]


@pytest.mark.parametrize("name", ["政府信息公开年度报告", "disclosure"])
def test_an_unknown_kind_shows_those_there_are(name: str) -> None:
    text = FINAL.replace("种类: 政府信息公开工作年度报告", f"种类: {name}")
    (finding,) = read_report(text.encode(), Path("report.yaml")).diagnostics
    assert finding.code == "unknown-kind"
    assert pointed(text, finding) == name
    assert finding.hint() == f"可用的种类：{'、'.join(entry.title for entry in list_kinds())}"
    assert "政府信息公开工作年度报告" in finding.hint()


@pytest.mark.parametrize("name", ["''", "", "' '"])
def test_a_kind_that_is_left_empty_is_to_be_filled_in(name: str) -> None:
    text = FINAL.replace("种类: 政府信息公开工作年度报告", f"种类: {name}")
    (finding,) = read_report(text.encode(), Path("report.yaml")).diagnostics
    assert (finding.code, finding.location.line) == ("value-missing", 1)


def test_a_report_without_a_kind_says_so_at_its_first_key() -> None:
    text = "年度: 2023\n"
    (finding,) = read_report(text.encode(), Path("report.yaml")).diagnostics
    assert (finding.code, finding.path, pointed(text, finding)) == ("missing-key", "种类", "年度")
    (finding,) = read_report(b"\xe7\xa7\x8d\xe7\xb1\xbb: [a]\n", Path("report.yaml")).diagnostics
    assert finding.code == "text-expected"


def test_the_name_of_the_folder_picks_the_kind_but_the_title_is_wanted() -> None:
    text = FINAL.replace("种类: 政府信息公开工作年度报告", "种类: disclosure-annual")
    (finding,) = read_report(text.encode(), Path("report.yaml")).diagnostics
    assert (finding.code, finding.arguments["allowed"]) == ("choice", "政府信息公开工作年度报告")


def test_kinds_of_ones_own_are_looked_in_first(tmp_path: Path) -> None:
    own = copy_kind(tmp_path, "own")
    loaded = read_report(FINAL.encode(), Path("report.yaml"), kinds=[tmp_path])
    assert loaded.report is not None
    assert loaded.report.kind.folder == own
    (own / "rules.yaml").write_text("rules: 1\n", "utf-8")
    with pytest.raises(KindError):
        read_report(FINAL.encode(), Path("report.yaml"), kinds=[tmp_path])


def test_validating_a_report_says_what_loading_it_said(tmp_path: Path) -> None:
    path = tmp_path / "报告.yaml"
    path.write_text(DRAFT.replace("2024-01-12", "待填"), "utf-8")
    loaded = load_report(path)
    assert loaded.report is not None
    assert validate(path) == validate(str(path)) == validate(loaded.report) == loaded.diagnostics
    assert {d.location.file for d in loaded.diagnostics} == {str(path)}


def test_a_file_that_cannot_be_read_stops_the_command(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        load_report(tmp_path / "missing.yaml")
    with pytest.raises(FileError):
        load_report(tmp_path)


@pytest.mark.parametrize("data", [b"", b"- 1\n", b"text\n", b"\xff\xfe", b"a: [", b"{}\n", b"null\n"])
def test_what_is_no_report_at_all_ends_in_findings(data: bytes) -> None:
    loaded = read_report(data, Path("report.yaml"))
    assert loaded.report is None
    assert loaded.diagnostics


def test_yaml_findings_and_findings_of_shape_come_together() -> None:
    text = FINAL + "机关: 某局\n备注: 无\n"
    assert codes(text) == ["duplicate-key", "unknown-key"]
    assert only(FINAL + "备注: 无\n").code == "unknown-key"


KEYS = list(disclosure().schema["properties"])
WORDS = [
    *KEYS,
    "其余",
    "注",
    "本年新收",
    "自然人",
    "总计",
    "小标题",
    "正文",
    "图表",
    "附表",
    "数据",
    "列表",
    "行",
    "表下",
    "不予公开",
]
LEAVES = st.one_of(
    st.sampled_from(
        [
            "",
            "0",
            "待填",
            "/",
            "-1",
            "012",
            "{{ 年度 }}",
            "{{",
            "是",
            "2024-01-12",
            "定稿",
            "草稿",
            "\n",
            "\u202e",
        ]
    ),
    st.text(max_size=8),
    st.none(),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def check_findings(text: str) -> None:
    """Whatever a file holds, its findings are in order, have words, and lie in the file."""
    loaded = read(text)
    lines = text.split("\n")
    assert loaded.diagnostics == in_file_order(loaded.diagnostics)
    for finding in loaded.diagnostics:
        assert finding.message()
        assert finding.message("en")
        assert finding.hint()
        assert 0 <= finding.location.line <= len(lines) + 1
    assert loaded.report is not None or is_fatal(loaded.diagnostics)


@tried(150)
@given(st.dictionaries(st.sampled_from(KEYS), TREES, max_size=8))
@pytest.mark.slow
def test_no_tree_of_values_ends_in_an_exception(tree: dict[str, Any]) -> None:
    check_findings(yaml.safe_dump({**yaml.safe_load(FINAL), **tree}, allow_unicode=True))


@tried(100)
@given(st.sampled_from(sorted(FIXTURES.glob("*.yaml"))), st.data())
def test_no_altered_report_ends_in_an_exception(path: Path, data: st.DataObject) -> None:
    text = path.read_text("utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = start + data.draw(st.integers(0, 30))
    check_findings(
        text[:start]
        + data.draw(st.text(max_size=10) | st.sampled_from(["\n", ": ", "待填", "{{", "- ", "'"]))
        + text[end:]
    )

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.errors import FileError, KindError, UsageError
from reportgen.model import chain, kind
from reportgen.model.chain import merge, read_chain
from reportgen.model.kind import check_kind, find_kind, list_kinds, load_kind, load_layout
from reportgen.model.shipped import CHECKED, KEPT, keep, kept_place, package_folder, read_kept
from reportgen.model.source import read_trusted
from reportgen.records.inputs import kind_digest, kind_inputs
from reportgen.verify.template.lint import lint_template
from tests.model.reports import FINAL, change, codes, copy_kind, disclosure, write_kind

DATA_FILES = [file for file in sorted(package_folder().glob("*/*.yaml")) if file.name != "sample.yaml"]
SMALL_SCHEMA = {
    "properties": {"种类": {"x-type": "text"}, "简报": {"x-type": "blocks"}},
    "required": ["简报"],
}
SMALL_KIND = {
    "name": "bulletin",
    "extends": "gbt9704",
    "title": "工作简报",
    "description": {"zh": "简报", "en": "Bulletin"},
    "standard": "GB/T 9704-2012",
}


def broken(folder: Path) -> list[tuple[str, str, int]]:
    """The code, file and line of everything wrong with a kind."""
    with pytest.raises(KindError) as caught:
        load_kind(folder)
    return [(d.code, Path(d.location.file).name, d.location.line) for d in caught.value.diagnostics]


def test_the_kind_is_found_by_folder_name_title_and_path() -> None:
    name = disclosure().folder
    assert find_kind("disclosure-annual") == find_kind("政府信息公开工作年度报告") == name
    assert load_kind(name).name == "disclosure-annual"


def test_the_kind_inherits_from_its_base() -> None:
    kind = disclosure()
    assert [folder.name for folder in kind.folders] == ["disclosure-annual", "gbt9704"]
    assert kind.fields["organ"] == "机关"
    assert kind.layout["page"]["width"] == 210
    assert kind.texts["headings"]["总体情况"] == "一、总体情况"
    assert kind.find_file("layout.yaml").parent.name == "gbt9704"
    assert kind.outputs == ("docx", "pdf", "html")


def test_the_fields_come_in_the_declared_order() -> None:
    fields = list(disclosure().schema["properties"])
    assert fields[:6] == ["种类", "年度", "机关", "机关类型", "状态", "成文日期"]
    assert (
        fields.index("总体情况")
        < fields.index("主动公开政府信息")
        < fields.index("其他需要报告的事项")
        < fields.index("署名")
    )
    assert set(disclosure().schema["required"]) >= {"种类", "机关", "总体情况"}


def test_all_derived_figures_have_a_formula() -> None:
    totals = [formula.total for formula in disclosure().formulas]
    assert len({total for total in totals if total.startswith("收到和处理申请.")}) == 31
    assert len({total for total in totals if total.startswith("复议诉讼.")}) == 3


def test_a_base_is_no_kind_of_report() -> None:
    assert "gbt9704" not in [entry.name for entry in list_kinds()]
    with pytest.raises(KindError, match="kind-abstract"):
        load_kind("gbt9704")


def test_an_unknown_name_shows_the_kinds_there_are() -> None:
    with pytest.raises(UsageError, match="没有名为“年报”的报告种类") as caught:
        load_kind("年报")
    assert "政府信息公开工作年度报告" in caught.value.diagnostics[0].hint()


def test_a_folder_without_a_kind_is_an_error_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        load_kind(tmp_path)


def test_a_missing_file_of_a_kind_is_named() -> None:
    with pytest.raises(KindError, match="kind-file-missing"):
        disclosure().find_file("no-such.html")


def test_a_kind_of_ones_own_needs_no_python(tmp_path: Path) -> None:
    write_kind(tmp_path, "bulletin", kind=SMALL_KIND, schema=SMALL_SCHEMA)
    shipped = ["correction-notice", "disclosure-annual", "dispatch-sheet", "four-property-report"]
    shipped.append("withdrawal-notice")
    assert [entry.name for entry in list_kinds([tmp_path])] == ["bulletin", *shipped]
    kind = load_kind("工作简报", [tmp_path])
    assert (kind.version, kind.tables, kind.formulas) == ("1", {}, ())
    report = "种类: 工作简报\n年度: 2023\n机关: 某局\n状态: 定稿\n成文日期: 2024-01-12\n简报: 无事。\n"
    assert codes(report, kind) == []
    assert kind.texts["title"] == ["工作简报"]
    assert codes(report.replace("简报: 无事", "正文: 无事"), kind) == ["missing-key", "unknown-key"]


def test_a_kind_of_ones_own_comes_before_the_packages(tmp_path: Path) -> None:
    own = copy_kind(tmp_path, "disclosure-annual")
    assert find_kind("disclosure-annual", [tmp_path]) == own
    assert find_kind("政府信息公开工作年度报告", [own]) == own
    assert [entry.folder for entry in list_kinds([tmp_path]) if entry.name == own.name] == [own]


def test_a_kind_can_extend_another_and_change_it(tmp_path: Path) -> None:
    write_kind(
        tmp_path,
        "strict",
        kind="{name: strict, extends: disclosure-annual, title: 从严的年度报告}",
        schema="""
properties: {引言: , 编制人: {x-type: text}, 种类: {enum: [从严的年度报告]}}
required: [编制人]
""",
        rules="""
rules:
  - code: no-sanctions
    check: 主动公开政府信息.行政强制 == 0
    at: 主动公开政府信息.行政强制
    when: {机关类型: [部门]}
findings:
  no-sanctions:
    severity: error
    message: {zh: '“{place}”为{left}，应为{right}', en: '“{place}” is {left}'}
    hint: {zh: 核对, en: check}
    explanation: {zh: 说明, en: explanation}
""",
    )
    kind = load_kind("strict", [tmp_path])
    assert "引言" not in kind.schema["properties"]
    assert {"编制人", "机关", "总体情况"} <= set(kind.schema["required"])
    assert (len(kind.formulas), len(kind.checks)) == (
        len(disclosure().formulas),
        len(disclosure().checks) + 1,
    )
    right = FINAL.replace("种类: 政府信息公开工作年度报告", "种类: 从严的年度报告") + "编制人: 甲\n"
    assert codes(right, kind) == []
    assert codes(
        right.replace("主动公开政府信息: {其余: 0}", "主动公开政府信息: {其余: 0, 行政强制: 1}"), kind
    ) == ["no-sanctions"]
    assert (
        codes(right.replace("部门", "政府").replace("{其余: 0}\n收", "{其余: 0, 行政强制: 1}\n收"), kind)
        == []
    )


def test_merging_adds_up_what_must_be_there_and_replaces_the_rest() -> None:
    base = {"required": ["甲"], "list": [1, 2], "map": {"a": 1, "b": 2}, "gone": 3}
    own = {"required": ["乙", "甲"], "list": [3], "map": {"b": 4}, "gone": None, "new": 5}
    assert merge(base, own) == {"required": ["甲", "乙"], "list": [3], "map": {"a": 1, "b": 4}, "new": 5}


def test_a_base_that_is_not_there_is_found(tmp_path: Path) -> None:
    folder = write_kind(tmp_path, "lone", kind="name: lone\nextends: nothing\n")
    assert broken(folder) == [("kind-base-missing", "kind.yaml", 2)]


def test_kinds_that_extend_each_other_are_found(tmp_path: Path) -> None:
    write_kind(tmp_path, "hen", kind="name: hen\nextends: egg\n")
    write_kind(tmp_path, "egg", kind="name: egg\nextends: hen\n")
    with pytest.raises(KindError, match="kind-circle"):
        load_kind("hen", [tmp_path])
    assert "hen" not in {entry.name for entry in list_kinds([tmp_path])}


@pytest.mark.parametrize("content", ["a: [", "- 1\n", "只是文字\n", "a: &b 1\nc: *b\n"])
def test_a_kind_that_is_no_yaml_mapping_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(KindError):
        load_kind(write_kind(tmp_path, "bad", kind=content))


BALANCE = "收到和处理申请.总计.{全部列} + 收到和处理申请.结转下年度.{全部列}"


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        (
            "kind",
            "title: 政府信息公开工作年度报告",
            "title: 政府信息公开工作年度报告\ntitel: 年报",
            "unknown-key",
        ),
        ("kind", "{previous: 上年报告", "{previous: 去年报告", "kind-name-unknown"),
        ("schema", "其他数据: {x-type: figures", "其他数据: {x-type: figurs", "choice"),
        ("schema", "required: [机关类型,", "required: [机关类别,", "kind-name-unknown"),
        ("schema", "order: [种类,", "order: [种类别,", "kind-name-unknown"),
        ("schema", "复议诉讼: {x-type: table", "复议诉讼: {x-type: text", "table-unused"),
        ("schema", "其他数据: {x-type: figures", "其他数据: {x-type: table", "table-undeclared"),
        ("tables", "columns: [39, 39, 39, 39]", "columns: [39, 39, 39, 38]", "table-width"),
        ("tables", "columns: [39, 39, 39, 39]", "columns: [39, 39, 39, 0]", "value-refused"),
        ("tables", "- [规章, =规章.本年制发,", "- [=规章.本年制发,", "table-row"),
        ("tables", "三、本年度办理结果, rowspan: 22", "三、本年度办理结果, rowspan: 23", "table-overlap"),
        ("tables", "三、本年度办理结果, rowspan: 22", "三、本年度办理结果, rowspam: 22", "unknown-key"),
        ("tables", "not-applicable: [规章]", "not-applicable: [规]", "kind-name-unknown"),
        ("tables", "{figure: 行政强制,", "{figure: 行政处罚,", "table-figure-twice"),
        (
            "rules",
            "- code: application-balance\n    each: 收到和处理申请.全部列",
            "- code: application-balance\n    each: 收到和处理申请.各列",
            "axis-unknown",
        ),
        (
            "rules",
            "at: 收到和处理申请.本年新收.{全部列}",
            "at: 收到和处理申请.本年收.{全部列}",
            "kind-name-unknown",
        ),
        ("review", "    about: 统计|", "    about: (统计|", "pattern-unreadable"),
        ("rules", BALANCE, BALANCE.replace("结转下年度", "结转"), "unknown-name"),
        ("rules", BALANCE, BALANCE + " +", "expression-syntax"),
        ("rules", f"== {BALANCE}", f"+ {BALANCE}", "not-a-condition"),
        ("rules", BALANCE, "机关", "not-comparable"),
        ("rules", "total: 复议诉讼.{程序}.总计", "total: 复议诉讼.{程序}.合计", "kind-name-unknown"),
        (
            "rules",
            "addends: ['复议诉讼.{程序}.{结果}']",
            "addends: ['复议诉讼.{程序}.{结局}']",
            "axis-unknown",
        ),
        (
            "rules",
            "addends: ['复议诉讼.{程序}.{结果}']",
            "addends: ['复议诉讼.{程序}.总计']",
            "formula-circle",
        ),
        ("rules", "  review-total:\n", "  review-sum:\n", "finding-undeclared"),
        ("rules", "  review-total:\n", "  missing-key:\n", "finding-taken"),
        ("rules", "- code: review-total", "- code: application-row-total", "finding-unused"),
        ("tables", "  heights: 9\n", "  heights: [9, 9]\n", "table-heights"),
        (
            "rules",
            "results plus carried out is {right}",
            "results plus carried out is {total}",
            "finding-argument",
        ),
        ("text", "headings:", "headings: [", "bracket-not-closed"),
        ("kind", "{previous: 上年报告", "{previus: 上年报告", "unknown-key"),
        ("text", "title: ['{机关}', '{年度}年", "title: ['{机构}', '{年度}年", "kind-name-unknown"),
        ("text", "title: ['{机关}', '{年度}年", "title: ['{机关', '{年度}年", "text-places"),
        ("text", "title: ['{机关}', '{年度}年", "title: [['{机关}'], '{年度}年", "text-expected"),
        ("text", "body: ['现将《{机关}", "body: ['现将《{局}", "kind-name-unknown"),
        ("text", "headings:", "note: 注\nheadings:", "text-places"),
        ("text", "headings:", "notes: 注：{}\nheadings:", "text-places"),
        ("text", "headings:", "date: '{year}年{month}月'\nheadings:", "text-places"),
        ("text", "headings:", "ordinals: {1: 一、}\nheadings:", "text-places"),
        ("text", "headings:", "embedded: 附件\nheadings:", "mapping-expected"),
    ],
)
def test_what_is_wrong_with_a_kind_is_found(
    tmp_path: Path, file: str, old: str, new: str, found: str
) -> None:
    folder = copy_kind(tmp_path)
    change(folder / f"{file}.yaml", old, new)
    assert found in [code for code, _, _ in broken(folder)]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("kind", "extends: gbt9704\n", "extends: gbt9704\nextra: 1\n"),
        ("schema", "order: [种类,", "order: [种类别,"),
        ("tables", "columns: [39, 39, 39, 39]", "columns: [39, 39, 39, 38]"),
        ("tables", "- [规章, =规章.本年制发,", "- [=规章.本年制发,"),
        (
            "rules",
            "- code: application-balance\n    each: 收到和处理申请.全部列",
            "- code: application-balance\n    each: 收到和处理申请.各列",
        ),
        ("rules", "addends: ['复议诉讼.{程序}.{结果}']", "addends: ['复议诉讼.{程序}.{结局}']"),
        ("rules", "addends: ['复议诉讼.{程序}.{结果}']", "addends: ['复议诉讼.{程序}.总计']"),
        ("rules", BALANCE, BALANCE + " +"),
    ],
)
def test_it_is_found_where_it_stands(tmp_path: Path, file: str, old: str, new: str) -> None:
    folder = copy_kind(tmp_path)
    path = folder / f"{file}.yaml"
    change(path, old, new)
    line = path.read_text("utf-8").split(new)[0].count("\n") + new.rstrip("\n").count("\n") + 1
    assert [(name, at) for _, name, at in broken(folder)] == [(path.name, line)]


def test_a_rule_that_stands_for_too_much_is_refused(tmp_path: Path) -> None:
    folder = copy_kind(tmp_path)
    names = ", ".join(f"行{number}" for number in range(60))
    change(
        folder / "tables.yaml",
        "axes:\n    程序:",
        f"axes:\n    多: [{names}]\n    更多: [{names}]\n    程序:",
    )
    change(folder / "rules.yaml", "'复议诉讼.{程序}.{结果}'", "'复议诉讼.{程序}.{多}.{更多}'")
    assert [code for code, _, _ in broken(folder)] == ["axes-too-many"]


def test_everything_wrong_with_a_kind_is_found_at_once(tmp_path: Path) -> None:
    folder = copy_kind(tmp_path)
    change(folder / "kind.yaml", "extends: gbt9704", "extends: gbt9704\nextra: 1")
    change(folder / "schema.yaml", "x-type: figures", "x-type: figurs")
    assert [(code, file) for code, file, _ in broken(folder)] == [
        ("unknown-key", "kind.yaml"),
        ("choice", "schema.yaml"),
    ]


def test_every_code_about_kinds_is_tried() -> None:
    codes = re.findall(r"^([a-z-]+):$", Path("reportgen/findings/kind.yaml").read_text("utf-8"), re.MULTILINE)
    tried = re.findall(r'"(?:error.)?([a-z-]+)', Path(__file__).read_text("utf-8"))
    assert [code for code in codes if code not in tried] == []


def test_the_geometry_of_the_standard_is_there_without_a_kind() -> None:
    assert load_layout()["page"] == {"width": 210, "height": 297}


def test_words_of_figures_that_name_nothing_are_found(tmp_path: Path) -> None:
    kind = copy_kind(tmp_path)
    file = kind / "figures.yaml"
    change(file, "    whole: ['主动公开政府信息.行政许可']", "    whole: ['主动公开政府信息.行政认可']")
    change(
        file, "      废止: ['主动公开政府信息.规章.本年废止']", "      撤消: ['主动公开政府信息.行政强制']"
    )
    assert {(code, name) for code, name, _ in broken(kind)} == {("kind-name-unknown", "figures.yaml")}


@pytest.mark.parametrize("file", DATA_FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_the_values_of_the_programs_own_files_are_kept(file: Path, update_golden: bool) -> None:
    content, place = file.read_bytes(), kept_place(file.parent.name, file.stem)
    values = read_trusted(content)
    if update_golden:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(keep(values, content), "utf-8")
    assert repr(read_kept(place, content)) == repr(values), (
        "to keep them anew: ./run test tests/model/test_kind.py --update-golden"
    )


def test_a_checked_kind_is_the_one_that_reading_and_checking_everything_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick = disclosure()
    monkeypatch.setattr(chain, "recall", lambda *_: None)
    monkeypatch.setattr(chain, "checked_digests", frozenset)
    monkeypatch.setattr(kind, "_known", {})
    slow = load_kind("disclosure-annual")
    assert slow is not quick
    for field in dataclasses.fields(slow):
        values = [getattr(one, field.name) for one in (quick, slow)]
        assert repr(values[0]) == repr(values[1]), field.name


def test_nothing_is_kept_for_files_that_are_no_more() -> None:
    kept = sorted((package_folder() / KEPT).glob("*/*.json"))
    assert kept == [kept_place(file.parent.name, file.stem) for file in DATA_FILES]


def test_what_is_kept_counts_only_for_the_very_file(tmp_path: Path) -> None:
    content = b"a: 1.50\nb: [2, true, '2']\n"
    place = tmp_path / "kept.json"
    place.write_text(keep(read_trusted(content), content), "utf-8")
    assert read_kept(place, content) == {"a": Decimal("1.50"), "b": [2, True, "2"]}
    assert str(read_kept(place, content)["a"]) == "1.50"
    assert read_kept(place, content + b"#") is None
    assert read_kept(tmp_path / "other.json", content) is None
    (tmp_path / "torn.json").write_text(place.read_text("utf-8")[:-5], "utf-8")
    assert read_kept(tmp_path / "torn.json", content) is None


def test_kinds_that_come_with_the_program_are_checked_and_noted_as_such(update_golden: bool) -> None:
    digests = []
    for entry in list_kinds():
        kind = load_kind(entry.folder)
        assert lint_template(kind) == ()
        digests += [check_kind(entry.folder), kind_digest(kind, tuple(kind_inputs(kind)))]
    noted = package_folder() / CHECKED
    if update_golden:
        noted.write_text("".join(f"{digest}\n" for digest in digests), "utf-8")
    assert noted.read_text("utf-8").split() == digests, (
        "to note them anew: ./run test tests/model/test_kind.py --update-golden"
    )


def test_a_changed_kind_is_no_checked_one(tmp_path: Path) -> None:
    folder = copy_kind(tmp_path)
    assert read_chain(folder, (tmp_path,)).is_checked
    with (folder / "kind.yaml").open("a", encoding="utf-8") as file:
        file.write("strange: 1\n")
    assert not read_chain(folder, (tmp_path,)).is_checked
    with pytest.raises(KindError, match="unknown-key"):
        load_kind(folder, (tmp_path,))

"""Filled-in workbooks and reports: figures come into a report and leave the rest of it as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportgen
from reportgen import cli
from reportgen.importers.entering import enter
from reportgen.importers.sums import add_workbooks, find_mixture, trace
from reportgen.model.drafts.skeleton import write_skeleton
from reportgen.model.report import read_report
from reportgen.model.values import Cell
from tests.importers.workbooks import (
    BASICS,
    KIND,
    SLOTS,
    B,
    fill,
    form,
    number,
    read,
    text,
)

COUNTS = [path for path in SLOTS if not path.endswith("行政事业性收费")]


def cells_of(report: bytes) -> Callable[[str], Cell]:
    """Gives the figures of a report file by path."""
    loaded = read_report(report, Path("r.yaml"), kind=KIND)
    assert loaded.report is not None
    values = loaded.report.values
    return lambda path: pick(values, path)


def pick(value: object, path: str) -> Cell:
    """A figure in nested mappings."""
    for step in path.split("."):
        assert isinstance(value, dict)
        value = value[step]
    assert isinstance(value, Cell)
    return value


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(COUNTS), st.integers(0, 10**12), max_size=40), st.booleans())
def test_random_figures_come_back_from_the_workbook_and_from_the_report(
    figures: dict[str, int], rest: bool
) -> None:
    squares = {SLOTS[path]: number(value) for path, value in figures.items()}
    boxes = {f"{B}!E3": text("是")} if rest else {}
    collected = read(fill({**BASICS, **squares, **boxes}))
    given_ones = {path: int(entry.text) for path, entry in collected.figures.items()}
    zeros = {path: 0 for path in COUNTS if rest and path.startswith(B)}
    assert given_ones == {**zeros, **figures}
    entered = enter(write_skeleton(KIND, None), collected)
    assert entered.refused == ()
    figure = cells_of(entered.data)
    for path, value in {**zeros, **figures}.items():
        assert figure(path).figure == value


def test_an_existing_report_keeps_its_comments_and_everything_else() -> None:
    report = Path(__file__).parents[2] / "templates/disclosure-annual/sample.yaml"
    before = report.read_bytes()
    collected = read(fill({f"{B}!D7": number(21), SLOTS[f"{B}.其他处理.逾期不补正.其他"]: number(4)}))
    entered = enter(before, collected)
    assert (entered.changed, entered.refused) == (2, ())
    old, new = before.decode().splitlines(), entered.data.decode().splitlines()
    gone = [line for line in old if line not in new]
    assert gone == ["  本年新收: {自然人: 20, 商业企业: 2}"]
    assert "  本年新收: {自然人: 21, 商业企业: 2}" in new
    assert cells_of(entered.data)(f"{B}.其他处理.逾期不补正.其他").figure == 4
    assert enter(entered.data, collected).data == entered.data


def test_a_group_that_was_left_open_takes_its_figures() -> None:
    report = b"\xe5\xb9\xb4\xe5\xba\xa6: 2024\n" + f"{B}:\n  本年新收: 待填 # 等信访室\n复议诉讼:\n".encode()
    entered = enter(report, read(fill({f"{B}!D7": number(2)})))
    assert entered.refused == ()
    assert "本年新收: {自然人: 2}" in entered.data.decode()


def test_workbooks_are_added_up_cell_by_cell_and_every_cell_can_be_traced() -> None:
    first, second = (
        read(fill({**BASICS, f"{B}!D7": number(value), f"{B}!E7": number(1) if value == 3 else ""}), name)
        for name, value in (("甲.xlsx", 3), ("乙.xlsx", 4))
    )
    total = add_workbooks([first, second])
    assert {path: entry.text for path, entry in total.figures.items()} == {f"{B}.本年新收.自然人": "7"}
    assert trace(total) == f"{B}.本年新收.自然人 = 7 = 甲.xlsx:{B}!D7 3 + 乙.xlsx:{B}!D7 4\n"


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(arguments)
    out, err = capfd.readouterr()
    return code, out, err


@pytest.mark.slow
def test_the_commands_lead_from_an_empty_workbook_to_a_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(capfd, "form", "disclosure-annual", "-o", "采集表.xlsx") == (0, "采集表.xlsx\n", "")
    assert Path("采集表.xlsx").read_bytes() == form()
    for name, value in (("甲.xlsx", 3), ("乙.xlsx", 4)):
        Path(name).write_bytes(fill({**BASICS, f"{B}!D7": number(value)}))
    code, _, err = run(capfd, "import", "甲.xlsx", "乙.xlsx", "-o", "r.yaml")
    assert (code, "several-workbooks" in err) == (2, True)
    code, _, err = run(capfd, "import", "甲.xlsx", "乙.xlsx", "--sum", "--trace", "t.txt", "-o", "r.yaml")
    assert (code, err.startswith("r.yaml：读入4个数据")) == (0, True)
    assert "= 7 = " in Path("t.txt").read_text("utf-8")
    assert cells_of(Path("r.yaml").read_bytes())(f"{B}.本年新收.自然人").figure == 7
    assert not [found for found in reportgen.validate(Path("r.yaml")) if found.level.value == "error"]
    Path("乙.xlsx").write_bytes(fill({**BASICS, "基本信息!B4": number(2023)}))
    code, out, _ = run(capfd, "import", "甲.xlsx", "乙.xlsx", "--sum", "-o", "new.yaml", "--format", "json")
    assert (code, Path("new.yaml").exists()) == (1, False)
    (mixed,) = [found for found in json.loads(out) if found["code"] == "workbook-fields-mixed"]
    assert mixed["location"]["cell"] == "基本信息!B4"
    assert run(capfd, "import", "乙.xlsx", "-o", "r.yaml")[0] == 1


def test_a_workbook_is_not_added_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, basics, value in (("甲", BASICS, 3), ("乙", {}, 3), ("丙", BASICS, 5), ("零", BASICS, 0)):
        Path(f"{name}.xlsx").write_bytes(fill({**basics, f"{B}!D7": number(value)}))
    Path("甲的副本.xlsx").write_bytes(Path("甲.xlsx").read_bytes())

    def add(*names: str) -> tuple[int, list[tuple[str, str]]]:
        files, target = [f"{name}.xlsx" for name in names], "".join(names) + ".yaml"
        code, out, _ = run(capfd, "import", *files, "--sum", "-o", target, "--format", "json")
        found = [each for each in json.loads(out) if each["code"] == "workbook-twice"]
        return code, [(each["location"]["file"], each["severity"]) for each in found]

    assert add("甲", "丙", "甲") == (1, [("甲.xlsx", "error")])
    assert add("甲", "甲的副本") == (1, [("甲的副本.xlsx", "error")])
    assert not list(Path().glob("*.yaml"))
    assert add("甲", "丙", "乙") == (0, [("乙.xlsx", "warning")])
    assert add("甲", "丙") == (0, [])
    assert add("零", "零") == (0, []), "nothing is counted twice where there is nothing"


def test_the_report_names_the_workbooks_that_each_table_is_the_sum_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (("甲.xlsx", 3), ("乙#1.xlsx", 4), ("丙.xlsx", 5)):
        Path(name).write_bytes(fill({**BASICS, f"{B}!D7": number(value)}))
    assert run(capfd, "import", "甲.xlsx", "乙#1.xlsx", "--sum", "-o", "r.yaml")[0] == 0
    first = Path("r.yaml").read_text("utf-8")
    assert first.count("# 各数由采集表相加：甲.xlsx、乙_1.xlsx\n收到和处理申请:\n") == 1
    assert first.count("各数由采集表相加") == 1, "the other tables are blank"
    assert run(capfd, "import", "甲.xlsx", "丙.xlsx", "--sum", "-o", "r.yaml")[0] == 0
    second = Path("r.yaml").read_text("utf-8")
    assert second.replace("丙.xlsx", "乙_1.xlsx").replace("自然人: 8", "自然人: 7") == first
    assert run(capfd, "import", "丙.xlsx", "-o", "r.yaml")[0] == 0
    assert "各数由采集表相加" not in Path("r.yaml").read_text("utf-8")


def test_a_report_that_cannot_take_a_figure_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("甲.xlsx").write_bytes(fill({f"{B}!D7": number(3)}))
    report = f"种类: {KIND.title}\n{B}: [一, 二]\n".encode()
    Path("r.yaml").write_bytes(report)
    code, out, _ = run(capfd, "import", "甲.xlsx", "-o", "r.yaml")
    assert (code, "import-refused" in out, Path("r.yaml").read_bytes()) == (1, True, report)


def test_kinds_are_not_mixed() -> None:
    first = read(form())
    other = replace(first, kind=replace(KIND, name="other"), file="乙.xlsx")
    assert [found.code for found in find_mixture([first, other])] == ["workbook-kinds-mixed"]

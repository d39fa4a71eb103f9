"""What is printed about findings: to the letter, under wide characters, against hostile text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Bilingual, Diagnostic, FindingType, Location, Related, Severity
from reportgen.reporters import report_json, report_text
from reportgen.reporters.excerpts import WIDTH, excerpt, shown, width

SUM = FindingType(
    "sum-mismatch",
    Severity.ERROR,
    Bilingual(
        "表三“总计”为 {given}，各项之和为 {computed}",
        "table 3: the total is {given}, its parts add up to {computed}",
    ),
    Bilingual("核对各项与总计", "check the parts and the total"),
    Bilingual("总计等于各项之和", "a total is the sum of its parts"),
)
GAP = FindingType(
    "gap", Severity.WARNING, Bilingual("待填", "to be filled in"), Bilingual("", ""), Bilingual("", "")
)
TIP = FindingType(
    "tip", Severity.HINT, Bilingual("可以更好", "could be better"), Bilingual("", ""), Bilingual("", "")
)

TEXT = "本年新收: {自然人: 20}\n  总计: 127\n"
FOUND = (
    Diagnostic(TIP, Location("b.yaml"), "附件"),
    Diagnostic(GAP, Location("a.yaml", 2, 3, 2, 5), "新收.总计"),
    Diagnostic(
        SUM,
        Location("a.yaml", 2, 7, 2, 10),
        "新收.总计",
        {"given": "127", "computed": "128"},
        (Related(Location("a.yaml", 1, 13, 1, 15), "新收.自然人"), Related(Location("b.yaml"), "", "全文")),
    ),
)


def test_text() -> None:
    assert report_text(FOUND, "zh", {"a.yaml": TEXT}) == (
        "a.yaml:2:3: 警告[gap] 待填\n"
        "    2 |   总计: 127\n"
        "      |   ^^^^\n"
        "\n"
        "a.yaml:2:7: 错误[sum-mismatch] 表三“总计”为 127，各项之和为 128\n"
        "    2 |   总计: 127\n"
        "      |         ^^^\n"
        "   建议: 核对各项与总计\n"
        "   相关: a.yaml:1:13 新收.自然人\n"
        "   相关: b.yaml 全文\n"
        "\n"
        "b.yaml: 提示[tip] 可以更好\n"
        "\n"
        "共 1 处错误、1 处警告、1 条提示\n"
    )


def test_text_in_english() -> None:
    assert report_text((FOUND[2], FOUND[1], FOUND[1]), "en", {"a.yaml": TEXT}) == (
        "a.yaml:2:3: warning[gap] to be filled in\n"
        "    2 |   总计: 127\n"
        "      |   ^^^^\n"
        "\n"
        "a.yaml:2:7: error[sum-mismatch] table 3: the total is 127, its parts add up to 128\n"
        "    2 |   总计: 127\n"
        "      |         ^^^\n"
        "   hint: check the parts and the total\n"
        "   related: a.yaml:1:13 新收.自然人\n"
        "   related: b.yaml 全文\n"
        "\n"
        "1 error, 1 warning\n"
    )


def test_text_of_nothing() -> None:
    assert report_text((), "zh") == "没有发现问题\n"
    assert report_text((), "en") == "nothing found\n"


def test_the_lines_are_read_from_the_files_when_they_are_not_given(tmp_path: Path) -> None:
    file = tmp_path / "甲.yaml"
    file.write_bytes("\ufeff总计: 一\r\n".encode())
    assert f"{file}:1:5: 警告[gap] 待填\n    1 | 总计: 一\n      |       ^^\n" in report_text(
        (Diagnostic(GAP, Location(str(file), 1, 5, 1, 6)),)
    )
    assert report_text((Diagnostic(GAP, Location(str(tmp_path), 1, 5, 1, 6)),)).count("\n") == 3


def test_lines_of_other_encodings_are_readable(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes("年度: 二〇二三".encode("gbk"))
    assert "    1 | 年度: 二〇二三\n" in report_text((Diagnostic(GAP, Location(str(file), 1, 1, 1, 3)),))


@pytest.mark.parametrize(
    ("line", "first", "last", "text", "carets"),
    [
        ("总计: 127", 4, 7, "总计: 127", "      ^^^"),
        ("ｶ：𠮷字", 2, 3, "ｶ：𠮷字", "   ^^"),
        ("e\u0301é: x", 4, 5, "e\u0301é: x", "   ^"),
        ("“甲”…: x", 3, 4, "“甲”…: x", "    ^"),
        ("\t甲:\tx", 4, 5, "    甲:    x", "           ^"),
        ("甲: ", 3, 3, "甲: ", "    ^"),
        ("", 0, 0, "", "^"),
        ("甲", 5, 9, "甲", "  ^"),
    ],
)
def test_the_caret_stands_under_the_place(line: str, first: int, last: int, text: str, carets: str) -> None:
    cut = excerpt(line, first, last)
    assert (cut.text, " " * cut.indent + "^" * cut.carets) == (text, carets)


@pytest.mark.parametrize("first", [0, 30, 500, 969, 999])
@pytest.mark.parametrize("letter", ["a", "字", "\u0301", "\t", "\x1b"])
def test_long_lines_are_cut_round_the_place(first: int, letter: str) -> None:
    line = letter * first + "总计" + letter * (998 - first)
    cut = excerpt(line, first, first + 2)
    before, _, after = cut.text.partition("总计")
    assert width(cut.text) <= WIDTH
    assert width(before) == cut.indent
    assert cut.carets == 4
    assert before.startswith("…") == (before != shown(line[:first]))
    assert after.endswith("…") == (after != shown(line[first + 2 :]))
    assert shown(line[:first]).endswith(before.removeprefix("…"))
    assert shown(line[first + 2 :]).startswith(after.removesuffix("…"))


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_every_excerpt_points_inside_and_shows_nothing_a_terminal_obeys(
    line: str, first: int, length: int
) -> None:
    cut = excerpt(line, first, first + length)
    assert cut.carets >= 1
    assert cut.indent <= width(cut.text) <= WIDTH
    assert not {unicodedata.category(letter) for letter in cut.text} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_a_place_of_several_lines_is_shown_by_its_first() -> None:
    text = report_text((Diagnostic(GAP, Location("a", 1, 4, 3, 2)),), "zh", {"a": "甲: |\n 一\n二\n"})
    assert "    1 | 甲: |\n      |     ^\n" in text


HOSTILE = "a\x1b[31m\u202eb\nc\x9b\udc80\u2028\U000e0001"


def test_nothing_hostile_reaches_the_terminal() -> None:
    kind = FindingType(
        "x", Severity.ERROR, Bilingual("{text}", ""), Bilingual("{text}", ""), Bilingual("", "")
    )
    place = Location(f"/{HOSTILE}.yaml", 1, 1, 1, 3)
    finding = Diagnostic(kind, place, HOSTILE, {"text": HOSTILE}, (Related(place, HOSTILE, HOSTILE),))
    text = report_text((finding,), "zh", {place.file: HOSTILE.replace("\n", "")})
    assert "a\\x1b[31m\\u202ebc\\x9b\\udc80\\u2028\\U000e0001" in text
    assert not {"\x1b", "\u202e", "\x9b", "\udc80", "\u2028", "\U000e0001"} & set(text)
    assert len(text.splitlines()) == 7
    printed = report_json((finding,))
    assert not {"\x1b", "\u202e", "\x9b", "\udc80", "\u2028"} & set(printed)
    assert json.loads(printed)[0]["message"] == HOSTILE
    printed.encode()


def test_colour_is_ours_alone() -> None:
    text = report_text(FOUND, "zh", {"a.yaml": TEXT}, color=True)
    assert "a.yaml:2:3: \x1b[1;33m警告[gap]\x1b[0m 待填" in text
    assert "      |   \x1b[1;33m^^^^\x1b[0m\n" in text
    assert text.count("\x1b[0m") == 5


def test_of_very_many_related_places_the_rest_is_counted() -> None:
    related = tuple(Related(Location("a", line, 1, line, 2), "") for line in range(1, 31))
    lines = report_text((Diagnostic(GAP, Location("a"), "", {}, related),), "zh", {}).splitlines()
    assert lines[1] == "   相关: a:1:1"
    assert lines[12:14] == ["   相关: a:12:1", "   相关: 另有 18 处"]


def test_json() -> None:
    printed = report_json(FOUND[1:])
    assert printed.startswith(
        '[\n  {\n    "code": "gap",\n    "severity": "warning",\n    "message": "待填",\n'
    )
    assert json.loads(printed) == [
        {
            "code": "gap",
            "severity": "warning",
            "message": "待填",
            "location": {"file": "a.yaml", "line": 2, "column": 3, "end_line": 2, "end_column": 5},
            "path": "新收.总计",
            "related": [],
            "hint": "",
        },
        {
            "code": "sum-mismatch",
            "severity": "error",
            "message": "表三“总计”为 127，各项之和为 128",
            "location": {"file": "a.yaml", "line": 2, "column": 7, "end_line": 2, "end_column": 10},
            "path": "新收.总计",
            "related": [
                {
                    "location": {"file": "a.yaml", "line": 1, "column": 13, "end_line": 1, "end_column": 15},
                    "path": "新收.自然人",
                    "note": "",
                },
                {
                    "location": {"file": "b.yaml", "line": 0, "column": 0, "end_line": 0, "end_column": 0},
                    "path": "",
                    "note": "全文",
                },
            ],
            "hint": "核对各项与总计",
        },
    ]
    assert json.loads(report_json(FOUND[2:], "en"))[0]["hint"] == "check the parts and the total"
    assert json.loads(report_json(())) == []

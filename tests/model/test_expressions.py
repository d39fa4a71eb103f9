"""Expressions: exact values, exact places, and nothing else of a template language."""

from __future__ import annotations

import inspect
import sys
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Location
from reportgen.model.expressions import Rule, compile_rule, evaluate
from reportgen.model.grammar import read_any, read_embedded, read_expression, read_name
from reportgen.model.names import Names
from reportgen.model.terms import Fault, Literal, Value, spread
from reportgen.model.tokens import LONGEST
from reportgen.model.values import UNKNOWN, Cell, Date, State
from tests.amount import tried
from tests.model.writing import cell, names, unknown

DATA = names(
    甲=6,
    乙=22,
    零=0,
    金额=Decimal("18.8710"),
    表={"行": {"列": 7, "空": unknown(), "未核": cell(5, State.UNCHECKED)}},
    机关="某局",
    日期=Date(2024, 1, 12),
    缺=None,
    组={},
)


def value(text: str) -> Value:
    return evaluate(read_expression(text), DATA).value


def fault(text: str) -> tuple[str, str]:
    """The code of a fault and the stretch of the text it is placed at."""
    with pytest.raises(Fault) as caught:
        value(text)
    span = caught.value.span
    assert span is not None
    return caught.value.code, text[slice(*span)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲", 6),
        ("表.行.列", 7),
        ("表['行'].列", 7),
        ("甲 + 乙 * 2", 50),
        ("(甲 + 乙) * 2", 56),
        ("-甲 + 1", -5),
        ("乙 // 甲", 3),
        ("乙 % 甲", 4),
        ("甲 / 4", Fraction(3, 2)),
        ("乙 / 2", 11),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("金额", Decimal("18.8710")),
        ("机关", "某局"),
        ("'字' '符'", "字符"),
        ("日期", Date(2024, 1, 12)),
        ("甲 < 乙", True),
        ("1 < 甲 < 5", False),
        ("甲 == 6.0", True),
        ("金额 == 18.871", True),
        ("机关 == '某局'", True),
        ("日期 >= '2024-01-01' | 日期", True),
        ("not 甲 > 乙", True),
        ("甲 > 乙 or 乙 > 甲", True),
        ("'多' if 甲 > 3 else '少'", "多"),
        ("甲 | 占比(乙)", "27%"),
        ("甲 | 占比(位数=2, 总数=乙)", "27.27%"),
        ("金额 | 保留(1)", Decimal("18.9")),
        ("(甲 - 乙) | 绝对值", 16),
        ("(1 / 4 - 1) | 绝对值", Fraction(3, 4)),
        ("金额 | 绝对值", Decimal("18.8710")),
    ],
)
def test_values(text: str, expected: object) -> None:
    result = value(text)
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    "text", ["待填", "表.行.空", "表.行.空 + 1", "0 * 表.行.空", "-表.行.空", "表.行.空 | 占比(乙)"]
)
def test_unknown_spreads(text: str) -> None:
    assert value(text) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("待填 > 1", UNKNOWN),
        ("待填 > 1 and 甲 > 乙", False),
        ("甲 > 乙 and 待填 > 1", False),
        ("待填 > 1 or 乙 > 甲", True),
        ("待填 > 1 and 乙 > 甲", UNKNOWN),
        ("not 待填 > 1", UNKNOWN),
        ("1 < 待填 < 0", UNKNOWN),
        ("2 < 1 < 待填", False),
        ("1 if 待填 > 1 else 2", UNKNOWN),
    ],
)
def test_unknown_decides_nothing(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("甲乙 + 1", "unknown-name", "甲乙"),
        ("1 + 表.航.列", "unknown-name", "航"),
        ("表.行.烈", "unknown-name", "烈"),
        ("甲.列", "unknown-name", "列"),
        ("表.行", "name-of-group", "行"),
        ("缺", "name-not-given", "缺"),
        ("组.网站", "name-not-given", "网站"),
        ("甲 + 机关", "not-a-number", "机关"),
        ("甲 + (乙 | 占比(乙))", "not-a-number", "乙 | 占比(乙"),
        ("乙 / 零", "division-by-zero", "零"),
        ("乙 / (甲 - 6)", "division-by-zero", "甲 - 6"),
        ("甲 | 占比(零)", "no-base", "占比"),
        ("甲 | 占比(乙, 7)", "wrong-places", "占比"),
        ("甲 | 占比", "filter-arguments", "占比"),
        ("甲 | 占比(乙, 1, 2)", "filter-arguments", "占比"),
        ("甲 | 占比(乙, 总数=乙)", "filter-arguments", "占比"),
        ("甲 | 占比(乙, 长=乙)", "filter-arguments", "占比"),
        ("甲 | 占比(*乙)", "filter-arguments", "占比"),
        ("甲 | 占", "unknown-filter", "占"),
        ("甲 | upper", "unknown-filter", "upper"),
        ("金额 | 中文数字", "not-whole", "中文数字"),
        ("(99999999 * 999999999) | 中文数字", "number-too-large", "中文数字"),
        ("机关 | 千分位", "not-a-number", "千分位"),
        ("机关 | 日期", "not-a-date", "日期"),
        ("(1 / 3) | 千分位", "endless-decimals", "千分位"),
        ("甲 if 乙 else 1", "not-a-condition", "乙"),
        ("not 甲", "not-a-condition", "甲"),
        ("甲 > '6'", "not-comparable", "甲 > '6'"),
        ("'a' < 'b'", "not-comparable", "'a' < 'b'"),
        ("甲 if 甲 > 乙", "choice-without-else", "if"),
        ("甲 +", "expression-syntax", "+"),
        ("甲 乙", "expression-syntax", "乙"),
        ("表.", "expression-syntax", "."),
        ("'甲", "expression-syntax", "'"),
        ("甲）", "expression-character", "）"),
        ("1e9", "expression-number", "1e9"),
        ("0x10", "expression-number", "0x10"),
        ("1_000", "expression-number", "1_000"),
        ("甲 ** 乙", "expression-unavailable", "**"),
        ("甲 ~ 乙", "expression-unavailable", "~"),
        ("range(9)", "expression-unavailable", "("),
        ("[甲]", "expression-unavailable", "["),
        ("{'a': 甲}", "expression-unavailable", "{"),
        ("甲 is defined", "expression-unavailable", "is"),
        ("甲 in 乙", "expression-unavailable", "in"),
        ("机关[0:1]", "expression-unavailable", ":"),
        ("true", "expression-unavailable", "true"),
        ("none", "expression-unavailable", "none"),
        ("''.__class__", "expression-unavailable", "__class__"),
        ("甲.__class__", "unknown-name", "__class__"),
        ("表.行.列.figure", "unknown-name", "figure"),
        ("self", "unknown-name", "self"),
        (
            "999999999999999999 * 999999999999999999",
            "number-too-large",
            "999999999999999999 * 999999999999999999",
        ),
        ("'\\ud800'", "expression-syntax", "'\\ud800'"),
        ("'\\x07'", "expression-syntax", "'\\x07'"),
    ],
)
def test_faults_and_their_places(text: str, code: str, place: str) -> None:
    assert fault(text) == (code, place)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 16 + "1" + ")" * 16,
        "+".join("1" * 70),
        "not " * 190 + "甲 > 1",
        "- " * 300 + "1",
        "1 if 1>1 else " * 70 + "1",
    ],
)
def test_what_is_too_complex_is_refused(text: str) -> None:
    with pytest.raises(Fault, match="expression-too-complex"):
        read_expression(text)


def test_a_stack_that_is_nearly_full_is_no_crash() -> None:
    def dig(levels: int) -> tuple[str, str]:
        return dig(levels - 1) if levels else fault("not " * 240 + "甲 > 1")

    levels = sys.getrecursionlimit() - len(inspect.stack(0)) - 200
    assert dig(levels)[0] == "expression-too-complex"


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(Fault, match="expression-too-long"):
        read_expression("甲" * (LONGEST + 1))


def test_a_misspelt_name_is_offered_where_it_stands() -> None:
    with pytest.raises(Fault) as caught:
        value("列 + 1")
    assert caught.value.arguments["nearest"] == "表.行.列"


@pytest.mark.parametrize(
    "text", ["甲 if 1 > 0 else 丙", "丙 if 1 < 0 else 甲", "1 if 1 > 0 or 丙 > 0 else 2"]
)
def test_a_misspelt_name_is_found_in_a_branch_not_taken(text: str) -> None:
    with pytest.raises(Fault) as caught:
        value(text)
    assert caught.value.code == "unknown-name"
    assert text[slice(*caught.value.span or ())] == "丙"
    assert value("甲 if 1 > 0 else 缺") == 6  # a name that this report leaves out is not misspelt


def test_the_names_that_were_read_are_kept() -> None:
    outcome = evaluate(read_expression("表.行.列 + 甲 if 乙 > 3 else 零"), DATA)
    assert [read.figure for read in outcome.cells] == [22, 7, 6]


def test_a_rule_knows_its_names_and_sides() -> None:
    rule, findings = compile_rule("表.行.列 + 甲 == 乙 / 2 and 甲 > 0", Location("rules.yaml"))
    assert rule is not None
    assert findings == ()
    assert rule.names == ("表.行.列", "甲", "乙")
    assert rule.evaluate(DATA) is False
    assert rule.sides(DATA) == ()
    assert Rule("", read_expression("表.行.列 + 甲 == 乙 / 4")).sides(DATA) == ("13", "5.5")
    assert Rule("", read_expression("表.行.空 == 乙")).sides(DATA) == ("待填", "22")
    assert Rule("", read_expression("机关 == '某局'")).sides(DATA) == ("某局", "某局")


def test_a_rule_is_no_text() -> None:
    with pytest.raises(Fault, match="not-a-condition"):
        Rule("", read_expression("机关")).evaluate(DATA)


def test_a_rule_that_is_none_is_found() -> None:
    location = Location("rules.yaml", 3, 1, 3, 9)
    rule, findings = compile_rule("甲 +", location, "rules")
    assert rule is None
    assert [(finding.code, finding.location, finding.path) for finding in findings] == [
        ("expression-syntax", location, "rules")
    ]


NUMBERS = st.decimals(min_value=0, max_value=10**6, places=4, allow_nan=False, allow_infinity=False)


@given(NUMBERS, NUMBERS, st.sampled_from("+-*/"))
def test_arithmetic_is_that_of_fractions(first: Decimal, second: Decimal, operator: str) -> None:
    text = f"{first} {operator} {second}"
    try:
        expected = eval(f"Fraction(first) {operator} Fraction(second)")
    except ZeroDivisionError:
        assert fault(text)[0] == "division-by-zero"
    else:
        assert value(text) == expected


ATOMS = [
    "甲",
    "乙",
    "表.行.列",
    "表.行.空",
    "机关",
    "日期",
    "缺",
    "表",
    "0",
    "1",
    "99999",
    "0.5",
    "'字'",
    "{{",
    "}}",
]
JOINTS = [
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "**",
    "==",
    "<",
    " and ",
    " or ",
    " not ",
    " if ",
    " else ",
    " is ",
    " in ",
]
MARKS = [
    "|占比(乙)",
    "|中文数字",
    "|保留(2)",
    "(",
    ")",
    "[",
    "]",
    ".",
    ",",
    "~",
    "'",
    "{",
    "}",
    ":",
    "__class__",
    "，",
    "\n",
]
FRAGMENTS = st.lists(st.sampled_from(ATOMS + JOINTS + MARKS), max_size=30).map("".join)


def _settle(text: str) -> Value | Fault:
    try:
        return value(text)
    except Fault as caught:
        return caught


@tried(400)
@given(FRAGMENTS | st.text(max_size=40))
def test_any_text_ends_in_a_value_or_a_fault_inside_it(text: str) -> None:
    result = _settle(text)
    if isinstance(result, Fault):
        assert result.span is not None
        assert 0 <= result.span[0] <= result.span[1] <= len(text)
    else:
        assert isinstance(result, int | Decimal | Fraction | str | bool | Date | type(UNKNOWN))


@tried(400)
@given(FRAGMENTS | st.text(alphabet="甲乙. +()'{}|", max_size=40))
def test_reading_goes_on_behind_every_expression(text: str) -> None:
    term, end = read_embedded("{{" + text, 2)
    assert 2 <= end <= len(text) + 2
    if not isinstance(term, Fault):
        first, last = spread(term)
        assert 2 <= first < last <= end - 2


NAMES = st.text(alphabet="甲乙a1_²·ªn. }{|-\n", max_size=12).map(lambda text: f"{{{{{text}}}}}")


@tried(800)
@given(st.tuples(st.sampled_from(("", "甲 ")), NAMES, st.sampled_from(("", "。{{ 乙 }}"))))
def test_a_name_alone_is_read_as_any_expression_is(parts: tuple[str, str, str]) -> None:
    text, start = "".join(parts), len(parts[0]) + 2
    quick = read_name(text, start)
    assert quick is None or quick == read_any(text, start)


@pytest.mark.parametrize("text", ["{{甲}}", "{{ 收到和处理申请.本年新收.总计 }}", "{{ 表.a1.列 }}。"])
def test_names_are_read_quickly(text: str) -> None:
    assert read_name(text, 2) == read_any(text, 2)


@pytest.mark.parametrize("text", ["{{ true }}", "{{ 甲 | 千分位 }}", "{{ 甲.1 }}", "{{ 甲", "{{ 甲.\n乙 }}"])
def test_whatever_may_be_more_than_a_name_is_left_to_jinja(text: str) -> None:
    assert read_name(text, 2) is None


class Spy:
    """A value whose every attribute would give it away."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)


@given(FRAGMENTS)
def test_no_expression_reaches_an_object(text: str) -> None:
    spied = Names({"甲": Spy(), "乙": {"列": Spy()}}, "待填", "")  # type: ignore[dict-item]
    with suppress(Fault):
        evaluate(read_expression(text), spied)


def test_a_literal_has_its_place() -> None:
    assert read_expression(" 12 ") == Literal(12, (1, 3))


def test_cells_are_not_text() -> None:
    assert isinstance(DATA.look_up(("甲",)), Cell)

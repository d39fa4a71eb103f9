"""YAML files as they are read: what stands where, and what is refused."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Location, Severity
from reportgen.model import limits
from reportgen.model.nodes import Mapping, Node, Scalar, Sequence
from reportgen.model.source import read_source, read_trusted

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def root_of(text: str) -> Mapping:
    root, findings = read_source(text.encode(), "f")
    assert root is not None, findings
    assert findings == ()
    return root


def value(text: str, *steps: str | int) -> Node:
    node: Node = root_of(text)
    for step in steps:
        found = node.get(step) if isinstance(node, Mapping) and isinstance(step, str) else None
        if isinstance(node, Sequence) and isinstance(step, int):
            found = node.items[step]
        assert found is not None
        node = found
    return node


def text_of(text: str, *steps: str | int) -> str:
    node = value(text, *steps)
    assert isinstance(node, Scalar)
    return node.text


def place(node: Node) -> tuple[int, int, int, int]:
    at = node.location
    return at.line, at.column, at.end_line, at.end_column


def found(text: str | bytes) -> list[tuple[str, int, int]]:
    _, findings = read_source(text.encode() if isinstance(text, str) else text, "f")
    return [(d.code, d.location.line, d.location.column) for d in findings]


@pytest.mark.parametrize(
    "word", ["012", "no", "2024-01-12", "18.8710", "0x1F", "~", "null", "1_000", "1:30", "True"]
)
def test_scalars_are_what_was_written(word: str) -> None:
    node = value(f"甲: {word}", "甲")
    assert node == Scalar(
        word, True, Location("f", 1, 4, 1, 4 + len(word)), lambda _first, _last: Location("f")
    )


def test_only_an_empty_plain_value_is_empty() -> None:
    root = root_of("甲:\n乙: ''\n丙: \"\"\n丁: ~\n")
    assert [entry.value.empty for entry in root if isinstance(entry.value, Scalar)] == [
        True,
        False,
        False,
        False,
    ]
    assert [entry.value.plain for entry in root if isinstance(entry.value, Scalar)] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", BOM])
def test_lines_and_columns_are_those_of_an_editor(line_end: str, mark: str) -> None:
    text = mark + line_end.join(
        ["# 𠮷", "𠮷甲: '𠮷𠮷'  # x", "乙:", "  - 一", "  - {丙: 1}", "丁: [a, b]", ""]
    )
    root = root_of(text)
    assert [place(entry.key) for entry in root] == [(2, 1, 2, 3), (3, 1, 3, 2), (6, 1, 6, 2)]
    assert [place(entry.value) for entry in root] == [(2, 5, 2, 9), (4, 3, 5, 11), (6, 4, 6, 10)]
    assert place(value(text, "乙", 1, "丙")) == (5, 9, 5, 10)
    assert place(root) == (2, 1, 6, 10)


@pytest.mark.parametrize(
    ("text", "steps", "where"),
    [
        ("甲:\n乙: 1\n", ["甲"], (1, 3)),
        ("甲:   # 注\n", ["甲"], (1, 3)),
        ("甲 :\n", ["甲"], (1, 4)),
        ("甲:\n  - 一\n  -\n", ["甲", 1], (3, 4)),
        ("甲: {乙: , 丙: }\n", ["甲", "乙"], (1, 7)),
        ("甲: {乙: , 丙: }\n", ["甲", "丙"], (1, 12)),
        ("? 甲\n:\n", ["甲"], (2, 2)),
    ],
)
def test_an_empty_value_has_the_place_after_its_key(
    text: str, steps: list[str | int], where: tuple[int, int]
) -> None:
    node = value(text, *steps)
    assert isinstance(node, Scalar)
    assert node.empty
    assert place(node) == (*where, *where)


@pytest.mark.parametrize(
    ("text", "expected", "where"),
    [
        ("甲: |\n  一\n  二\n\n\n乙: 1\n", "一\n二\n", (1, 4, 3, 4)),
        ("甲: >-\n  一\n  二\n# 注\n", "一 二", (1, 4, 3, 4)),
        ("甲: |+\n  一\n\n", "一\n\n", (1, 4, 2, 4)),
        ("甲: |2\n    一\n", "  一\n", (1, 4, 2, 6)),
        ("甲: |\n  一", "一", (1, 4, 2, 4)),
    ],
)
def test_a_block_text_ends_with_its_last_character(
    text: str, expected: str, where: tuple[int, int, int, int]
) -> None:
    assert text_of(text, "甲") == expected
    assert place(value(text, "甲")) == where


def test_mappings_know_how_they_were_written() -> None:
    root = root_of("甲: {乙: 1}\n丙:\n  丁: 1\n")
    assert [entry.value.flow for entry in root if isinstance(entry.value, Mapping)] == [True, False]


def test_a_repeated_key_is_left_out_and_everything_else_is_there() -> None:
    root, findings = read_source("甲: 1\n乙: {丙: 1, 丙: 2}\n甲: 3\n".encode(), "f")
    assert root is not None
    assert [(entry.key.text, type(entry.value)) for entry in root] == [("甲", Scalar), ("乙", Mapping)]
    assert [(d.code, d.path, d.location.line, [r.location.line for r in d.related]) for d in findings] == [
        ("duplicate-key", "乙.丙", 2, [2]),
        ("duplicate-key", "甲", 3, [1]),
    ]


def test_what_does_not_change_the_meaning_leaves_a_tree() -> None:
    root, findings = read_source("甲: &a x\n乙: !b y\n丙: {{ a }}\n“丁”: \u200b1\n".encode(), "f")
    assert root is not None
    assert [d.code for d in findings] == [
        "yaml-anchor", "yaml-tag", "unquoted-expression", "wide-quote", "invisible-character",
    ]  # fmt: skip
    assert [entry.key.text for entry in root] == ["甲", "乙", "丙", "丁"]
    texts = [entry.value.text for entry in root if isinstance(entry.value, Scalar)]
    assert texts == ["x", "y", "{{ a }}", "\N{REPLACEMENT CHARACTER}1"]


@pytest.mark.parametrize(
    "text", ["甲: &a 1\n乙: *a\n", "<<: {甲: 1}\n", "? [甲]\n: 1\n", "{甲: 1}: 2\n", "甲: '", "- 1\n"]
)
def test_what_changes_the_meaning_leaves_none(text: str) -> None:
    root, findings = read_source(text.encode(), "f")
    assert root is None
    assert all(d.level is Severity.ERROR for d in findings)
    assert findings


def test_broken_lines_do_not_hide_each_other() -> None:
    text = "甲：\n  - 一\n  -二\n乙:2023\n丙： x\n丁: 前: 后\n戊: {{ a }}件\n己: @x\n庚: '一' 二\n辛: [1,2\n"
    assert found(text) == [
        ("wide-colon", 1, 2),
        ("missing-space-after-dash", 3, 3),
        ("missing-space-after-colon", 4, 2),
        ("wide-colon", 5, 2),
        ("second-colon", 6, 5),
        ("unquoted-expression", 7, 4),
        ("reserved-character", 8, 4),
        ("text-after-quote", 9, 8),
        ("bracket-not-closed", 10, 4),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲: 1\n...\n# 完\n", []),
        ("%YAML 1.2\n---\n甲: 1\n", []),
        ("%YAML 1.1 # x\n---\n甲: 1\n", []),
        ("%TAG ! x\n%YAML 2\n---\n甲: 1\n", [("yaml-directive", 1, 1), ("yaml-directive", 2, 1)]),
        ("甲: 1\n---\n乙: 2\n", [("several-documents", 2, 1)]),
        ("甲: 1\n...\n乙: 2\n", [("several-documents", 3, 1)]),
        ("{甲: 1} 乙", [("text-after-bracket", 1, 8)]),
        ("  甲: 1\n 乙: 2\n", [("indentation", 2, 2)]),
        ("", [("empty-file", 0, 0)]),
        (BOM, [("empty-file", 0, 0)]),
        ("# 注\n---\n", [("empty-file", 0, 0)]),
        ("甲\n", [("not-a-mapping", 1, 1)]),
        ("甲：1\n乙：2\n", [("wide-colon", 1, 2), ("wide-colon", 2, 2)]),
    ],
)
def test_a_file_is_one_mapping(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("引言:\n  说明：本报告依据条例编制。\n", []),
        ("电话:\n  010-12345678\n", []),
        ("温度:\n  -5\n", []),
        ("甲: a:b，c：d\n", []),
        ("甲:\n  乙：1023\n  丙:6\n", [("wide-colon", 2, 4), ("missing-space-after-colon", 3, 4)]),
        (
            "甲: {乙:20, 丙：3, 丁}\n",
            [("missing-space-after-colon", 1, 6), ("wide-colon", 1, 12), ("no-colon-in-braces", 1, 16)],
        ),
        ("　甲: 1\n", [("wide-space", 1, 1)]),
        ("甲:\n  - 一\n  -二\n", [("missing-space-after-dash", 3, 3)]),
        ("甲:\n  - 一\n    -二\n", []),
        ("甲:\n  -一\n", [("missing-space-after-dash", 2, 3)]),
    ],
)
def test_what_yaml_reads_otherwise_than_meant_is_told_when_it_is_certain(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", ["甲: {乙：1023, 丙:6}\n", "甲:\n  乙：1023\n  丙:6\n"])
def test_keys_with_a_wrong_colon_are_there_as_they_were_meant(text: str) -> None:
    root, findings = read_source(text.encode(), "f")
    assert [d.code for d in findings] == ["wide-colon", "missing-space-after-colon"]
    assert root is not None
    inner = root.get("甲")
    assert isinstance(inner, Mapping)
    assert [(entry.key.text, shape(entry.value)) for entry in inner] == [("乙", "1023"), ("丙", "6")]
    for entry in inner:
        assert isinstance(entry.value, Scalar)
        line = text.splitlines()[entry.value.location.line - 1]
        assert line[entry.value.location.column - 1 : entry.value.location.end_column - 1] == entry.value.text
        assert entry.value.locate(0, len(entry.value.text)) == entry.value.location


@pytest.mark.parametrize("text", ["甲: {乙：1，丙：2}\n", "甲:\n  乙：{丙}\n"])
def test_nothing_is_made_up_when_what_was_meant_is_not_plain(text: str) -> None:
    root, findings = read_source(text.encode(), "f")
    assert [d.code for d in findings] == ["wide-colon"]
    inner = root and root.get("甲")
    assert inner is None or (isinstance(inner, Mapping) and inner.entries == ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲: a\x0bb\n", ("control-character", 1, 5)),
        ("甲: a\x00b\n", ("control-character", 1, 5)),
        ("甲: a\u0085b\n乙: \x9b\n", ("control-character", 1, 5)),
        ("甲: \ufffe\n", ("control-character", 1, 4)),
        ("甲: \U0002ffff\n", ("control-character", 1, 4)),
        ("甲: a\u2028b\n乙: 1\n", ("invisible-character", 1, 5)),
        ("甲: a\n\ufeff乙: 1\n", ("invisible-character", 2, 1)),
        ("甲: a\u202eb\n", ("invisible-character", 1, 5)),
        ("甲: 测\ufffd试\n", ("damaged-character", 1, 5)),
        ('甲: "测\\0"\n', ("control-character", 1, 6)),
        ('甲: "测\\u2028"\n', ("invisible-character", 1, 6)),
        ('甲: "测\\r"\n', ("control-character", 1, 6)),
        ('甲: "\\ud83d\\ude00"\n', ("lone-surrogate", 1, 5)),
    ],
)
def test_characters_that_cannot_be_printed_are_refused(text: str, expected: tuple[str, int, int]) -> None:
    assert found(text)[0] == expected


def test_line_separators_of_unicode_end_no_line() -> None:
    assert found("甲: a\u2028b\u0085c\u2029d\n乙: 1: 2\n")[-1] == ("second-colon", 2, 5)


@pytest.mark.parametrize(
    "text",
    ["甲: 一\t二\n", "甲: 　一\n", "甲: 𠮷䶮㙓𬭎\n", "甲: e\u0301\ue000\n", '甲: "\\t\\n\\x41\\U00020000"\n'],
)
def test_other_characters_are_welcome(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("data", "code", "argument"),
    [
        ("年度: 二〇二三".encode("gbk"), "wrong-encoding", "GBK"),
        ("年度: 䶮𠮷".encode("gb18030"), "wrong-encoding", "GBK"),
        ("年度: 2023".encode("utf-16"), "wrong-encoding", "UTF-16"),
        ("年度: 2023".encode("utf-16-le"), "wrong-encoding", "UTF-16"),
        ("a: 1".encode("utf-32"), "wrong-encoding", "UTF-32"),
    ],
)
def test_other_encodings_are_named(data: bytes, code: str, argument: str) -> None:
    root, (finding,) = read_source(data, "f")
    assert root is None
    assert (finding.code, finding.arguments["encoding"], finding.location) == (code, argument, Location("f"))


@pytest.mark.parametrize("mark", [b"", BOM.encode()])
def test_the_first_damaged_byte_is_shown_where_it_stands(mark: bytes) -> None:
    assert found(mark + "年度: 2023\r\n机关: 某局".encode() + b"\xe5\x8f\n") == [("not-utf8", 2, 7)]


LARGE = {
    "a scalar of 10 MB": (b"a: '" + b"x" * 10_000_000, "source-too-large"),
    "a scalar of 4 MB": (b"a: '" + b"x" * 4_000_000 + b"'", "value-too-long"),
    "a block text of 4 MB": (b"a: |\n" + b" x\n" * 1_300_000, "value-too-long"),
    "escaped line breaks": (b'a: "' + b"\\\n" * 2_000_000 + b'"', "value-too-long"),
    "100,000 levels of lists": (b"a: " + b"[" * 100_000, "nesting-too-deep"),
    "100,000 levels of braces": (b"a: " + b"{" * 100_000, "nesting-too-deep"),
    "100,000 levels in dashes": (b"- " * 100_000, "nesting-too-deep"),
    "100,000 levels of keys": (b"? " * 100_000, "nesting-too-deep"),
    "600,000 keys": (b"".join(b"%d:\n" % number for number in range(600_000)), "too-many-values"),
    "400,000 keys in braces": (b"a: {" + b"".join(b"%d: 1," % n for n in range(400_000)), "too-many-values"),
    "the same key 800,000 times": (b"a: 1\n" * 800_000, "too-many-findings"),
    "an alias bomb": (b"".join(b"%d: &a%d [%s]\n" % (n, n + 1, b"*a%d, " % n * 9) for n in range(99)),
                      "too-many-findings"),
    "400,000 directives": (b"%TAG !a! b\n" * 400_000 + b"---\na: 1\n", "too-many-findings"),
    "directives after the end": (b"a: 1\n...\n" + b"%TAG !a! b\n" * 400_000, "several-documents"),
    "4 million control characters": (b"\x01" * 4_000_000, "too-many-findings"),
    "a long key": (b"? " + b"x" * 90_000 + b"\n: 1\n", "key-too-long"),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
@pytest.mark.slow
def test_hostile_files_end_in_a_clear_message(name: str) -> None:
    data, code = LARGE[name]
    _, findings = read_source(data, "f")
    assert code in {finding.code for finding in findings}
    assert len(findings) <= limits.FINDINGS + 1


@pytest.mark.slow
def test_the_limits_themselves_are_allowed() -> None:
    depth = limits.DEPTH - 1
    assert found("a: " + "[" * depth + "]" * depth) == []
    assert found("a: " + "[" * (depth + 1) + "]" * (depth + 1)) == [("nesting-too-deep", 1, 4 + depth)]
    assert found("a: [" + "1," * (limits.NODES - 4) + "1]") == []
    assert found("a: " + "x" * limits.SCALAR_CHARACTERS) == []
    assert found("a" * limits.KEY_CHARACTERS + ": 1") == []


YAML_LETTERS = st.sampled_from(
    [*"a1甲乙 -:?,[]{}#&*!|>'\"%@`\\\n\t\r：，“”　.", "\n  ", "\n- ", ": ", "{{ a }}", "\ufeff"]
)


@given(st.lists(YAML_LETTERS, max_size=40).map("".join))
def test_whatever_is_read_ends_in_a_tree_or_in_findings_at_places_of_the_file(text: str) -> None:
    root, findings = read_source(text.encode(), "f")
    assert root is not None or any(d.level is Severity.ERROR for d in findings)
    lines = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in findings:
        for at in (finding.location, *(related.location for related in finding.related)):
            assert at == Location("f") or 1 <= at.line <= len(lines)
            assert at.column <= len(lines[at.line - 1]) + 1
            assert (at.line, at.column) <= (at.end_line, at.end_column)
        for language in ("zh", "en"):
            assert not {"{", "}"} & set(finding.message(language)) - set(text)
            assert finding.hint(language)


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_tree_or_in_findings(data: bytes) -> None:
    root, findings = read_source(data, "f")
    assert root is not None or findings


TEXTS = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="\ufffd"), min_size=1, max_size=20
)


@given(st.dictionaries(TEXTS, st.lists(TEXTS, max_size=3) | TEXTS, min_size=1, max_size=5), st.booleans())
def test_the_tree_is_what_another_reader_sees(data: dict[str, list[str] | str], flow: bool) -> None:
    written = yaml.safe_dump(
        data, allow_unicode=True, default_flow_style=flow, default_style='"', sort_keys=False
    )
    root = root_of(written)
    assert {entry.key.text: shape(entry.value) for entry in root} == data


def shape(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    return [shape(item) for item in node.items] if isinstance(node, Sequence) else None


def test_data_files_give_plain_values() -> None:
    text = "a: 28.95\nb: 12\nc: '12'\nd: true\ne: [x, 012, 1e3, '']\nf: {g: , h: ~, i: -0.5}\nj: 2024-01-12\n"
    from decimal import Decimal

    assert read_trusted(text.encode()) == {
        "a": Decimal("28.95"),
        "b": 12,
        "c": "12",
        "d": True,
        "e": ["x", "012", "1e3", ""],
        "f": {"g": None, "h": None, "i": Decimal("-0.5")},
        "j": "2024-01-12",
    }


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "a: *b\n", "a: [", "- 1\n", "a: \x01\n"])
def test_data_files_are_read_as_strictly(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        read_trusted(text.encode())


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("甲: 乙\n  - 丙\n", 2, 3),
        ("甲:\n  - 乙\n    - 丙\n  - 丁\n", 3, 5),
        ("甲:\n  - 乙\n     - 丙: 丁\n", 3, 6),
        ("甲:\n  乙\n  丙\n  - 丁\n", 4, 3),
    ],
)
def test_a_list_that_runs_into_the_text_above_is_noticed(text: str, line: int, column: int) -> None:
    assert found(text) == [("list-under-text", line, column)]


def test_a_dash_inside_a_text_is_none_of_a_list() -> None:
    assert found("甲: 乙 - 丙\n丁: |\n  - 戊\n己: '庚\n  - 辛'\n") == []


@pytest.mark.parametrize(
    ("mark", "code"),
    [("*", "list-mark"), ("·", "list-mark"), ("2.", "list-mark"), ("（1）", "list-mark"), ("—", "list-mark")],
)
def test_other_marks_of_a_list_are_named(mark: str, code: str) -> None:
    assert found(f"甲:\n  - 乙\n  {mark} 丙: 丁\n") == [(code, 3, 3)]
    assert found(f"甲:\n  - 乙\n  {mark} 丙\n") == [(code, 3, 3)]


def test_what_follows_a_line_without_a_colon_is_not_called_repeated() -> None:
    assert found("甲:\n  乙: 1\n丙\n  乙: 2\n") == [("missing-colon", 3, 1)]

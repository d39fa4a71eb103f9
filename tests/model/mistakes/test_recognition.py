"""What the parser complains of, and the mistake that is told instead."""

from __future__ import annotations

import pytest
from yaml._yaml import CParser
from yaml.error import MarkedYAMLError

from reportgen.model.mistakes.recognition import CONTEXTS, PROBLEMS
from reportgen.model.source import read_source

CASES = [
    # lines
    ("甲：1\n乙: 2\n", "wide-colon", 1, 2),
    ("甲: 1\n乙:2\n", "missing-space-after-colon", 2, 2),
    ('甲: 1\n"乙":2\n丙:\n', "missing-space-after-colon", 2, 4),
    ("甲：{乙: 1, 丙: 2}\n", "wide-colon", 1, 2),
    ("- 甲:{乙: 1, 丙: 2}\n", "missing-space-after-colon", 1, 4),
    ("甲：{乙: 1}\n", "wide-colon", 1, 2),
    ("甲:\n  乙：1\n  丙: 2\n", "wide-colon", 2, 4),
    ("甲:\n  乙\n  丙: 2\n", "missing-colon", 2, 3),
    ("甲: 1\n乙\n丙: 2\n", "missing-colon", 2, 1),
    ("甲: 1\n-乙\n", "missing-space-after-dash", 2, 1),
    ("甲: 前: 后\n", "second-colon", 1, 5),
    ("甲: '前': 后\n", "second-colon", 1, 7),
    ("甲: {乙: 前: 后}\n", "second-colon", 1, 9),
    ("甲: : 后\n", "stray-punctuation", 1, 4),
    ("甲: ｛乙: 1｝\n", "wide-bracket", 1, 4),
    ("甲: 1\n  乙: 2\n", "indentation", 2, 3),
    ("甲:\n    乙: 1\n  丙: 2\n", "indentation", 3, 3),
    ("甲:\n  - 乙: 1\n     丙: 2\n", "indentation", 3, 6),
    ("甲: 一 # 注\n 二\n", "indentation", 2, 2),
    ("- 甲\n乙: 1\n", "list-and-keys", 2, 1),
    ("甲: 1\n- 乙\n", "list-and-keys", 2, 1),
    ("甲:\n  -\n  乙: 1\n", "list-and-keys", 3, 3),
    ("甲: - 乙\n", "misplaced-dash", 1, 4),
    ("甲: [- 乙]\n", "misplaced-dash", 1, 5),
    (": 1\n乙: 2\n", "empty-key", 1, 1),
    ("甲:\n  - : 1\n", "empty-key", 2, 5),
    ("甲: [1] 2\n", "text-after-bracket", 1, 8),
    ("甲: {乙: 1}: 2\n", "text-after-bracket", 1, 10),
    # quotes
    ('甲: "一\n乙: 1\n', "quote-not-closed", 1, 4),
    ('甲: "一\n乙: "二"\n', "quote-not-closed", 1, 4),
    ("甲: 1\n'乙: 1\n丙: 1\n", "quote-not-closed", 2, 1),
    ("甲: '一' 二\n", "text-after-quote", 1, 8),
    ("甲: 'It's'\n", "text-after-quote", 1, 8),
    ("甲: ['一' 二, 三]\n", "text-after-quote", 1, 9),
    ('甲: "C:\\文件"\n', "wrong-escape", 1, 7),
    ('甲: "\\x4"\n', "wrong-escape", 1, 5),
    ('甲: "\\ud83d一"\n', "lone-surrogate", 1, 5),
    # brackets
    ("甲: {乙: 1\n丙: 2\n", "bracket-not-closed", 1, 4),
    ("甲: [1, 2\n丙: {丁: 2}\n", "bracket-not-closed", 1, 4),
    ("甲: [1,\n", "bracket-not-closed", 1, 4),
    ("甲: [1, # 2]\n", "bracket-not-closed", 1, 4),
    ("甲: 1\n[乙: 2\n丙: 3\n", "bracket-not-closed", 2, 1),
    ("甲: [1, 2}\n", "bracket-mismatch", 1, 9),
    ("甲: {乙: [1, }\n", "bracket-mismatch", 1, 12),
    ("甲: {乙: 1 丙: 2}\n", "missing-comma", 1, 9),
    ("甲: {乙: 1\n  丙: 2}\n", "missing-comma", 2, 2),
    ("甲: [[1] [2]]\n", "missing-comma", 1, 9),
    ("甲: {乙: 1，丙: 2}\n", "wide-comma", 1, 9),
    ("甲: {乙: 1、丙: 2}\n", "wide-comma", 1, 9),
    ("甲: {乙:, 丙: 2}\n", "missing-space-after-colon", 1, 6),
    ("甲: [1, , 2]\n", "stray-punctuation", 1, 8),
    ("甲: [1, :2]\n", "stray-punctuation", 1, 8),
    ("甲: ]\n", "stray-punctuation", 1, 4),
    ("甲: , 乙\n", "stray-punctuation", 1, 4),
    ("甲: 1\n} 乙\n", "stray-punctuation", 2, 1),
    # indicators
    ("甲: @乙\n", "reserved-character", 1, 4),
    ("甲: `乙`\n", "reserved-character", 1, 4),
    ("甲: %乙\n", "reserved-character", 1, 4),
    ("甲: [|乙]\n", "reserved-character", 1, 5),
    ("甲: ? 乙\n", "reserved-character", 1, 4),
    ("甲: *重要*\n", "yaml-alias", 1, 4),
    ("甲: *a 乙\n", "yaml-alias", 1, 4),
    ("甲: &重要\n", "yaml-anchor", 1, 4),
    ("甲: !<乙 丙\n", "yaml-tag", 1, 4),
    ("甲: !<a 丙\n", "yaml-tag", 1, 4),
    ("甲: !a!b 丙\n", "yaml-tag", 1, 4),
    ("甲: |乙\n", "block-text-header", 1, 4),
    ("甲: > 5\n", "block-text-header", 1, 4),
    ("甲:\n\t乙: 1\n", "tab-indentation", 2, 1),
    ("甲: 一\n\t二\n", "tab-indentation", 2, 1),
    ("甲: |\n\t乙\n", "tab-indentation", 2, 1),
    ("甲: 一\n  \t乙: 1\n", "tab-indentation", 2, 3),
    ("甲: 1\n%乙\n", "yaml-directive", 2, 1),
    # expressions
    ("甲: {{ a }}\n", "unquoted-expression", 1, 4),
    ("甲: {{ a }}件\n", "unquoted-expression", 1, 4),
    ("甲:\n  - {{ a['b'] }}\n", "unquoted-expression", 2, 5),
    ("甲: [{{ a }}件, 2]\n", "unquoted-expression", 1, 5),
    ("甲: {{ a | 占比(b, 1) }}\n", "unquoted-expression", 1, 4),
    # what nothing recognises
    ("甲: 1\n'乙: ['丙']\n", "yaml-syntax", 2, 10),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), CASES)
def test_a_mistake_is_told_at_its_place_and_alone(text: str, code: str, line: int, column: int) -> None:
    _, findings = read_source(text.encode(), "f")
    assert [(d.code, d.location.line, d.location.column) for d in findings] == [(code, line, column)]


def complaint(text: str) -> set[str | None]:
    """The parser's own words about a text."""
    parser = CParser(text)
    try:
        while parser.get_event():
            pass
    except MarkedYAMLError as error:
        return {error.problem, error.context}
    return set()


def test_everything_that_is_recognised_is_met() -> None:
    met = set().union(*(complaint(text) for text, *_ in CASES))
    assert met >= set(PROBLEMS)
    assert met >= set(CONTEXTS)


def test_the_path_is_that_of_the_line() -> None:
    _, findings = read_source("甲:\n  - 乙: 1\n    丙: @x\n丁:2\n".encode(), "f")
    assert [(d.code, d.path) for d in findings] == [
        ("reserved-character", "甲[0].丙"),
        ("missing-space-after-colon", ""),
    ]


def test_levels_above_a_wrong_indentation_are_named() -> None:
    _, (finding,) = read_source("甲:\n    乙:\n      丙: 1\n   # 注\n  丁: 2\n".encode(), "f")
    assert dict(finding.arguments) == {"found": "2", "above": "0, 4, 6"}


def test_a_hundred_broken_lines_are_too_many_to_mend() -> None:
    _, findings = read_source(
        "甲: 1\n".encode() + b"".join(b"k%d:2\n" % number for number in range(100)), "f"
    )
    assert {d.code for d in findings} == {"missing-space-after-colon"}
    assert [d.location.line for d in findings] == list(range(2, 2 + len(findings)))
    assert 10 < len(findings) < 100

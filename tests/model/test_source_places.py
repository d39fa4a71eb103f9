"""Where in the file each character of a value stands, through quotes, escapes and folding."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from reportgen.diagnostics import Location
from reportgen.model.nodes import Mapping, Scalar, Sequence
from reportgen.model.places import Places
from reportgen.model.source import read_source

WORDS = st.sampled_from(["a", "甲", "𠮷", "1", "…", "b:c", "x#", "，"])
GAPS = st.sampled_from([" ", "  ", "\t", "\n", "\n\n", " \n", "\n  \n\n", "\r\n", "\r\n\r\n", "\r"])
ESCAPES = st.sampled_from(
    [
        "\\n",
        "\\t",
        "\\\\",
        '\\"',
        "\\/",
        "\\x41",
        "\\u7532",
        "\\U00020BB7",
        "\\\n",
        "\\\r\n  ",
        " \\\n\n",
        "\\_",
    ]
)
INDENT = "    "


def scalar_in(source: str) -> Scalar:
    """The value of the only key of the only mapping of a list of a key."""
    root, findings = read_source(source.encode(), "f")
    assert root is not None, findings
    outer = root.entries[0].value
    assert isinstance(outer, Sequence)
    inner = outer.items[0]
    assert isinstance(inner, Mapping)
    value = inner.entries[0].value
    assert isinstance(value, Scalar)
    return value


def embedded(written: str) -> str:
    """A scalar as the value of a nested key, followed by another."""
    indented = re.sub(r"\r\n|\r|\n", lambda match: match[0] + INDENT, written)
    return f"外:\n- 内: {indented}\n后: 1\n"


def slice_of(source: str, at: Location) -> str:
    """The text of a place."""
    places = Places("f", source)
    lines = [places.line(number) for number in range(at.line, at.end_line + 1)]
    lines[-1] = lines[-1][: at.end_column - 1]
    lines[0] = lines[0][at.column - 1 :]
    return "\n".join(lines)


def check_every_character(source: str) -> None:
    value = scalar_in(source)
    end = (0, 0)
    for index, character in enumerate(value.text):
        at = value.locate(index, index + 1)
        assert (at.line, at.column) >= end
        end = (at.end_line, at.end_column)
        written = slice_of(source, at)
        if character == "\n" or (character == " " and written == "\n"):
            assert written in ("\n", "\\n")
        else:
            assert yaml.safe_load(f'"{written}"' if written != "''" else "''''") == character
    if value.text:
        whole = value.locate(0, len(value.text))
        assert (whole.line, whole.column) >= (value.location.line, value.location.column)


@given(WORDS, st.lists(st.tuples(GAPS, WORDS), max_size=6))
def test_plain(first: str, rest: list[tuple[str, str]]) -> None:
    check_every_character(embedded(first + "".join(gap + word for gap, word in rest)))


@given(st.lists(WORDS | GAPS | st.just("''"), max_size=10).map("".join))
def test_single_quotes(text: str) -> None:
    check_every_character(embedded(f"'{text}'"))


@given(st.lists(WORDS | GAPS | ESCAPES, max_size=10).map("".join))
@example("甲 \\\n\n  乙\\n")
def test_double_quotes(text: str) -> None:
    check_every_character(embedded(f'"{text}"'))


LINES = st.lists(
    st.sampled_from(["甲", "甲 乙 ", "  甲", "\t甲", "", "", "# 甲", "   "]), min_size=1, max_size=7
)


@given(
    st.sampled_from("|>"),
    st.sampled_from(["", "-", "+", "2", "2-", "+2"]),
    st.sampled_from(["", " # 注"]),
    LINES,
    st.sampled_from(["\n", "\r\n"]),
)
@example(">", "", "", ["甲", "", "", "乙", "  丙", "丁"], "\n")
@example("|", "+", "", ["甲", "", ""], "\r\n")
def test_blocks(style: str, header: str, comment: str, lines: list[str], line_end: str) -> None:
    text = line_end.join(
        [
            f"外:{line_end}- 内: {style}{header}{comment}",
            *(INDENT + line for line in ["一", *lines]),
            "后: 1",
            "",
        ]
    )
    check_every_character(text)


def test_places_within_a_value() -> None:
    value = scalar_in('外:\n- 内: "甲\\u4e59 {{ x }}\n    乙"\n')
    assert value.text == "甲乙 {{ x }} 乙"
    start = value.text.index("{{")
    assert value.locate(start, start + 7) == Location("f", 2, 15, 2, 22)
    assert value.locate(start + 3, start + 3) == Location("f", 2, 18, 2, 18)
    assert value.locate(1, 2) == Location("f", 2, 8, 2, 14)
    assert value.locate(len(value.text), len(value.text)) == Location("f", 3, 6, 3, 6)
    assert value.locate(0, len(value.text)) == Location("f", 2, 7, 3, 6)


@pytest.mark.parametrize("source", ["外:\n- 内:\n", "外:\n- 内: ''\n"])
def test_places_within_an_empty_value(source: str) -> None:
    value = scalar_in(source)
    at = value.locate(0, 0)
    assert (at.line, at.column) == (2, 5) if value.plain else (2, 7)
    assert at.line == at.end_line


def test_a_key_without_its_full_width_quotes_keeps_its_places() -> None:
    root, _ = read_source("“甲乙”: 1\n".encode(), "f")
    assert root is not None
    key = root.entries[0].key
    assert key.text == "甲乙"
    assert key.locate(1, 2) == Location("f", 1, 3, 1, 4)


@given(st.sampled_from(["plain", "'", '"']), WORDS, st.lists(st.tuples(GAPS, WORDS), max_size=5))
def test_the_text_at_a_place_gives_the_value_back(
    style: str, first: str, rest: list[tuple[str, str]]
) -> None:
    text = first + "".join(gap + word for gap, word in rest)
    source = embedded(text if style == "plain" else f"{style}{text}{style}")
    value = scalar_in(source)
    assert yaml.load(slice_of(source, value.location), Loader=yaml.CBaseLoader) == value.text


@given(st.sampled_from(["|", ">", "|-", ">+"]), LINES)
def test_the_text_at_the_place_of_a_block_gives_the_value_back(header: str, lines: list[str]) -> None:
    source = "\n".join([f"外:\n- 内: {header}", *(INDENT + line for line in ["一", *lines]), "后: 1", ""])
    value = scalar_in(source)
    assert (
        yaml.load(slice_of(source, value.location) + "\n", Loader=yaml.CBaseLoader).rstrip()
        == value.text.rstrip()
    )


@given(st.text(st.sampled_from("a甲𠮷\n\r"), max_size=30))
def test_positions_count_as_an_editor_does(text: str) -> None:
    places = Places("f", text)
    line, column = 1, 1
    for offset, character in enumerate(text):
        assert places.position(offset) == (line, column)
        is_break = character == "\n" or (character == "\r" and text[offset + 1 : offset + 2] != "\n")
        line, column = (line + 1, 1) if is_break else (line, column + 1)
    assert places.position(len(text)) == (line, column)
    assert [places.line(number) for number in range(1, places.lines + 1)] == text.replace(
        "\r\n", "\n"
    ).replace("\r", "\n").split("\n")

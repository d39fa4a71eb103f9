"""Lines that end elsewhere because one is exactly full: only such are taken out, and only whole."""

from __future__ import annotations

import pytest

from reportgen.verify.full_lines import match_full_lines
from reportgen.verify.lines import Piece
from reportgen.verify.matching import Match

EDGE = 521.6
TWO = (("甲乙丙丁", 521.8), ("戊己", 110.0)), (("甲乙丙", 506.0), ("丁戊己", 126.0))


def pieces(lines: tuple[tuple[str, float], ...]) -> list[Piece]:
    """Lines of the body, each with its right end."""
    return [
        Piece(text, 79.4, right, 100 + 28.95 * row, 16.0, ("rg-fang",))
        for row, (text, right) in enumerate(lines)
    ]


def left(word: tuple[tuple[str, float], ...], pdf: tuple[tuple[str, float], ...]) -> tuple[int, int]:
    """How many full lines are found, and how many lines are still without a partner."""
    found = Match(word=pieces(word), pdf=pieces(pdf))
    return len(list(match_full_lines([found], 16.0, EDGE))), len(found.word) + len(found.pdf)


def test_a_full_line_takes_a_word_more_in_one_of_the_twins() -> None:
    assert left(*TWO) == (1, 0)
    assert left(*TWO[::-1]) == (1, 0)


@pytest.mark.parametrize(
    "other",
    [
        (("甲乙丙", 506.0), ("丁戊已", 126.0)),
        (("甲丙乙", 506.0), ("丁戊己", 126.0)),
        (("甲乙丙", 506.0), ("丁戊己庚", 142.0)),
        (("甲乙丙", 506.0),),
    ],
)
def test_other_words_are_a_difference_as_before(other: tuple[tuple[str, float], ...]) -> None:
    assert left(TWO[0], other) == (0, len(TWO[0]) + len(other))


@pytest.mark.parametrize("right", [505.0, 520.9, 523.0])
def test_a_line_that_is_not_full_ends_elsewhere_for_another_reason(right: float) -> None:
    assert left((("甲乙丙丁", right), ("戊己", 110.0)), TWO[1]) == (0, 4)

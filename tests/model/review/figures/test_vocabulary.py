"""The words of the kinds that come with the program: each says one thing, and each can be met in a text."""

from __future__ import annotations

from collections import Counter

import pytest

from reportgen.model.review.figures.meanings import QUIET
from reportgen.model.review.figures.vocabulary import LISTS, MARKS, Vocabulary, vocabulary
from tests.model.reports import disclosure

FIGURES = disclosure().figures


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return vocabulary(FIGURES, 2024)


def test_no_word_stands_in_two_lists() -> None:
    lists = [FIGURES[name] for name in LISTS]
    lists += FIGURES["topics"].values()
    lists += [act["words"] for act in FIGURES["acts"].values()]
    columns = [word for column in FIGURES["columns"].values() for word in column["words"]]
    counted = Counter([*MARKS, *columns, *" ".join(lists).split()])
    assert [word for word, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", ["rest", "happened", "soft", "wider"])
def test_words_that_are_asked_for_one_by_one_are_read_as_one(words: Vocabulary, name: str) -> None:
    assert [word for word in FIGURES[name].split() if len(words.read(word)) != 1] == []


def test_words_beside_a_figure_are_what_is_left_when_quiet_words_are_taken_out(words: Vocabulary) -> None:
    beside = FIGURES["beside"]
    loud = {
        word: "".join(
            token.word for token in words.read(word) if token.kind not in QUIET or token.word in beside
        )
        for word in beside
    }
    assert loud == {word: word for word in beside}


@pytest.mark.parametrize("listed", [FIGURES["papers"], *FIGURES["left"].values()])
def test_words_that_are_looked_for_inside_others_hold_none_of_each_other(listed: str) -> None:
    found = listed.split()
    assert [(one, other) for one in found for other in found if one != other and one in other] == []

"""Word files edited by LibreOffice itself, tracked and not: every change is taken over right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

import pytest

from reportgen.absorbing import absorb
from reportgen.verify.libreoffice import find_office
from tests.absorbing import test_reviews as reviews
from tests.absorbing.copies import Copy
from tests.absorbing.reviewers import Review, is_item, written_places
from tests.office import carry_out

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed"),
]
STEPS = ("replace,{0},{0}（已核）", "cut,{0}", "after,{0},新增一段，内容见台账。", "split,{0}", "join,{0}")
FIGURES = ("replace,87654321,87654320", "replace,2025年1月8日,2025年1月18日", "replace,社会保险股,就业保险股")
EACH = 6
LENGTH = 6


@dataclass(frozen=True)
class Case:
    """A file to be edited by LibreOffice."""

    name: str
    steps: str
    content: bytes


def places(name: str, steps: str, random: Random) -> Iterator[str]:
    """Stretches of texts, each found once in the file, where a step can be done."""
    draft = reviews.draft_of(name)
    review = Review(draft, Copy(reviews.word_of(name)), random)
    whole = "\n".join(b.text for b in draft.copy.bookmarks)
    marks = [b for b in draft.copy.bookmarks if is_item(review, b)]
    for place, mark in enumerate(marks):
        starts = set(written_places(review, mark))
        fit = [
            p for p in range(2, len(mark.text) - LENGTH)
            if starts >= set(range(p, p + LENGTH)) and whole.count(mark.text[p : p + LENGTH]) == 1
            and not set(",;|{}<>&") & set(mark.text[p : p + LENGTH])
        ]  # fmt: skip
        joins = place + 1 < len(marks) and marks[place + 1].path.split("[")[0] == mark.path.split("[")[0]
        names = list(draft.copy.bookmarks)
        beside = joins and names.index(marks[place + 1]) == names.index(mark) + 1
        if fit and (beside or not steps.startswith("join")):
            start = random.choice(fit)
            yield mark.text[start : start + LENGTH]


def cases() -> list[Case]:
    found = []
    for step in STEPS:
        for tracked in ("", "track;"):
            random = Random(step + tracked)
            wanted = [(name, text) for name in reviews.REPORTS for text in places(name, step, random)]
            random.shuffle(wanted)
            for name, text in wanted[:EACH]:
                found.append(Case(name, tracked + step.format(text), reviews.word_of(name)))
    name = reviews.REPORTS[0]
    found += [Case(name, way + step, reviews.word_of(name)) for step in FIGURES for way in ("", "track;")]
    return found


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, tuple[Case, bytes]]:
    """Every case as LibreOffice left it, all from one process."""
    wanted = cases()
    made = carry_out([(case.content, case.steps) for case in wanted], tmp_path_factory.mktemp("office"))
    return {number: (wanted[number], content) for number, content in made.items()}


def test_what_libreoffice_edited_is_taken_over(
    edited: Mapping[int, tuple[Case, bytes]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(absorb, "draw", reviews.drawn)
    for number, (case, content) in edited.items():
        review = Review(reviews.draft_of(case.name), Copy(content), Random(0))
        done = reviews.check(review, f"{number} {case.name} {case.steps}")
        assert done.after != done.before, case.steps
    with capsys.disabled():
        print(f"\nWord files edited by LibreOffice: {len(edited)}")
    assert len(edited) >= 50

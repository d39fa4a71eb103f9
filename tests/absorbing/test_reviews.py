"""Hundreds of edited Word files: every change is taken over right or told, none is lost and none invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from random import Random

import pytest

from reportgen.absorbing import absorb as absorb_module
from reportgen.absorbing.absorb import Absorption, Wish, take_in
from reportgen.absorbing.draft import Draft, body_of, draw
from reportgen.building import Order, in_silence, prepare
from reportgen.diagnostics import Severity
from reportgen.documents import make_word
from reportgen.edited.numbering import unnumbered
from reportgen.model.report import Report, read_report
from tests.absorbing.copies import Copy, letters_of
from tests.absorbing.reviewers import CHANGES, Review

FIXTURES = Path(__file__).parents[2] / "fixtures"
REPORTS = ("everything-2024", "qingxi-township-2024", "jiangmen-fgj-2023")
SEEDS = range(2)
MIXED = range(60)
pytestmark = pytest.mark.slow


@cache
def draft_of(name: str) -> Draft:
    report = read_report((FIXTURES / f"{name}.yaml").read_bytes(), FIXTURES / f"{name}.yaml").report
    assert report
    return draw(report)


@cache
def word_of(name: str) -> bytes:
    order = Order(("docx",), None, (), None, in_silence, in_silence)
    return make_word(prepare(draft_of(name).report, ("docx",), order)[0])


def texts(paragraphs: Iterator[str]) -> list[str]:
    return [unnumbered(text) for text in paragraphs if text.strip()]


def said_in(copy: Copy) -> list[str]:
    """What the reviewer's file says, paragraph by paragraph, read on our own."""
    found, held = [], ""
    for paragraph in copy.paragraphs():
        if any(above.tag.endswith("}txbxContent") for above in paragraph.iterancestors()):
            continue
        gone = [
            m.tag for m in paragraph.iterfind("./{*}pPr/{*}rPr/*") if m.tag.endswith(("}del", "}moveFrom"))
        ]
        held += letters_of(paragraph)
        if not gone:
            found.append(held)
            held = ""
    return found


@pytest.fixture(autouse=True)
def _drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws every report once: a copy is absorbed twice, and what comes of it is drawn again."""
    monkeypatch.setattr(absorb_module, "draw", drawn)


DRAWN: dict[tuple[Path, bytes], Draft] = {}


def drawn(report: Report) -> Draft:
    key = (report.path, report.source)
    if key not in DRAWN:
        for old in list(DRAWN)[:-8]:
            del DRAWN[old]
        DRAWN[key] = draw(report)
    return DRAWN[key]


def check(review: Review, name: str) -> Absorption:
    """Absorb a copy and hold what comes of it against what the reviewer did."""
    draft, content = review.draft, review.copy.save()
    path = draft.report.path
    done = take_in(content, "修改稿.docx", draft.report.source, path, Wish())
    again = take_in(content, "修改稿.docx", done.after, path, Wish())
    assert again.after == done.after, "absorbed twice"
    warned = Counter(d.code for d in done.diagnostics if d.level is not Severity.HINT)
    told = Counter(d.code for d in done.diagnostics)
    wanted = Counter(review.codes)
    assert set(warned) == {code for code in wanted if code != "absorb-by-text"}, [
        str(d) for d in done.diagnostics
    ]
    assert set(wanted) <= set(told)
    rebuilt = read_report(done.after, path).report
    assert rebuilt
    now = drawn(rebuilt)
    ours = texts(p.text for p in body_of(now.copy))
    theirs = texts(iter(said_in(review.copy)))
    computed = {unnumbered(b.text) for d in (draft, now) for b in d.copy.bookmarks if is_computed(d, b.path)}
    kept = {unnumbered(b.text) for b in draft.copy.bookmarks if b.name in review.kept}
    for tag, a, b, c, e in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left, right = theirs[a:b], ours[c:e]
        unmatched_left = [t for t in left if t not in right]
        unmatched_right = [t for t in right if t not in left]
        if review.figures and all(t in computed or t in kept for t in unmatched_right):
            continue
        assert all(t in kept for t in unmatched_right), (name, unmatched_left, unmatched_right)
        assert review.codes, (name, unmatched_left, unmatched_right)
    for comment in review.comments:
        assert done.after.decode().count(comment) == 1
    return done


def is_computed(draft: Draft, path: str) -> bool:
    totals = {f.total for f in draft.report.kind.formulas}
    return path in totals or (path in draft.prose and draft.prose[path].computed)


@pytest.mark.parametrize("tracked", [False, True], ids=["plain", "tracked"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_single_change_is_taken_over_or_told(change: object, tracked: bool) -> None:
    for name in REPORTS:
        for seed in SEEDS:
            review = Review(draft_of(name), Copy(word_of(name), tracked), Random(f"{name}{seed}{tracked}"))
            if change(review):  # type: ignore[operator]
                check(review, f"{name} {seed}")
                COUNT[f"single, {'tracked' if tracked else 'plain'}"] += 1


COUNT: Counter[str] = Counter()


@pytest.mark.parametrize("seed", MIXED)
def test_mixed_changes_are_taken_over_or_told(seed: int) -> None:
    name = REPORTS[seed % len(REPORTS)]
    random = Random(seed)
    review = Review(draft_of(name), Copy(word_of(name), bool(seed % 2)), random)
    for change in random.sample(CHANGES, 6):
        change(review)
    check(review, f"{name} {seed}")
    COUNT["mixed"] += 1


def test_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nedited Word files: {dict(COUNT)}, {COUNT.total()} in all")
    assert COUNT.total() >= 300 or COUNT.total() == 0

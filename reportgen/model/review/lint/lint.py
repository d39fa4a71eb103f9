"""A report under review in; the slips in its punctuation and numerals, as findings with their remedy, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.review.lint.marks import MARKS, OPENINGS, ORDINALS
from reportgen.model.review.lint.numbers import NUMBERS, find_doubled, range_rules
from reportgen.model.review.lint.pairs import find_pairs
from reportgen.model.review.lint.slips import FOREIGN, Slip, Terms, read_terms
from reportgen.model.review.passages import Passage
from reportgen.model.review.review import Review
from reportgen.model.shape import MOST

RUNNING: Final = ("paragraph", "note")
"""Roles of texts that may begin with a number typed by hand; others get theirs from the engine."""
SET: Final = ("cell", "line")
"""Roles of texts in which blanks may be there to align."""
BRACES: Final = re.compile("[{}｛｝]")
SHOWN: Final = 20
"""Slips listed for one text."""
TITLE: Final = re.compile("《[^《》]*+》")
WIDTHS: Final = ("half-width-mark", "half-width-bracket", "straight-quote", "full-width-letter")
IN_TITLES: Final = (*WIDTHS, "unpaired-mark", "title-brackets", "document-number-brackets")
"""What is told of a title, which is quoted as it is: how wide its marks are, and what is not its own."""
AROUND: Final = 6
"""Characters of the text shown before and behind a slip."""


def check_texts(subject: Review) -> Iterator[Diagnostic]:
    """The findings about the punctuation and numerals of every text."""
    terms = read_terms(subject.report.kind.lint)
    found = (
        describe(subject, passage, slip)
        for number, passage in enumerate(subject.passages)
        for slip in islice(slips_of(subject, number, passage, terms), SHOWN)
    )
    return islice(found, MOST)


def slips_of(subject: Review, number: int, passage: Passage, terms: Terms) -> Iterator[Slip]:
    """The slips of a passage that were typed, in order; of two at one place the first rule's."""
    done = 0
    slips = sorted(find_slips(passage, terms), key=lambda slip: slip[1:3])
    foreign = [match.span() for match in FOREIGN.finditer(passage.text)] if slips else []
    titles = [match.span() for match in TITLE.finditer(passage.text)] if slips else []
    for slip in slips:
        is_quoted = stands_in(slip, foreign) or (slip.code not in IN_TITLES and stands_in(slip, titles))
        if slip.start < done or is_quoted or passage.names(slip.start, slip.end) is not None:
            continue
        if slip.code == "unpaired-mark" and goes_on(subject, number, slip):
            continue
        done = slip.end
        yield slip


def stands_in(slip: Slip, stretches: Sequence[tuple[int, int]]) -> bool:
    """Whether a slip touches one of these stretches of the text."""
    return any(start < slip.end and slip.start < end for start, end in stretches)


def find_slips(passage: Passage, terms: Terms) -> Iterator[Slip]:
    """The slips that each rule finds in a passage."""
    text = passage.text
    written = passage.prose.source
    if BRACES.search(text) or written.count("{{") != written.count(
        "}}"
    ):  # an expression gone wrong, which is said elsewhere
        return
    rules = (*NUMBERS, *range_rules(terms.units), *MARKS)
    if passage.role in RUNNING:
        rules = (*OPENINGS, *rules, *ORDINALS)
    for rule in rules:
        if rule.code != "blank-in-text" or passage.role not in SET:
            yield from rule.find(text)
    yield from find_pairs(text)
    yield from find_doubled(text, terms)


def goes_on(subject: Review, number: int, slip: Slip) -> bool:
    """Whether a quote that a paragraph opens and does not close goes on in the next, which opens it again."""
    passage = subject.passages[number]
    following = subject.passages[number + 1 : number + 2]
    mark = passage.text[slip.start]
    return (
        slip.start == 0
        and mark in "“‘"
        and any(p.field == passage.field and p.text.startswith(mark) for p in following)
    )


def describe(subject: Review, passage: Passage, slip: Slip) -> Diagnostic:
    """The finding of a slip, with its remedy where that is sure."""
    text, (code, start, end, meant) = passage.text, slip
    finding = subject.find(
        code,
        passage.place(start, end),
        passage.path,
        found=text[start:end],
        context=text[max(0, start - AROUND) : end + AROUND],
        meant=meant or "",
        case="unsure" if meant is None else "",
    )
    return replace(finding, fix=meant)

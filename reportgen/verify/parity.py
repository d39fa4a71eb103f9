"""The outlines of the twins in, findings where their words differ out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.verify.outline import Outline

SHOWN: Final = 60
"""Characters of a text shown in a finding."""

UNSEEN: Final = re.compile(r"[\s\-\u00ad\u2010\u0002\ufffe]+")
"""What reading a PDF's text back does not keep: blanks, and hyphens at the end of a line."""


def compare_outlines(word: Outline, page: Outline, file: str) -> tuple[Diagnostic, ...]:
    """A finding at the first paragraph or cell in which the Word file and the page differ."""
    for number, (one, other) in enumerate(zip_longest(word, page, fillvalue=""), 1):
        if one != other:
            shown = excerpts(one, other)
            return (find("twins-differ", Location(file), number=number, word=shown[0], page=shown[1]),)
    return ()


def excerpts(one: str, other: str) -> tuple[str, str]:
    """Both texts from shortly before the place where they part."""
    common = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    start = max(0, common - 10)
    return one[start : start + SHOWN], other[start : start + SHOWN]


def compare_pages(
    outline: Outline, pages: Outline, furniture: Sequence[str], file: str
) -> tuple[Diagnostic, ...]:
    """A finding at the first paragraph or cell whose words the pages of the PDF do not hold in this order.

    `furniture` is what stands on every page beside the text, `{}` for the page's number.
    """
    text = "".join(bare(page, number, furniture) for number, page in enumerate(pages, 1))
    position = 0
    for number, block in enumerate(outline, 1):
        wanted = UNSEEN.sub("", block)
        found = text.find(wanted, position)
        if found < 0:
            shown = text[position : position + SHOWN]
            return (find("pdf-text-differs", Location(file), number=number, word=block[:SHOWN], page=shown),)
        position = found + len(wanted)
    return ()


def bare(page: str, number: int, furniture: Sequence[str]) -> str:
    """The text of a page without blanks and furniture."""
    text = UNSEEN.sub("", page)
    for words in furniture:
        printed = UNSEEN.sub("", words.replace("{}", str(number)))
        text = text.removeprefix(printed).removesuffix(printed)
    return text


def furniture_of(texts: Mapping[str, Any], draft_mark: str) -> tuple[str, ...]:
    """What stands on every page of a kind's documents beside the text."""
    return tuple(words for words in (str(texts.get("page-number", "")), draft_mark) if words)

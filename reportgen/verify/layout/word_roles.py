"""The paragraphs of a Word file in; what each is there for out, by its style or by its looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Final

from reportgen.verify.layout.roles import DATE, ENDS, HEADINGS, LARGER, NUMBERED, RUN_IN, SENTENCE

if TYPE_CHECKING:
    from reportgen.verify.layout.standard import Standard
    from reportgen.verify.layout.word_paragraphs import WordFile, WordParagraph

HALF: Final = 2
"""Word gives type sizes in half points."""


@dataclass(frozen=True, slots=True)
class Cast:
    """A paragraph with its role."""

    paragraph: WordParagraph
    role: str


def cast_roles(word: WordFile, standard: Standard) -> tuple[tuple[Cast, ...], bool]:
    """The role of every paragraph that has words, and whether they are known by the styles of a kind."""
    ids = style_roles(standard)
    written = [paragraph for paragraph in word.paragraphs if paragraph.bare]
    known = sum(paragraph.style in ids for paragraph in written)
    if written and known == len(written):
        return tuple(Cast(item, run_in_role(item, ids[item.style], standard)) for item in written), True
    return tuple(guess_roles([item for item in written if not item.in_table])), False


def style_roles(standard: Standard) -> Mapping[str, str]:
    """The role by the id of a style."""
    ids = {style["id"]: style["class"] for style in standard.layout["styles"].values()}
    kept = standard.layout["word"]["kept"]
    more = {f"{id}{kept['id']}": role for id, role in ids.items() if role in kept["classes"]}
    return {**ids, **more}


def run_in_role(paragraph: WordParagraph, role: str, standard: Standard) -> str:
    """The role of a paragraph; one of the body that begins in a face of its own begins with a heading."""
    first = paragraph.runs[0].style if paragraph.runs else ""
    styles = {entry["id"] for entry in standard.layout["runs"].values() if "font" in entry}
    return RUN_IN if role == "body" and first in styles else role


def size_of(paragraph: WordParagraph) -> float:
    """The type size of most of a paragraph, in pt; 10 where nothing says it, as the format has it."""
    sizes = Counter[str]()
    for run in paragraph.runs:
        sizes[run.properties.get("sz", "20")] += len(run.text)
    return number(sizes.most_common(1)[0][0], 20) / HALF if sizes else 0.0


def number(text: str, default: float = 0.0) -> float:
    """A number of an attribute; the default when it is none."""
    try:
        value = float(text)
    except ValueError:
        return default
    return value if isfinite(value) else default


def guess_roles(paragraphs: Sequence[WordParagraph]) -> Sequence[Cast]:
    """The roles of paragraphs by their looks."""
    sizes = Counter[float]()
    for paragraph in paragraphs:
        sizes[size_of(paragraph)] += len(paragraph.bare)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    cast = list(guess_one_by_one(paragraphs, body))
    place = next((at for at in reversed(range(len(cast))) if DATE.match(cast[at].paragraph.bare)), None)
    if place is not None:
        cast[place] = replace(cast[place], role="date")
        for at in range(place - 1, max(place - 10, -1), -1):
            if cast[at].role not in ("body", "other") or cast[at].paragraph.bare[-1] in ENDS:
                break
            cast[at] = replace(cast[at], role="signature")
    return cast


def guess_one_by_one(paragraphs: Sequence[WordParagraph], body: float) -> Iterator[Cast]:
    """The role of each paragraph by itself and by the one before."""
    before = ""
    for paragraph in paragraphs:
        before = guess_role(paragraph, before, body)
        yield Cast(paragraph, before)


def guess_role(paragraph: WordParagraph, before: str, body: float) -> str:
    """What a paragraph looks like."""
    text, centred = paragraph.bare, paragraph.properties.get("jc") == "center"
    if centred or size_of(paragraph) > body * LARGER:
        if before in ("", "title"):
            return "title"
        if before in ("attachment-mark", "attachment-title"):
            return "attachment-title"
    role = next((role for role, form in NUMBERED if form.match(text)), "body")
    if role in HEADINGS and any(mark in text for mark in SENTENCE):
        return RUN_IN
    if role == "body" and before == "title" and text.endswith("："):
        return "recipient"
    return "other" if role == "body" and abs(size_of(paragraph) - body) > 0.5 else role

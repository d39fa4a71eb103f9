"""Numbers that were typed in front of paragraphs and clauses in; where their order breaks out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.review.passages import Passage
from reportgen.model.review.texts import Stretch, passages_of

if TYPE_CHECKING:
    from reportgen.model.review.guide import Task

NUMERALS: Final = "一二三四五六七八九十"
CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩"
STYLES: Final = (
    re.compile(rf"（([{NUMERALS}]{{1,3}})）"),
    re.compile(rf"([{NUMERALS}]{{1,3}})、"),
    re.compile(r"([0-9]{1,2})[.．](?![0-9])"),
    re.compile(r"([0-9]{1,2})、"),
    re.compile(r"（([0-9]{1,2})）"),
    re.compile(rf"([{CIRCLED}])"),
)
"""Numbers in front of a paragraph, by their style."""
FIGURE: Final = re.compile(rf"[0-9]+|[{NUMERALS}]+|[{CIRCLED}]")
CLAUSES: Final = (
    re.compile(rf"(?:^|(?<=[：；。，:;,\n题施面足点举法])) ?([{NUMERALS}]{{1,2}})是"),
    re.compile(rf"(?:^|(?<=[：；。，:;,\n])) ?第([{NUMERALS}]{{1,2}})[，、,]"),
)
"""Numbers in front of a clause."""


def check_numbering(task: Task) -> Iterator[Diagnostic]:
    """Numbers that leave one out, come twice or change their style where they go on."""
    for style in CLAUSES:
        place, last = "", 0
        for passage in passages_of(task.subject, task.fields):
            matches = [(match.span(), match[1]) for match in style.finditer(passage.text)]
            marks = [(Stretch(passage, *span), value(text)) for span, text in matches]
            goes_on = passage.field == place and bool(marks) and marks[0][1] == last + 1
            yield from _check(task, marks, last if goes_on else 0)
            place, last = passage.field, marks[-1][1] if marks else last if passage.field == place else 0
    for group in groups(task):
        yield from _check_styles(task, group)


def groups(task: Task) -> Iterator[list[Passage]]:
    """The paragraphs under each sub-heading, or under none."""
    found: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
    for passage in passages_of(task.subject, task.fields):
        if passage.role == "paragraph":
            found.setdefault((passage.field, passage.headings), []).append(passage)
    yield from found.values()


def _check_styles(task: Task, paragraphs: list[Passage]) -> Iterator[Diagnostic]:
    by_style: dict[int, list[tuple[Stretch, int]]] = {}
    for passage in paragraphs:
        number = typed_number(passage.text)
        if number is None:
            continue
        style, end, figure = number
        last = {other: marks[-1][1] for other, marks in by_style.items()}
        if style not in by_style and figure > 1 and (figure - 1) in last.values():
            before = next(marks[-1][0] for other, marks in by_style.items() if last[other] == figure - 1)
            place = Stretch(passage, 0, end)
            yield task.find(place, "numbering-mixed", given=place.text, wanted=before.text)
        by_style.setdefault(style, []).append((Stretch(passage, 0, end), figure))
    for marks in by_style.values():
        if marks[0][1] == 1:
            yield from _check(task, marks)


def _check(task: Task, marks: list[tuple[Stretch, int]], last: int = 0) -> Iterator[Diagnostic]:
    """Each number one more than that before it, or one again; what comes after a break is not told."""
    for place, number in marks:
        if number not in (last + 1, 1) or (number == 1 and last == 1):
            given = place.text.strip(" ，、,")
            yield task.find(place, given=given, wanted=FIGURE.sub(spelt_like(given, last + 1), given))
        last = number


def typed_number(text: str) -> tuple[int, int, int] | None:
    """The style, the end and the value of a number typed in front of a text; None when there is none."""
    for number, style in enumerate(STYLES):
        match = style.match(text)
        if match:
            return number, match.end(), value(match[1])
    return None


def value(text: str) -> int:
    """The value of a small number in digits, Chinese numerals or circles."""
    if text.isascii():
        return int(text)
    if text in CIRCLED:
        return CIRCLED.index(text) + 1
    tens, ten, ones = text.rpartition("十")
    unit = NUMERALS.find(ones) + 1 if ones else 0
    return (NUMERALS.find(tens) + 1 if tens else 1) * 10 + unit if ten else unit


def spelt_like(text: str, number: int) -> str:
    """A small number in the style of a text: in digits, circles or Chinese numerals."""
    if re.search("[0-9]", text):
        return str(number)
    if re.search(f"[{CIRCLED}]", text):
        return CIRCLED[number - 1] if number <= len(CIRCLED) else str(number)
    tens, ones = divmod(number, 10)
    numerals: tuple[str, ...] = ("", *NUMERALS)
    return (numerals[tens] if tens > 1 else "") + ("十" if tens else "") + numerals[ones]

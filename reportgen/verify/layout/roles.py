"""The lines of a document in; what each is there for, and whether it begins its paragraph, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reportgen.verify.layout.lines import is_ideograph, is_wide
from reportgen.verify.layout.standard import AROUND

if TYPE_CHECKING:
    from reportgen.verify.layout.lines import Line, Sheet
    from reportgen.verify.layout.standard import Standard

NUMBERED: Final = (
    ("level-1", re.compile(r"[一二三四五六七八九十百]{1,4}、")),
    ("level-2", re.compile(r"（[一二三四五六七八九十百]{1,4}）")),
    ("level-3", re.compile(r"\d{1,2}[.．](?!\d)")),
    ("level-4", re.compile(r"（\d{1,2}）")),
    ("attachment-mark", re.compile(r"附件\d{0,2}$")),
    ("attachment-only", re.compile(r"附件：")),
    ("note", re.compile(r"注：")),
    ("picture-title", re.compile(r"图\d{1,3}(?![\d.．年月日、，])")),
    ("table-title", re.compile(r"表\d{1,3}(?![\d.．年月日、，])")),
)
"""How a paragraph begins that is there for something."""
HEADINGS: Final = frozenset({"level-1", "level-2"})
TITLES: Final = frozenset({"title", "attachment-title"})
RUN_IN: Final = "run-in"
"""The role of a paragraph of the body that a heading begins."""
PLAIN: Final = frozenset({"body", "level-1", "level-2", "level-3", "level-4", "recipient", RUN_IN})
"""Roles set line by line on the grid, with nothing between paragraphs."""
DATE: Final = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日$|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日$"
)
PAGE_NUMBER: Final = re.compile(
    r"[-‐‑‒–—―－─·•.\s]*(?:第)?(?P<number>\d{1,4})(?:页|/\d{1,4})?[-‐‑‒–—―－─·•.\s]*$"
)
NUMBER_LINE: Final = re.compile(r".{0,20}〔\d{4}〕\d{1,5}号")
COPIED: Final = re.compile(r"抄送[：:]")
PRINTED: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日印发$")
HIGHEST: Final = 12
"""Lines that 版头 or 版记 may have."""
SENTENCE: Final = "。；：！？，"
ENDS: Final = "。；：！？…"
SMALL: Final = frozenset({"note", "picture-title", "table-title"})
SMALLER: Final = 0.9
LOW: Final = 0.85
"""Where the foot of a page begins, of its height."""
EVIDENCE: Final = 10
WIDE: Final = 0.7
"""How far lines reach, of the type area's width, where some of them are full."""
LARGER: Final = 1.12
"""How much larger than the body what is no body is set."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A line with its role (the class of its style); `first` when it begins a paragraph, `last` its end."""

    line: Line
    role: str
    first: bool
    last: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the text of a document stands, as measured: its edges and the size of its body, in pt.

    `sure` when so many lines are full that one of them is bound to reach the right edge.
    """

    left: float
    right: float
    size: float
    sure: bool


def find_furniture(sheets: Sequence[Sheet], standard: Standard) -> dict[int, str]:
    """What repeats on pages beside the text, by the identity of its line: `page-number` or `header`."""
    found: dict[int, str] = {}
    again = Counter(key for sheet in sheets for key in {edge_key(line) for line in sheet.lines})
    mark = str(standard.texts.get("draft-mark", ""))
    for sheet in sheets:
        for line in sheet.lines:
            if line.base > sheet.height * LOW and PAGE_NUMBER.match(line.text) and line is sheet.lines[-1]:
                found[id(line)] = "page-number"
            elif line.base < standard.top and (again[edge_key(line)] > 1 or line.text == mark):
                found[id(line)] = "draft-mark" if line.text == mark else "header"
    return found


def edge_key(line: Line) -> tuple[str, int]:
    """What is equal for a line that is repeated on every page."""
    return line.text, round(line.base)


def measure_frame(lines: Sequence[Line], standard: Standard) -> Frame:
    """The edges of the running text, by the lines that fill it, and the size most of it is set in."""
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else standard.size
    body = [line for line in lines if line.size == size]
    right = max((line.right for line in body), default=standard.left + standard.width)
    full = {id(below): below for above, below in pairwise(body) if right - above.right < 2 * size}
    lefts = Counter(round(line.left) for line in full.values())
    turned = lefts.most_common(1)[0][0] if lefts else 0
    chosen = [line.left for line in full.values() if round(line.left) == turned]
    wide = right > standard.left + WIDE * standard.width  # else these are headings, not lines that are full
    left = min(chosen) if chosen and wide and lefts[turned] > 1 else standard.left
    measured = len(full) >= EVIDENCE
    return Frame(left, right if measured else max(right, left + standard.width - size), size, measured)


def known_roles(lines: Sequence[Line], paragraphs: Sequence[tuple[str, str]]) -> tuple[Setting, ...]:
    """The roles of lines whose paragraphs are known: each a role and its text without blanks.

    Empty when the lines are not those of the paragraphs.
    """
    text = "".join(words for _, words in paragraphs)
    starts: dict[int, str] = {}
    ends: set[int] = set()
    position = 0
    for role, words in paragraphs:
        if words:
            starts[position] = role
            position += len(words)
            ends.add(position)
    settings, position, role = [], 0, ""
    for line in lines:
        if not text.startswith(line.text, position):
            return ()
        role = starts.get(position, role)
        end = position + len(line.text)
        settings.append(Setting(line, role, position in starts, end in ends))
        position = end
    return tuple(settings)


def guessed_roles(lines: Sequence[Line], frame: Frame, standard: Standard) -> tuple[Setting, ...]:
    """The roles of lines by their looks: numbering, size, place."""
    head, end = head_of(lines, frame), end_of(lines)
    settings = list(guess_one_by_one(lines[head:end], frame, standard))
    mark_signature(settings, frame, standard.pitch)
    starts = [*(setting.first for setting in settings[1:]), True]
    settings = [
        replace(setting, last=last) for setting, last in zip(settings, starts[: len(settings)], strict=True)
    ]
    around = [
        tuple(Setting(line, AROUND, True, True) for line in part) for part in (lines[:head], lines[end:])
    ]
    return (*around[0], *mark_run_in(settings), *around[1])


def head_of(lines: Sequence[Line], frame: Frame) -> int:
    """How many lines stand above the title of a document with a red mark: down to its number (7.2)."""
    first = [line for line in lines if line.page == lines[0].page]
    mark = next((at for at, line in enumerate(first) if is_mark(line, frame)), None)
    if mark is None:
        return 0
    numbers = (at for at, line in enumerate(first[:HIGHEST]) if at > mark and NUMBER_LINE.match(line.text))
    return next(numbers, mark) + 1


def is_mark(line: Line, frame: Frame) -> bool:
    """Whether a line is a large red one."""
    red, green, blue = (int(line.glyphs[0].color[at : at + 2], 16) for at in (0, 2, 4))
    return line.size > frame.size and red > 2 * max(green, blue)


def end_of(lines: Sequence[Line]) -> int:
    """Before which line 版记 begins: from 抄送 or 印发 on, at the end of the document (7.4)."""
    last = len(lines)
    for at in range(len(lines) - 1, max(len(lines) - HIGHEST, 0), -1):
        if COPIED.match(lines[at].text) or PRINTED.search(lines[at].text):
            last = at
    return last


def mark_run_in(settings: Sequence[Setting]) -> Iterator[Setting]:
    """Tell headings that stand at the head of their text from those on lines of their own."""
    run_in = False
    for setting in settings:
        if setting.first:
            text = setting.line.text
            run_in = setting.role in HEADINGS and (not setting.last or any(mark in text for mark in SENTENCE))
        yield replace(setting, role=RUN_IN) if run_in else setting


def guess_one_by_one(lines: Sequence[Line], frame: Frame, standard: Standard) -> Iterator[Setting]:
    """The role of each line by itself and by the one before."""
    before: Setting | None = None
    for line in lines:
        first = begins(line, before, frame, standard)
        role = role_of(line, before, frame, first)
        before = Setting(line, role, first)
        yield before


def role_of(line: Line, before: Setting | None, frame: Frame, first: bool) -> str:
    """What a line looks like."""
    centred = abs((line.left + line.right) / 2 - (frame.left + frame.right) / 2) < frame.size
    inside = line.left > frame.left + 2.5 * frame.size or line.size > frame.size * LARGER
    if centred and inside and line.size >= frame.size * 0.95:
        if before is None or before.role == "title":
            return "title"
        if before.role in ("attachment-mark", "attachment-title"):
            return "attachment-title"
    if line.size > frame.size * LARGER:
        return "title" if before is None else "other"
    if not first and before:
        return before.role
    role = next((role for role, form in NUMBERED if form.match(line.text)), "body")
    if line.size < frame.size * SMALLER and role not in SMALL:
        return before.role if before and before.role == "note" else "other"
    if role in ("picture-title", "table-title") and not centred:
        role = "body"
    if role == "body" and before and before.role == "title" and line.text.endswith("："):
        return "recipient" if line.left < frame.left + frame.size else "body"
    if before and before.role == "attachment-only" and role == "level-3":
        return "attachment-next"
    return role if abs(line.size - frame.size) < 0.75 or role != "body" else "other"


def begins(line: Line, before: Setting | None, frame: Frame, standard: Standard) -> bool:
    """Whether a line begins a paragraph: the one before was not full, or this one starts further in."""
    if before is None or before.line.size != line.size:
        return True
    if before.role == "title" and standard is not None:
        return True
    if line.left > frame.left + 0.5 * frame.size:
        goes_on = before.role.startswith("attachment") and line.left > frame.left + 4 * frame.size
        lower = line.base - before.line.base > 1.5 * standard.pitch
        return not goes_on or lower or bool(NUMBERED[2][1].match(line.text))
    return before.line.right + first_unit(line, standard) < frame.right - 0.2 * frame.size


def first_unit(line: Line, standard: Standard) -> float:
    """The width of what cannot be parted at the beginning of a line: the line before had no room for it."""
    word = standard.layout.get("word", {})
    closing, opening = word.get("never-begins-line", ""), word.get("never-ends-line", "")
    end = line.glyphs[0].right
    for one, other in zip(line.glyphs, line.glyphs[1:], strict=False):
        parted = is_wide(one.text) or is_wide(other.text) or other.left - one.right > 0.2 * other.size
        if parted and one.text not in opening and other.text not in closing:
            break
        end = other.right
    return end - line.left


def mark_signature(settings: list[Setting], frame: Frame, pitch: float) -> None:
    """Give the last date that stands alone, and the names above it, their roles."""
    place = next((at for at in reversed(range(len(settings))) if is_date(settings[at], frame)), None)
    if place is None:
        return
    settings[place] = replace(settings[place], role="date", first=True)
    for at in range(place - 1, max(place - 20, -1), -1):
        line = settings[at].line
        above = settings[at - 1].line if at else line
        apart = above.page != line.page or line.base - above.base > 1.5 * pitch
        indented = abs(line.left - frame.left - 2 * frame.size) < frame.size / 2 and not apart
        if line.text[-1] in ENDS or settings[at].role not in ("body", "other", "date") or indented:
            return
        full = (
            above.page == line.page
            and not apart
            and above.right - above.left > frame.right - frame.left - frame.size
        )
        settings[at] = replace(settings[at], role="signature", first=not full)


def is_date(setting: Setting, frame: Frame) -> bool:
    """Whether a line is nothing but a date, set towards the right."""
    line = setting.line
    return bool(DATE.match(line.text)) and (line.left > frame.left + 3 * frame.size or setting.first)


def lead_face(line: Line) -> str:
    """The face of the first Chinese letter of a line."""
    return next((glyph.face for glyph in line.glyphs if is_ideograph(glyph.text)), line.face)

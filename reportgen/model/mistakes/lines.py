"""Mistakes in the order of lines: colons, dashes, indentation."""

from __future__ import annotations

import re
from typing import Final

from reportgen.model.glued import BRACKET, COLON_CODES, GLUED_COLON, glued_lines, name_of, shortened
from reportgen.model.mistakes.brackets import PAIRS, not_closed
from reportgen.model.mistakes.indicators import TABS
from reportgen.model.mistakes.marks import list_mark
from reportgen.model.mistakes.quotes import text_after_quote, unclosed_quote
from reportgen.model.mistakes.trouble import Mistake, Span, Trouble

REAL_COLON: Final = re.compile(r":(?:[ \t]|$)", re.MULTILINE)
GLUED_KEY: Final = re.compile(rf"[ \t]*+(?:-[ \t]++)*+{GLUED_COLON.pattern}{BRACKET.pattern}")
"""A line that begins with a key whose colon YAML does not see, and a value in brackets."""
WIDE_BRACKETS: Final = "｛［"
ROUND_BRACKETS: Final = {"(": ")", "（": "）", "【": "】"}
SEARCHED_LINES: Final = 500
INDENT: Final = re.compile(r"( *)((?:- +)*)")


def line_without_colon(trouble: Trouble) -> Mistake | None:
    """A line among keys that is none: `键：值`, `键:值`, `-一项`, or plain text."""
    start, text = trouble.origin, trouble.text
    end = trouble.places.line_end(start)
    if trouble.bracket is not None:
        return not_closed(trouble, trouble.bracket)
    if glued := GLUED_COLON.match(text, start, end):
        return glued_colon(glued)
    if text.startswith("-", start):
        return Mistake("missing-space-after-dash", (start, start + 1), patch=(start, "#"))
    if marked := list_mark(trouble, start):
        return marked
    if text[start] in "\"'" and text.find(text[start], start + 1, end) < 0:
        return unclosed_quote(trouble)
    if text[start] in PAIRS:
        return not_closed(trouble, start)
    if REAL_COLON.search(text, start, end):
        return None
    line = text[start:end].rstrip(" \t")
    return Mistake("missing-colon", (start, start + len(line)), {"text": shortened(line)}, patch=(start, "#"))


def glued_colon(glued: re.Match[str]) -> Mistake:
    """A key whose colon is full-width or has no space after it."""
    colon, text = glued.start("colon"), glued.string
    rest = re.compile(r"[^\r\n]*").match(text, colon + 1)
    width = len(rest[0]) if rest else 0
    patch = ":" + (" " + "x" * (width - 1) if width else "")
    return Mistake(
        COLON_CODES[glued["colon"]], (colon, colon + 1), {"key": name_of(glued)}, patch=(colon, patch)
    )


def unexpected_colon(trouble: Trouble) -> Mistake | None:
    """A colon that makes a key where none may stand."""
    before = trouble.text[trouble.line_start : trouble.offset].rstrip(" \t")
    if before.endswith(":"):
        place = (trouble.offset, trouble.offset + 1)
        return Mistake("stray-punctuation", place, {"character": ":"}, patch=(trouble.offset, " "))
    if glued := GLUED_KEY.match(trouble.text, trouble.line_start, trouble.offset):
        return glued_colon(glued)
    if not trouble.last:
        return None
    start, end = trouble.last
    line = trouble.places.line_start
    if line(start) < trouble.line_start and trouble.text[trouble.line_start :].lstrip(" ").startswith("- "):
        return Mistake("", (start, end))  # a list that runs into the text above, which has been noted
    if trouble.text[end : trouble.offset].strip(" \t\r\n"):
        return text_after_bracket(trouble)
    if line(start) == trouble.line_start:
        return second_colon(trouble, start)
    if trouble.style or line(end) != trouble.line_start:
        return None
    if trouble.text[line(start) : start].strip(" \t-"):
        return indented_too_far(trouble)
    first = next((match for match in glued_lines(trouble.text, start, trouble.line_start) if match), None)
    if first:
        return glued_colon(first)
    place = (start, trouble.places.line_end(start))
    return Mistake(
        "missing-colon", place, {"text": shortened(trouble.text[slice(*place)])}, patch=(start, "#")
    )


def second_colon(trouble: Trouble, value: int) -> Mistake:
    """Two keys on one line, as in `键: 前半: 后半`."""
    text = trouble.text[value : trouble.offset]
    patch = (value, "x" * (trouble.line_end - value))
    if text[0] in WIDE_BRACKETS or (text[0] in ROUND_BRACKETS and ROUND_BRACKETS[text[0]] not in text):
        return Mistake("wide-bracket", (value, value + 1), {"bracket": text[0]}, patch=patch)
    return Mistake("second-colon", (trouble.offset, trouble.offset + 1), patch=patch)


def indented_too_far(trouble: Trouble) -> Mistake:
    """A key deeper than the one above it, which already has its value."""
    start = trouble.line_start
    start += len(trouble.text[start : trouble.offset]) - len(trouble.text[start : trouble.offset].lstrip(" "))
    if tabs := TABS.match(trouble.text, start):
        return Mistake("tab-indentation", tabs.span())
    return indentation(trouble, (start, trouble.offset))


def indentation(trouble: Trouble, place: Span) -> Mistake:
    """A line whose indentation fits nothing above it."""
    line, column = trouble.places.position(place[0])
    above = ", ".join(str(indent) for indent in levels_above(trouble, line))
    return Mistake("indentation", place, {"found": str(column - 1), "above": above})


def levels_above(trouble: Trouble, line: int) -> list[int]:
    """How far the levels that a line could belong to are indented, outermost first."""
    levels: list[int] = []
    for number in range(line - 1, max(0, line - SEARCHED_LINES), -1):
        text = trouble.places.line(number)
        if not text.strip(" \t") or text.lstrip(" ")[0] == "#":
            continue
        for column in starts(text):
            if not levels or column < levels[0]:
                levels.insert(0, column)
    return levels


def starts(line: str) -> tuple[int, ...]:
    """How far a line is indented, and before that what stands behind its last dash, innermost first."""
    match = INDENT.match(line)
    return (match.end(2), match.end(1)) if match else ()


def misplaced_dash(trouble: Trouble) -> Mistake:
    """A list that begins on the line of its key, or a dash instead of a value."""
    if not trouble.text[trouble.offset : trouble.line_end].strip(" \t-"):
        return Mistake("lone-dash", (trouble.offset, trouble.offset + 1), patch=(trouble.offset, "x"))
    return Mistake("misplaced-dash", (trouble.offset, trouble.offset + 1), patch=(trouble.offset, "x"))


def unexpected_line(trouble: Trouble) -> Mistake | None:
    """Something that is neither the next key nor the next item."""
    start, end = trouble.offset, trouble.line_end
    if trouble.follows_quote:
        return text_after_quote(trouble)
    if trouble.character == ":" and not trouble.text[trouble.line_start : start].strip(" \t-"):
        return Mistake("empty-key", (start, start + 1), patch=(start, "#"))
    if trouble.character in ("}", "]", ","):
        return Mistake("stray-punctuation", (start, start + 1), {"character": trouble.character})
    if trouble.begins_line and trouble.character:
        return unexpected_indentation(trouble)
    before = trouble.text[trouble.line_start : start].rstrip(" \t")
    if re.search(r"(?:^|[ \t])\*[^ \t]+$", before):  # the alias has been noted
        return Mistake("", (start, end), patch=(start, " " * (end - start)))
    return text_after_bracket(trouble)


def unexpected_indentation(trouble: Trouble) -> Mistake:
    """A line that is on none of the levels above it, or a list item among keys, or a key in a list."""
    start, end = trouble.offset, trouble.line_end
    colon = REAL_COLON.search(trouble.text, start, end)
    place = (start, colon.start() if colon else end)
    if trouble.places.position(start)[1] == trouble.places.position(trouble.origin)[1]:
        if trouble.text.startswith("-", trouble.origin) and (marked := list_mark(trouble, start)):
            return marked
        return Mistake("list-and-keys", place, related=((trouble.origin, trouble.origin + 1),))
    return indentation(trouble, place)


def text_after_bracket(trouble: Trouble) -> Mistake | None:
    """Text after the closing bracket of a value."""
    start, end = trouble.offset, trouble.line_end
    before = trouble.text[trouble.line_start : start].rstrip(" \t")
    if not before.endswith(("}", "]")) or start == end:
        return None
    place = (start, start + len(trouble.text[start:end].rstrip(" \t")))
    return Mistake("text-after-bracket", place, {"bracket": before[-1]}, patch=(start, " " * (end - start)))

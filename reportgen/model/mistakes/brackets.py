"""Mistakes within braces and brackets: not closed, commas missing or of full width."""

from __future__ import annotations

import re
from typing import Final

from reportgen.model.glued import shortened
from reportgen.model.mistakes.quotes import text_after_quote
from reportgen.model.mistakes.trouble import Mistake, Trouble

PAIRS: Final = {"{": "}", "[": "]"}
TOKEN: Final = re.compile(r"\"[^\"]*+\"|'[^']*+'|(?<=[ \t\r\n,\[\]{}])#[^\r\n]*|[][{}]")
KEY_LINE: Final = re.compile(r"(?P<indent> *)[^ \t\r\n{}\[\],:#][^\r\n{}\[\],:]*:(?:[ \t]|$)", re.MULTILINE)
WIDE_COMMA: Final = re.compile(r"[，、；;]")


def closes(text: str, start: int) -> bool:
    """Whether the bracket at an offset is closed again."""
    depth = 0
    for token in TOKEN.finditer(text, start):
        depth += (token[0] in PAIRS) - (token[0] in PAIRS.values())
        if depth <= 0:
            return True
    return False


def runs_on(trouble: Trouble, start: int) -> bool:
    """Whether a key that cannot belong inside the bracket comes before the place where the parser gave up."""
    line = trouble.places.line_start(start)
    indent = len(trouble.text[line:start]) - len(trouble.text[line:start].lstrip(" "))
    if line == trouble.line_start:
        return False
    following = KEY_LINE.match(trouble.text, trouble.line_start)
    return following is not None and len(following["indent"]) <= indent


def not_closed(trouble: Trouble, start: int) -> Mistake | None:
    """A bracket that is not closed, when that is what is wrong."""
    opening = trouble.text[start : start + 1]
    if opening not in PAIRS or (closes(trouble.text, start) and not runs_on(trouble, start)):
        return None
    return Mistake("bracket-not-closed", (start, start + 1), {"bracket": opening, "closing": PAIRS[opening]})


def no_separator(trouble: Trouble) -> Mistake | None:
    """No comma and no closing bracket where one must come."""
    start = trouble.offset
    if trouble.character in PAIRS.values():
        return mismatch(trouble, trouble.origin)
    if mistake := not_closed(trouble, trouble.origin):
        return mistake
    if trouble.follows_quote:
        return text_after_quote(trouble)
    if trouble.character == ":" and trouble.last and not trouble.style:
        return no_comma_before_key(trouble, *trouble.last)
    return Mistake("missing-comma", (start, start + 1))


def no_comma_before_key(trouble: Trouble, start: int, end: int) -> Mistake:
    """A value and the next key that ran together: `{甲: 1，乙: 2}`, `{甲: 1 乙: 2}`."""
    if wide := WIDE_COMMA.search(trouble.text, start, end):
        return Mistake("wide-comma", wide.span(), {"comma": wide[0]}, patch=(wide.start(), ","))
    gap = max(trouble.text.rfind(blank, start, end) for blank in " \t\r\n")
    if gap < 0:
        return Mistake("second-colon", (trouble.offset, trouble.offset + 1))
    return Mistake("missing-comma", (gap, gap + 1), patch=(gap, ","))


def mismatch(trouble: Trouble, opening: int) -> Mistake | None:
    """A closing bracket of the other kind."""
    bracket = trouble.text[opening : opening + 1]
    if bracket not in PAIRS:
        return None
    arguments = {"found": trouble.character, "bracket": bracket, "closing": PAIRS[bracket]}
    return Mistake(
        "bracket-mismatch", (trouble.offset, trouble.offset + 1), arguments, ((opening, opening + 1),)
    )


def colon_before_comma(trouble: Trouble) -> Mistake:
    """A colon in braces with no space after it: `{甲:, …}`."""
    place = (trouble.offset, trouble.offset + 1)
    return Mistake(
        "missing-space-after-colon", place, {"key": shortened(trouble.text[trouble.origin : trouble.offset])}
    )


def no_content(trouble: Trouble) -> Mistake | None:
    """Punctuation where a value should be."""
    place = (trouble.offset, trouble.offset + 1)
    if trouble.bracket is not None:
        if mistake := not_closed(trouble, trouble.bracket):
            return mistake
        if trouble.character in PAIRS.values() and trouble.character != PAIRS[trouble.text[trouble.bracket]]:
            return mismatch(trouble, trouble.bracket)
    if trouble.character and trouble.character in ",]}:":
        return Mistake("stray-punctuation", place, {"character": trouble.character})
    if trouble.character == "-":
        return Mistake("misplaced-dash", place)
    if trouble.character and trouble.begins_line:  # a key under the dash of an empty list item
        return Mistake("list-and-keys", place)
    return None

"""Values that begin with a character which means something else in YAML, and tabs."""

from __future__ import annotations

import re
from typing import Final

from reportgen.model.glued import shortened
from reportgen.model.mistakes.marks import list_mark
from reportgen.model.mistakes.trouble import Mistake, Trouble

TABS: Final = re.compile(r"\t+")
WORD: Final = re.compile(r"[^ \t\r\n,\]}]+")


def blotted(trouble: Trouble, start: int) -> tuple[int, str] | None:
    """A patch that makes the rest of a line plain text, outside brackets."""
    if trouble.bracket is not None:
        return None
    return start, "x" * (trouble.places.line_end(start) - start)


def reserved(trouble: Trouble) -> Mistake | None:
    """A value that begins with a reserved character; a tab where none may be."""
    if trouble.character == "\t":
        return tab(trouble)
    if not trouble.character:
        return None
    place = (trouble.offset, trouble.offset + 1)
    patch = blotted(trouble, trouble.offset)
    return Mistake("reserved-character", place, {"character": trouble.character}, patch=patch)


def tab(trouble: Trouble) -> Mistake | None:
    """Tabs in the indentation of a line."""
    match = TABS.match(trouble.text, trouble.offset)
    return Mistake("tab-indentation", match.span()) if match else None


def alias(trouble: Trouble) -> Mistake | None:
    """A value that begins with `*`, or a line that uses it as the mark of a list."""
    line = trouble.text[trouble.line_start : trouble.line_end]
    start = trouble.line_start + len(line) - len(line.lstrip(" "))
    if line.lstrip(" ").startswith("* ") and (marked := list_mark(trouble, start)):
        return marked
    return indicator(trouble, "yaml-alias")


def anchor(trouble: Trouble) -> Mistake | None:
    """A value that begins with `&`."""
    return indicator(trouble, "yaml-anchor")


def tag(trouble: Trouble) -> Mistake | None:
    """A value that begins with `!`."""
    return indicator(trouble, "yaml-tag")


def directive(trouble: Trouble) -> Mistake | None:
    """A line that begins with `%`."""
    return indicator(trouble, "yaml-directive")


def indicator(trouble: Trouble, code: str) -> Mistake | None:
    """A word that the parser took for something other than text."""
    match = WORD.match(trouble.text, trouble.origin)
    if not match:
        return None
    return Mistake(code, match.span(), {"text": shortened(match[0])}, patch=blotted(trouble, trouble.origin))


def block_header(trouble: Trouble) -> Mistake:
    """A `|` or `>` with text right after it."""
    start = trouble.origin
    end = trouble.places.line_end(start)
    place = (start, start + len(trouble.text[start:end].rstrip(" \t")))
    return Mistake(
        "block-text-header", place, {"character": trouble.text[start]}, patch=blotted(trouble, start)
    )

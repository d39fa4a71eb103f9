"""Mistakes in quoted texts: quotes that are not closed or close too early, wrong escapes."""

from __future__ import annotations

import re
from typing import Final

from reportgen.model.mistakes.trouble import Mistake, Trouble

ESCAPE: Final = re.compile(r"\\(?:x[0-9A-Fa-f]{0,2}|u[0-9A-Fa-f]{0,4}|U[0-9A-Fa-f]{0,8}|[^\r\n]|$)")
SURROGATE: Final = re.compile(r"\\(?:u|U0000)[Dd][89A-Fa-f]")


def unclosed_quote(trouble: Trouble) -> Mistake:
    """A quote that is never closed."""
    return not_closed(trouble, trouble.origin)


def not_closed(trouble: Trouble, start: int) -> Mistake:
    """A quote that is not closed on its line."""
    return Mistake("quote-not-closed", (start, start + 1), {"quote": trouble.text[start]})


def text_after_quote(trouble: Trouble) -> Mistake:
    """Text after the closing quote; a closing quote lines below was really another text's opening one."""
    start = trouble.last[0] if trouble.last else trouble.offset
    if trouble.places.line_start(start) != trouble.line_start:
        return not_closed(trouble, start)
    match = re.compile(r"[^,\]}\r\n]*" if trouble.bracket is not None else r"[^\r\n]*").match(
        trouble.text, trouble.offset
    )
    width = len(match[0]) if match else 1
    place = (trouble.offset, trouble.offset + max(1, len(match[0].rstrip(" \t")) if match else 1))
    patch = (trouble.offset, " " * width)
    return Mistake("text-after-quote", place, {"quote": trouble.text[start]}, patch=patch)


def wrong_escape(trouble: Trouble) -> Mistake | None:
    r"""A `\` in double quotes with something after it that means nothing."""
    start = trouble.text.rfind("\\", trouble.origin, trouble.offset + 1)
    match = ESCAPE.match(trouble.text, start) if start >= 0 else None
    if not match:
        return None
    code = "lone-surrogate" if SURROGATE.match(match[0]) else "wrong-escape"
    return Mistake(code, match.span(), {"escape": match[0]}, patch=(start, "x"))

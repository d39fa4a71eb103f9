"""Lines that begin with something else than the dash and space of a list item in; the mistake out."""

from __future__ import annotations

import re
from typing import Final

from reportgen.model.mistakes.trouble import Mistake, Trouble

GLUED: Final = re.compile(r"-(?=[^ \t\r\n0-9.-])")
MARK: Final = re.compile(r"[*·•●—–－]+(?=[ \t])|[·•●—–－]+|[0-9]{1,2}[.、)](?![0-9])|[（(][0-9]{1,2}[)）]")
"""Marks of lists in prose: `·`, `—`, `1.`, `（1）`, and `*` before a space."""


def list_mark(trouble: Trouble, start: int) -> Mistake | None:
    """A line among list items, beginning at `start`, with a dash and no space or with another mark."""
    if GLUED.match(trouble.text, start):
        return Mistake("missing-space-after-dash", (start, start + 1), patch=(start, "#"))
    mark = MARK.match(trouble.text, start)
    return Mistake("list-mark", mark.span(), {"mark": mark[0]}, patch=(start, "#")) if mark else None

"""A text as it is printed in; the same without the number the program gives it out."""

from __future__ import annotations

import re
from typing import Final

BLANKS: Final = re.compile(" {2,}")
NUMBER: Final = re.compile(
    r"[ \u3000]*(?:注[：:])?(?:（[一二三四五六七八九十]+）|（\d+）|\d+[.．、](?!\d))?\s*"
)
"""A number as headings, items and notes bear it."""


def unnumbered(text: str) -> str:
    """A text without the number the program gives it, and without blanks around it."""
    return BLANKS.sub(" ", NUMBER.sub("", text, count=1)).strip(" \t\u3000")

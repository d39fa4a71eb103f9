"""Text in; the same as HTML out, with the places where a word processor ends a line and the engine not.

They differ in Latin words, which word processors end at blanks and hyphens only, and where these meet Chinese
marks. What is put in is markup without text; the words stay as they are.
"""

from __future__ import annotations

import re
from decimal import Decimal

from markupsafe import escape

PLACES = re.compile(
    "(?P<chain>[!-~]{25,})"
    "|(?P<whole>[!-,.-~]*[/?!|}][!-,.-~]+|[^0-9A-Za-z]·|(?<=[^0-9])[.,:;][0-9]|[^\\w\\s][％%℃‰°′″¢￠]+)"
    "|(?P<turn>(?<=[0-9A-Za-z])-(?=[0-9])|[0-9A-Za-z%)](?=[（【〔《〈「『]))"
)
"""A Latin word stays whole, but after a hyphen a line may end; so it may before a bracket that opens.

A word of half a line ends as the engine likes: kept together it would not fit.
"""
LETTER = Decimal("2.2")
"""The width in mm of a Latin letter in the largest text of a table."""
MARKUP = {"chain": "{}", "whole": '<span class="whole">{}</span>', "turn": '{}<span class="turn"></span>'}


def with_line_ends(text: str, width: Decimal | None = None) -> str:
    """The text, escaped, with `whole` around letters that stay together and `turn` where a line may end.

    `width` is that of the column in mm: what it cannot hold ends as the engine likes, or would stand out.
    """
    parts, done = [], 0
    for match in PLACES.finditer(text):
        is_wide = width is not None and match.lastgroup == "whole" and len(match[0]) * LETTER > width
        parts.append(str(escape(text[done : match.start()])))
        parts.append(MARKUP["chain" if is_wide else match.lastgroup or ""].format(escape(match[0])))
        done = match.end()
    return "".join((*parts, str(escape(text[done:]))))

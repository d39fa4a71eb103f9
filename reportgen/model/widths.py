"""A text in; its width in characters out, as a page of Chinese text counts it."""

from __future__ import annotations

import unicodedata
from decimal import Decimal


def text_width(text: str) -> Decimal:
    """The width of a text in characters: a full-width character is one, a half-width one a half."""
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in text)
    return Decimal(len(text) + wide) / 2

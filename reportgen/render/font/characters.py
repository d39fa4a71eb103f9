"""Sets of characters a derived face is made of: codecs and declared ranges in; sorted code points out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

SYMBOL_ROWS = range(0xA1, 0xAA)
LETTER_ROWS = frozenset({0xA8})  # Latin letters with tone marks and bopomofo keep their own width
HANZI_ROWS = range(0xB0, 0xF8)


def decode_rows(rows: Iterable[int], codec: str) -> tuple[str, ...]:
    """The characters of these rows of a two-byte Chinese codec, private ones left out."""
    found = []
    for high in rows:
        for low in range(0x40, 0xFF):
            pair = bytes((high, low))
            character = pair.decode(
                codec, "ignore"
            )  # of a pair that is none, the codec leaves the second byte
            if character.encode(codec) == pair and not "\ue000" <= character <= "\uf8ff":
                found.append(character)
    return tuple(found)


HALF_WIDTH: Final = frozenset(map(ord, " 0123456789"))
"""What every Chinese office font sets on half an em, however wide it is in a free font."""


@cache
def common_characters() -> frozenset[int]:
    """The 6763 hanzi of GB/T 2312 and the symbols of GBK, which maps — and · as fonts do (U+2014, U+00B7)."""
    return frozenset(map(ord, (*decode_rows(HANZI_ROWS, "gb2312"), *decode_rows(SYMBOL_ROWS, "gbk"))))


@cache
def full_width_characters() -> frozenset[int]:
    """The symbols that every Chinese office font sets on a whole em, whatever a free font does."""
    rows = (row for row in SYMBOL_ROWS if row not in LETTER_ROWS)
    return frozenset(map(ord, decode_rows(rows, "gbk")))


def parse_ranges(declared: Iterable[str]) -> frozenset[int]:
    """Code points of declarations such as `0020-007E` or `00A3`; raises ValueError on anything else."""
    codes: set[int] = set()
    for text in declared:
        first, dash, last = text.partition("-")
        start = int(first, 16)
        end = int(last, 16) if dash else start
        if not 0 <= start <= end <= 0x10FFFF:
            raise ValueError(f"no range: {text}")
        codes.update(range(start, end + 1))
    return frozenset(codes)

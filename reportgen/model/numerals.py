"""Figures as people write them in; the plain digits they mean, for telling an author what to write, out."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from reportgen.model.formats import parse_chinese_numeral, parse_chinese_year

LONGEST: Final = 24

DECIMAL: Final = re.compile(r"\+?([0-9]*)(?:\.([0-9]*))?")
SCIENTIFIC: Final = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,3}))?[eE]\+?([0-9])")
THOUSANDS: Final = re.compile(r"(?<=[0-9])[,'_\s](?=[0-9]{3}(?![0-9]))")
COUNTERS: Final = re.compile(r"\s*(?:件次|人次|[件宗条项份个次])$")


def plain_number(text: str, unit: str = "") -> str | None:
    """The digits that a text surely means, None when unclear: `１,023件` is `1023`, `二十` is `20`.

    Words that count things and `unit` are left out; another unit, such as 元 for 万元, makes it unclear.
    """
    if len(text) > LONGEST:
        return None
    text = unicodedata.normalize("NFKC", text).strip()
    text = THOUSANDS.sub("", COUNTERS.sub("", text.removesuffix(unit).rstrip()))
    if any(letter.isdigit() for letter in text):
        return _plain_decimal(text) or _plain_scientific(text)
    number = parse_chinese_numeral(text)
    number = parse_chinese_year(text) if number is None else number
    return None if number is None or number < 0 else str(number)


def _plain_decimal(text: str) -> str | None:
    match = DECIMAL.fullmatch(text)
    if match is None:
        return None
    whole, fraction = match[1].lstrip("0") or "0", match[2]
    return f"{whole}.{fraction}" if fraction else whole


def _plain_scientific(text: str) -> str | None:
    match = SCIENTIFIC.fullmatch(text)
    if match is None:
        return None
    fraction, places = match[2] or "", int(match[3])
    whole = (match[1] + fraction.ljust(places, "0")[:places]).lstrip("0") or "0"
    rest = fraction[places:]
    return f"{whole}.{rest}" if rest else whole

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
DATE: Final = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*[日号]?")
DIGITS: Final = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
HANZI: Final = re.compile("[〇○零一二三四五六七八九十]+")
COUNTERS: Final = re.compile(r"\s*(?:件次|人次|[件宗条项份个次])$")


def plain_number(text: str, unit: str = "") -> str | None:
    """The digits that a text surely means, None when unclear: `１,023件` is `1023`, `二十` is `20`.

    Words that count things and `unit` are left out, without a unit a percent sign; another unit, such as 元
    for 万元, makes it unclear.
    """
    if len(text) > LONGEST:
        return None
    text = unicodedata.normalize("NFKC", text).strip()
    if not unit:
        text = text.removesuffix("%")
    text = THOUSANDS.sub("", COUNTERS.sub("", text.removesuffix(unit).rstrip()))
    if any(letter.isdigit() for letter in text):
        return _plain_decimal(text) or _plain_scientific(text)
    number = parse_chinese_numeral(text)
    number = parse_chinese_year(text) if number is None else number
    return None if number is None or number < 0 else str(number)


def plain_date(text: str) -> tuple[str, str, str] | None:
    """The digits of year, month and day that a text surely means: of 二〇二四年一月十二日, of 20240112."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    text = HANZI.sub(lambda found: plain_number(found[0]) or "?", text)
    match = DATE.fullmatch(text) or DIGITS.fullmatch(text)
    return (match[1], match[2].zfill(2), match[3].zfill(2)) if match else None


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

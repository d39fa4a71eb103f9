"""Numbers and dates in; the text an official document prints for them out, and back."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from reportgen.model.values import Cell, Date, Number, Unknown

Exact = int | Decimal | Fraction
"""A number without rounding: what arithmetic works with."""

NUMERALS: Final = "零一二三四五六七八九"
YEAR_DIGITS: Final = "〇一二三四五六七八九"
UNITS: Final = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
NUMERAL_LIMIT: Final = 10**16
MINUS: Final = "负"
ENDS: Final = "。！？；…"
"""The marks that a sentence may end with."""
ISO_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def chinese_numeral(number: int) -> str:
    """A whole number in Chinese numerals: 22 is 二十二, 0 is 零, 100010 is 十万零一十.

    Raises ValueError beyond 九千九百九十九万亿.
    """
    if abs(number) >= NUMERAL_LIMIT:
        raise ValueError(number)
    if number < 0:
        return MINUS + chinese_numeral(-number)
    if number == 0:
        return NUMERALS[0]
    spelt = _spell(number)
    return spelt[1:] if spelt.startswith("一十") else spelt


def _spell(number: int) -> str:
    for size, unit in UNITS:
        if number >= size:
            count, rest = divmod(number, size)
            zero = NUMERALS[0] if 0 < rest < size // 10 else ""
            return _spell(count) + unit + zero + _spell(rest)
    return NUMERALS[number] if number else ""


def parse_chinese_numeral(text: str) -> int | None:
    """The number a Chinese numeral stands for, None when the text is not one written by the rules."""
    digits = text.removeprefix(MINUS)
    number = _read("一" + digits if digits.startswith("十") else digits)
    number = -number if text.startswith(MINUS) else number
    return number if abs(number) < NUMERAL_LIMIT and chinese_numeral(number) == text else None


def _read(digits: str) -> int:
    for size, unit in UNITS:
        before, found, after = digits.rpartition(unit)
        if found:
            return _read(before) * size + _read(after)
    return max(NUMERALS.find(digits[-1:]), 0) if digits else 0


def chinese_year(year: int) -> str:
    """A year digit by digit: 2023 is 二〇二三."""
    return "".join(YEAR_DIGITS[int(digit)] for digit in str(abs(year)))


def parse_chinese_year(text: str) -> int | None:
    """The year of 二〇二三, None for anything else."""
    digits = "".join(str(YEAR_DIGITS.find(character)) for character in text)
    return int(digits) if text and "-" not in digits and chinese_year(int(digits)) == text else None


def thousands(number: Number) -> str:
    """A number with a comma after every three digits: 1,023; decimals stay as they are."""
    return f"{number:,d}" if isinstance(number, int) else f"{number:,f}"


def parse_thousands(text: str) -> Number | None:
    """The number of a text with its commas in the right places, None for anything else."""
    bare = text.replace(",", "")
    if not bare.removeprefix("-").replace(".", "", 1).isdecimal() or not bare.isascii():
        return None
    number = Decimal(bare) if "." in bare else int(bare)
    return number if thousands(number) == text else None


def decimal_text(number: Exact) -> str | None:
    """A number written out in full, without an exponent; None when its decimals never end."""
    if isinstance(number, Decimal):
        return f"{number:f}"
    if isinstance(number, int) or number.denominator == 1:
        return str(int(number))
    places = _places(number.denominator)
    return None if places is None else f"{round_half_up(number, places):f}"


def _places(denominator: int) -> int | None:
    """How many decimals a fraction in lowest terms has."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def round_half_up(number: Exact, places: int) -> Decimal:
    """The number with exactly that many decimals, halves away from zero (四舍五入)."""
    exact = Fraction(number)
    scaled = (abs(exact.numerator) * 10**places * 2 + exact.denominator) // (exact.denominator * 2)
    sign = 1 if exact < 0 and scaled else 0
    return Decimal((sign, tuple(int(digit) for digit in str(scaled)), -places))


def percent(part: Exact, whole: Exact, places: int = 0) -> str:
    """The share of a part in a whole, halves up: 6 of 22 is 27%. Raises ZeroDivisionError."""
    return f"{round_half_up(Fraction(part) * 100 / Fraction(whole), places):f}%"


def date(day: Date, pattern: str) -> str:
    """A date by the kind's pattern, `{year}年{month}月{day}日`: no leading zeros (GB/T 9704-2012 7.3.5)."""
    return pattern.format(year=day.year, month=day.month, day=day.day)


def parse_date(text: str) -> Date | None:
    """The date of `2024-01-12`, None for any other text or a day that is not in the calendar."""
    from datetime import date as calendar_date

    if not ISO_DATE.fullmatch(text):
        return None
    try:
        day = calendar_date.fromisoformat(text)
    except ValueError:
        return None
    return Date(day.year, day.month, day.day)


def figure(cell: Cell, gap: str) -> str:
    """The figure of a cell as it is printed; `gap` stands for one that is still to be filled in."""
    return gap if isinstance(cell.figure, Unknown) else cell.written


def sentence(text: str, stop: str) -> str:
    """A sentence with the full stop it may lack."""
    return text if text[-1:] in ENDS else text + stop

"""The text of one value and what it should be in; the typed value, or what is wrong with it, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from reportgen.diagnostics import NOTHING, Listed
from reportgen.model.formats import parse_date

LARGEST: Final = 15
DECIMALS: Final = 6
COUNT: Final = re.compile("0|[1-9][0-9]*")
AMOUNT: Final = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
YEAR: Final = re.compile("[12][0-9]{3}")
ISO_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
MINUS: Final = "-－−–"

Schema = Mapping[str, Any]
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a value: the finding's code and the arguments of its message."""

    code: str
    arguments: Mapping[str, str] = field(default_factory=lambda: NOTHING)


def flaw(code: str, **arguments: object) -> Flaw:
    """A fault with its arguments as text."""
    return Flaw(code, {name: str(value) for name, value in arguments.items()})


def is_unknown(text: str | None, words: Words) -> bool:
    """Whether a value is still to be filled in: left empty, or 待填."""
    return text is None or text == words["unknown"]


def meant_by(text: str, unit: str = "") -> str | None:
    """The digits that a misspelt figure surely means; the module that knows is read only for one."""
    from reportgen.model.numerals import plain_number

    return plain_number(text, unit)


def date_meant_by(text: str) -> str | None:
    """The date that a misspelt one surely means, as it should be written; it need not be in the calendar."""
    from reportgen.model.numerals import plain_date

    return "-".join(plain_date(text) or ()) or None


def check_count(text: str | None, schema: Schema, words: Words) -> Flaw | None:
    """`0|[1-9][0-9]*`, or unknown."""
    if is_unknown(text, words):
        return None
    assert text is not None
    if COUNT.fullmatch(text):
        return flaw("figure-too-large", value=text[:LARGEST], digits=LARGEST) if len(text) > LARGEST else None
    meant = meant_by(text, schema.get("unit", ""))
    whole, _, fraction = (meant or "").partition(".")
    if meant and not fraction.strip("0"):
        return flaw("count-form", value=text, meant=whole)
    if meant:
        return flaw("count-fraction", value=text)
    return flaw("figure-negative" if _is_negative(text) else "count-unreadable", value=text[:40])


def check_amount(text: str | None, schema: Schema, words: Words) -> Flaw | None:
    """A decimal without sign, thousands separator or exponent, at most six decimals, or unknown."""
    if is_unknown(text, words):
        return None
    assert text is not None
    whole, _, fraction = text.partition(".")
    if AMOUNT.fullmatch(text):
        if len(whole) > LARGEST:
            return flaw("figure-too-large", value=text[:LARGEST], digits=LARGEST)
        return flaw("amount-decimals", value=text, decimals=DECIMALS) if len(fraction) > DECIMALS else None
    if meant := meant_by(text, schema.get("unit", "")):
        return flaw("amount-form", value=text, meant=meant)
    return flaw("figure-negative" if _is_negative(text) else "amount-unreadable", value=text[:40])


def check_figure(text: str | None, schema: Schema, words: Words) -> Flaw | None:
    """A count or an amount, whichever it is written as."""
    wrong = check_amount(text, schema, words)
    return (check_count(text, schema, words) or wrong) if wrong and "." not in str(text) else wrong


def _is_negative(text: str) -> bool:
    return text[0] in MINUS and meant_by(text[1:]) is not None if text else False


def check_year(text: str | None, _: Schema, words: Words) -> Flaw | None:
    """Four digits."""
    if is_unknown(text, words):
        return _missing(text)
    assert text is not None
    if YEAR.fullmatch(text):
        return None
    meant = meant_by(text.rstrip().removesuffix("度").removesuffix("年"))
    if meant and YEAR.fullmatch(meant):
        return flaw("year-form", value=text, meant=meant)
    return flaw("year-unreadable", value=text[:40])


def check_date(text: str | None, _: Schema, words: Words) -> Flaw | None:
    """`YYYY-MM-DD`, a day of the calendar, or unknown."""
    if is_unknown(text, words):
        return None
    assert text is not None
    if ISO_DATE.fullmatch(text):
        return None if parse_date(text) else flaw("date-impossible", value=text)
    if meant := date_meant_by(text):
        return (
            flaw("date-form", value=text, meant=meant)
            if parse_date(meant)
            else flaw("date-impossible", value=text)
        )
    return flaw("date-unreadable", value=text[:40])


def check_flag(text: str | None, _: Schema, words: Words) -> Flaw | None:
    """是 or 否."""
    return _check_choice(text, (words["yes"], words["no"]), words)


def check_text(text: str | None, schema: Schema, words: Words) -> Flaw | None:
    """One line of printable text, or one of the choices of `enum`."""
    if "enum" in schema:
        return _check_choice(text, tuple(schema["enum"]), words)
    if is_unknown(text, words):
        return None
    assert text is not None
    if not text.strip():
        return flaw("empty-text")
    if "\t" in text.strip():
        return flaw("tab-in-text")
    return flaw("text-lines") if "\n" in text.strip("\n") else None


def check_file(text: str | None, _: Schema, words: Words) -> Flaw | None:
    """A path relative to the report, with `/` between folders."""
    if is_unknown(text, words):
        return _missing(text)
    assert text is not None
    if not text.strip():
        return flaw("empty-text")
    if text.startswith(("/", "~")) or "\\" in text or ":" in text:
        return flaw("file-form", value=text[:80])
    return None


def check_rest(text: str | None, _: Schema, words: Words) -> Flaw | None:
    """0, or unknown: what every figure that is not named is."""
    return None if is_unknown(text, words) or text == "0" else flaw("rest-value", value=str(text)[:40])


def _check_choice(text: str | None, choices: tuple[str, ...], words: Words) -> Flaw | None:
    if is_unknown(text, words):
        return _missing(text)
    return None if text in choices else flaw("choice", value=str(text)[:40], allowed=Listed(choices))


def _missing(text: str | None) -> Flaw:
    return flaw("value-missing") if text is None else flaw("gap-not-allowed", value=text)


CHECKS: Final[Mapping[str, Callable[[str | None, Schema, Words], Flaw | None]]] = MappingProxyType(
    {
        "count": check_count,
        "amount": check_amount,
        "figure": check_figure,
        "year": check_year,
        "date": check_date,
        "flag": check_flag,
        "text": check_text,
        "file": check_file,
        "rest": check_rest,
    }
)
"""The check of each form of value that is one scalar."""


def read_figure(text: str) -> int | Decimal:
    """The number of a figure whose form was found right."""
    return Decimal(text) if "." in text else int(text)

"""A value and a filter's name in; the value as official prose says it out: 占比, 千分位, 中文数字, 万元 …"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from reportgen.model import formats
from reportgen.model.formats import Exact
from reportgen.model.terms import Fault, Value
from reportgen.model.values import Date

MOST_PLACES: Final = 6


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of prose: what it does, the parameters it needs, and those that may be left out."""

    apply: Callable[..., Value]
    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """All parameters in order."""
        return self.needed + self.optional

    def usage(self, name: str) -> str:
        """How the filter is written: `占比(总数, 位数)`."""
        return f"{name}({', '.join(self.parameters)})" if self.parameters else name


def number(value: Value) -> Exact:
    """The value as a number; a Fault when it is none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise Fault("not-a-number")
    return value


def written(value: Value) -> str:
    """A number in full; a Fault when its decimals never end."""
    text = formats.decimal_text(number(value))
    if text is None:
        raise Fault("endless-decimals")
    return text


def _places(value: Value) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PLACES:
        raise Fault("wrong-places", most=MOST_PLACES)
    return value


def _whole(value: Value) -> int:
    exact = number(value)
    if exact != int(exact):
        raise Fault("not-whole")
    return int(exact)


def _share(value: Value, whole: Value, places: Value = 0) -> str:
    part, total, digits = number(value), number(whole), _places(places)
    if total <= 0:
        raise Fault("no-base")
    return formats.percent(part, total, digits)


def _growth(value: Value, before: Value, places: Value = 0) -> str:
    change = Fraction(number(value)) - Fraction(number(before))
    rate = _share(abs(change), before, places)
    return f"{'增长' if change > 0 else '下降'}{rate}" if change else "持平"


def _round(value: Value, places: Value) -> Decimal:
    return formats.round_half_up(number(value), _places(places))


def _scaled(size: int, unit: str) -> Callable[..., str]:
    def scale(value: Value, places: Value | None = None) -> str:
        scaled = Fraction(number(value)) / size
        return written(scaled if places is None else _round(scaled, places)) + unit

    return scale


def _thousands(value: Value) -> str:
    exact = number(value)
    return formats.thousands(exact if isinstance(exact, int | Decimal) else Decimal(written(exact)))


def _numeral(value: Value) -> str:
    try:
        return formats.chinese_numeral(_whole(value))
    except ValueError:
        raise Fault("number-too-large") from None


def _year(value: Value) -> str:
    return formats.chinese_year(_whole(value))


def _absolute(value: Value) -> Value:
    exact = number(value)
    if isinstance(exact, Decimal):
        return exact.copy_abs()
    return abs(exact) if isinstance(exact, int) else Fraction(abs(exact.numerator), exact.denominator)


def _date(value: Value) -> Date:
    day = formats.parse_date(value) if isinstance(value, str) else value
    if not isinstance(day, Date):
        raise Fault("not-a-date")
    return day


FILTERS: Final[Mapping[str, Filter]] = MappingProxyType(
    {
        "占比": Filter(_share, ("总数",), ("位数",)),
        "增长": Filter(_growth, ("上年",), ("位数",)),
        "保留": Filter(_round, ("位数",)),
        "绝对值": Filter(_absolute),
        "千分位": Filter(_thousands),
        "万": Filter(_scaled(10**4, "万"), (), ("位数",)),
        "亿": Filter(_scaled(10**8, "亿"), (), ("位数",)),
        "万元": Filter(_scaled(10**4, "万元"), (), ("位数",)),
        "亿元": Filter(_scaled(10**8, "亿元"), (), ("位数",)),
        "中文数字": Filter(_numeral),
        "中文年份": Filter(_year),
        "日期": Filter(_date),
    }
)

"""A text in; every number in it, in digits or Chinese numerals, and what kind of number it is, out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from reportgen.model.formats import parse_chinese_numeral

FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．％－", "0123456789.%-")
"""One character for one, so that places stay."""
HANZI: Final = "零〇一二两三四五六七八九十百千万亿"
SCALES: Final = {"": 0, "百": 2, "千": 3, "万": 4, "亿": 8, "万亿": 12}
NUMBERS: Final = re.compile(
    r"(?P<arabic>[0-9]{1,3}(?:[,，\u2009\u202f][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    rf"|(?P<share>百分之)(?P<parts>[0-9.]+|[{HANZI}点]+)|(?P<hanzi>[{HANZI}]+)"
)
SEPARATORS: Final = re.compile("[,，\u2009\u202f]")
SHARE: Final = re.compile(r"\s?(?:个百分点|[%‰])")
CALENDAR: Final = re.compile(r"\s?(?:年|月|日|时|点钟|周年|世纪|届|号|分钟?(?!别))")
YEAR: Final = re.compile(r"\s?年")
RANGE: Final = re.compile(r"\s?(?:[-—–~～]|至|到)\s?[0-9]")
RANGE_END: Final = re.compile(r"[0-9]\S{0,2}(?:[-—–~～]|至|到)\s?$")
ADDRESS: Final = re.compile(r"(?:电话|传真|热线|邮编|邮政编码|手机|网址|邮箱|号码|编号|文号)[^，。；]{0,12}$")
IN_A_NAME: Final = re.compile(r"[A-Za-z@/_\\.#-]$")
ORDINAL_HEAD: Final = re.compile(r"(?:^|[。；：:\n　])\s?[（(]?$")
ORDINAL_TAIL: Final = re.compile(r"[、.．)）](?![0-9])|是")
BEFORE: Final = re.compile(
    r"(不少于|不低于|至少|不超过|不足|不到|超过|突破|多达|将近|接近|大约|约为|约|近|超|逾)[约为达]?\s?$"
)
BOUNDS: Final = {
    **dict.fromkeys(("超过", "突破", "超", "逾", "余", "多", "以上"), "over"),
    **dict.fromkeys(("将近", "接近", "近", "不足", "不到"), "under"),
    **dict.fromkeys(("大约", "约", "约为", "左右", "上下"), "about"),
    **dict.fromkeys(("不少于", "不低于", "至少"), "least"),
    **dict.fromkeys(("不超过", "以内", "以下"), "most"),
}
"""What a word by a number does to it."""
COMPARED: Final = re.compile(r"[比较][^，。；]{1,8}多$")
"""比去年多六件: here 多 says by how much, and is not vague."""
VAGUE: Final = "数几好每第逐某任多同另头首前后再这那哪末单"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text, its unit with it, from `start` to `end`.

    `value` is in single units (1.2万 is 12000), `step` what its last printed digit is worth.
    `sense` is `count`, `share` (in percent), `points`, `year`, `date`, `name` (part of a name, an address, an
    ordinal) or `range`; `bound` says that it is only about right: `over`, `under`, `about`, `least`, `most`.
    `scale` is 万 and the like.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: str = ""
    sense: str = "count"
    bound: str = ""
    scale: str = ""

    @property
    def places(self) -> int:
        """The decimals it is printed with."""
        exponent = self.step.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


def scan(text: str, counters: Sequence[str]) -> tuple[Numeral, ...]:
    """The numbers of a text in order; `counters` are the words that count things."""
    plain, tail = text.translate(FULL_WIDTH), _tail(tuple(counters))
    return tuple(_scan(plain, tail))


@cache
def _tail(counters: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(counters, key=len, reverse=True)))
    return re.compile(
        rf"\s?(?P<more>[余多])?\s?(?P<scale>万亿|[百千万亿])?(?P<odd>[余多])?\s?(?P<unit>{words})?"
        "(?P<side>以上|以下|以内|左右|上下)?"
    )


def _scan(text: str, tail: re.Pattern[str]) -> Iterator[Numeral]:
    place = 0
    while match := NUMBERS.search(text, place):
        found = _read(text, match, tail)
        place = found.end if found else match.end()
        if found:
            yield found


def _read(text: str, match: re.Match[str], tail: re.Pattern[str]) -> Numeral | None:
    if match["share"]:
        return _share_in_words(match)
    if match["hanzi"]:
        return _in_words(text, match, tail)
    digits = SEPARATORS.sub("", match[0])
    value = Decimal(digits)
    step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    numeral = Numeral(match.start(), match.end(), value, step)
    return _with_sense(text, numeral) or _counted(text, numeral, tail)


def _with_sense(text: str, numeral: Numeral) -> Numeral | None:
    """A number that counts nothing: a share, a date, part of a name; None when it may count."""
    before, end = text[max(0, numeral.start - 24) : numeral.start], numeral.end
    if share := SHARE.match(text, end):
        sense = "points" if "点" in share[0] else "share"
        return replace(numeral, end=share.end(), sense=sense, bound=_bound(before, ""))
    if before[-1:] in tuple("第〔[【") and before[-1:]:
        return replace(numeral, sense="name")
    if YEAR.match(text, end) and 1900 <= numeral.value < 2100:
        return replace(numeral, sense="year")
    if CALENDAR.match(text, end):
        return replace(numeral, sense="date")
    if (
        IN_A_NAME.search(before)
        or ADDRESS.search(before)
        or (text[end : end + 1].isascii() and text[end : end + 1].isalpha())
    ):
        return replace(numeral, sense="name")
    if (
        text[end : end + 2].startswith("-")
        and text[end + 1 : end + 2].isdigit()
        and numeral.end - numeral.start > 2
    ):
        return replace(numeral, sense="name")
    if ORDINAL_HEAD.search(before) and ORDINAL_TAIL.match(text, end):
        return replace(numeral, sense="name")
    if RANGE.match(text, end) or RANGE_END.search(before):
        return replace(numeral, sense="range")
    return None


def _counted(text: str, numeral: Numeral, tail: re.Pattern[str]) -> Numeral:
    match = tail.match(text, numeral.end)
    assert match
    before = text[max(0, numeral.start - 6) : numeral.start]
    scale = match["scale"] or ""
    factor = Decimal(1).scaleb(SCALES[scale])
    side = match["side"] or match["more"] or match["odd"] or ""
    return replace(
        numeral,
        end=max(numeral.end, len(text[: match.end()].rstrip())),
        value=numeral.value * factor,
        step=numeral.step * factor,
        unit=match["unit"] or "",
        bound=_bound(before, side),
        scale=scale,
        sense="range" if RANGE.match(text, match.end()) else "count",
    )


def _bound(before: str, side: str) -> str:
    word = BEFORE.search(before)
    return BOUNDS.get(side) or (BOUNDS[word[1]] if word and word[1] in BOUNDS else "over" if word else "")


def _in_words(text: str, match: re.Match[str], tail: re.Pattern[str]) -> Numeral | None:
    """A Chinese numeral with a word that counts behind it; without one it is mostly part of a name."""
    before = text[max(0, match.start() - 12) : match.start()]
    if before[-1:].isdigit() or (before[-1:] in tuple(VAGUE) and not COMPARED.search(before)):
        return None
    value = read_hanzi(match[0])
    if value is None:
        return None
    step = Decimal(1)
    while value and value % (step * 10) == 0 and match[0][-1:] in "十百千万亿":
        step *= 10
    numeral = _counted(text, Numeral(match.start(), match.end(), Decimal(value), step), tail)
    if not numeral.unit or numeral.scale:
        return None
    return numeral if numeral.bound else replace(numeral, step=Decimal(1))


def _share_in_words(match: re.Match[str]) -> Numeral | None:
    whole, point, rest = match["parts"].translate({ord("."): "点"}).partition("点")
    digits = "".join(
        str(max("零一二三四五六七八九".find(letter), 0)) if not letter.isdigit() else letter
        for letter in rest
    )
    value = int(whole) if whole.isdigit() else read_hanzi(whole)
    if value is None:
        return None
    written = f"{value}.{digits}" if point and digits else str(value)
    return Numeral(
        match.start(), match.end(), Decimal(written), Decimal(1).scaleb(-len(digits)), sense="share"
    )


def read_hanzi(text: str) -> int | None:
    """The number of a Chinese numeral, also as it is spoken: 两百零五, 一百; None for anything else."""
    text = text.replace("两", "二").replace("〇", "零")
    if text[:1] in tuple("百千万"):
        text = "一" + text
    if text.startswith("一十"):
        text = text[1:]
    return parse_chinese_numeral(text)

"""Texts in; numbers and names in them that belong to a person out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.formats import parse_date
from reportgen.model.review.lint.slips import FOREIGN
from reportgen.model.review.texts import Stretch, pattern
from reportgen.model.values import Date, Prose

if TYPE_CHECKING:
    from reportgen.model.review.guide import Task

WIDE: Final = str.maketrans("０１２３４５６７８９Ｘｘ－　", "0123456789Xx- ")
LONG: Final = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){10,18}[Xx]?(?![0-9A-Za-z])")
"""Eleven to nineteen digits, also in groups."""
GROUP: Final = re.compile("[0-9]{11,18}[0-9Xx]?")
MOBILE: Final = re.compile(r"(?:86)?(1[3-9][0-9]{9})")
COUNTED: Final = re.compile(r" ?(?:[人件条次元个项份篇万亿户家平]|余)")
"""What follows a number that counts something."""
YOUNG: Final = 10
"""Years: who is younger makes no application; a number with such a date is one of a register."""
IDENTITY: Final = re.compile("身份|公民号码")
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS: Final = "10X98765432"
SHOWN: Final = 3
"""Digits told at both ends of a number."""
BEFORE: Final = 15


def find_personal_data(task: Task) -> Iterator[Diagnostic]:
    """Identity numbers, bank cards, mobile numbers other than the contact's, names of applicants.

    `contact` names the field of the contact; in `public` fields a mobile number after the words of `words` is
    one as well. `names` matches a name in its first group.
    """
    contact = digits_of(task.subject.report.values.get(task.data["contact"]))
    for passage in task.subject.passages:
        text = passage.text.translate(WIDE)
        addresses = [match.span() for match in FOREIGN.finditer(text)]
        for start, end in numbers_in(text):
            number, place = re.sub("[ -]", "", text[start:end]), Stretch(passage, start, end)
            code = kind_of(number)
            is_address = any(first <= start < last for first, last in addresses)
            if code and not is_address and not is_excused(task, code, number, place, contact):
                yield task.find(place, code, text=masked(number))
        for match in pattern(task.data["names"]).finditer(text):
            yield task.find(Stretch(passage, *match.span(1)), "personal-name", text=match[1])


def is_excused(task: Task, code: str, number: str, place: Stretch, contact: str) -> bool:
    """Whether a number may stand there: the office's own mobile, a count, a number of a register."""
    before, after = place.around(BEFORE, 2)
    if code == "personal-mobile":
        may_call = place.passage.field in task.data["public"] and pattern(task.data["words"]).search(before)
        return number[-11:] in contact or bool(may_call or COUNTED.match(after))
    return code == "personal-identity" and is_young(number, task) and not IDENTITY.search(before)


def numbers_in(text: str) -> Iterator[tuple[int, int]]:
    """Where long numbers stand; of digits in groups that are nobody's together, each group."""
    for match in LONG.finditer(text):
        if kind_of(re.sub("[ -]", "", match[0])):
            yield match.span()
        else:
            yield from (group.span() for group in GROUP.finditer(text, *match.span()))


def is_young(number: str, task: Task) -> bool:
    """Whether the date in an identity number is of the last years before the end of the report's."""
    report = task.subject.report
    year = task.subject.texts.get(report.kind.fields["year"], "")
    return year.isdigit() and int(number[6:10]) > int(year) - YOUNG


def kind_of(number: str) -> str:
    """The code for what a number is; empty when it is nobody's."""
    if is_identity(number):
        return "personal-identity"
    if MOBILE.fullmatch(number):
        return "personal-mobile"
    return "personal-card" if is_card(number) else ""


def is_identity(number: str) -> bool:
    """Whether it is a citizen's number: eighteen characters, a date, the check digit of GB 11643."""
    if len(number) != len(WEIGHTS) + 1 or not number[:-1].isdigit():
        return False
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return CHECKS[total % len(CHECKS)] == number[-1].upper() and isinstance(parse_date(born), Date)


def is_card(number: str) -> bool:
    """Whether it is the number of a bank card: sixteen to nineteen digits, the check digit of Luhn."""
    if not (number.isdigit() and 16 <= len(number) <= 19 and number[0] in "3456"):
        return False
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def digits_of(value: object) -> str:
    """All digits that stand in a field."""
    match value:
        case Mapping():
            return " ".join(map(digits_of, value.values()))
        case Prose():
            return re.sub("[ -]", "", str(value).translate(WIDE))
    return ""


def masked(number: str) -> str:
    """A number that is told without being repeated."""
    return f"{number[:SHOWN]}…{number[-SHOWN:]}"

"""Texts in; numbers and names in them that belong to a person out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.formats import parse_date
from reportgen.model.review.passages import Passage
from reportgen.model.review.texts import Stretch, pattern
from reportgen.model.values import Date, Prose

if TYPE_CHECKING:
    from reportgen.model.review.guide import Task

WIDE: Final = str.maketrans("０１２３４５６７８９Ｘｘ－　", "0123456789Xx- ")
LONG: Final = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){10,18}[Xx]?(?![0-9A-Za-z])")
"""Eleven to nineteen digits, also in groups."""
MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
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
        for match in LONG.finditer(text):
            number, place = re.sub("[ -]", "", match[0]), Stretch(passage, *match.span())
            code = kind_of(number)
            if code == "personal-mobile" and (number in contact or _is_public(task, passage, place)):
                continue
            if code:
                yield task.find(place, code, text=masked(number))
        for match in pattern(task.data["names"]).finditer(text):
            yield task.find(Stretch(passage, *match.span(1)), "personal-name", text=match[1])


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


def _is_public(task: Task, passage: Passage, place: Stretch) -> bool:
    before, _ = place.around(BEFORE, 0)
    return passage.field in task.data["public"] and bool(pattern(task.data["words"]).search(before))

"""A text in; percentages that are not what their parts and wholes come to, out: 6件，占28%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, Listed, Related
from reportgen.model.formats import round_half_up
from reportgen.model.review.figures.clauses import counts
from reportgen.model.review.figures.examination import Examination, Text
from reportgen.model.review.figures.named import SUMS
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.quantities import written
from reportgen.model.review.figures.vocabulary import Token

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

SAYS_SHARE: Final = ("占", "占比", "比例", "比重")
CHANGES: Final = ("增", "降", "升", "同比")
"""Words by which a percentage is a change."""
HUNDRED: Final = Decimal(100)
SLACK: Final = Decimal(3)
LOOSE: Final = 6
"""Unknown characters that may stand among the words of a share."""


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage and the number it is the share of."""

    percent: Token
    part: Token

    @property
    def printed(self) -> Numeral:
        """The percentage."""
        assert self.percent.number
        return self.percent.number

    @property
    def value(self) -> Decimal:
        """The part."""
        assert self.part.number
        return self.part.number.value


def find_shares(review: Review, found: Examination, text: Text) -> Iterator[Diagnostic]:
    """The percentages of a text that no whole makes, and shares of one whole that do not make 100 %."""
    for held, before in _held(found, text):
        wrong = [_find(review, text, *each) for each in held if each[1] and not is_sound(*each)]
        if wrong and None in found.totals:
            continue  # one still to be filled in may be the whole
        shares = [share for share, _ in held]
        yield from wrong or _find_sum(review, text, shares, [*before, *known_totals(found)])


def sound_shares(found: Examination, text: Text) -> Iterator[Share]:
    """The percentages of a text that come out."""
    for held, _ in _held(found, text):
        yield from (share for share, wholes in held if is_sound(share, wholes))


def _held(
    found: Examination, text: Text
) -> Iterator[tuple[list[tuple[Share, list[Decimal]]], list[Decimal]]]:
    """The shares of each sentence with what they may be parts of, and the numbers of the sentence before."""
    before: list[Decimal] = []
    for sentence in text.sentences:
        numbers = [token for token in sentence if counts(token)]
        shares = list(read_shares(sentence))
        yield [(share, _wholes(share, shares, numbers, before, found)) for share in shares], before
        before = [token.number.value for token in numbers if token.number] or before


def is_sound(share: Share, wholes: Sequence[Decimal]) -> bool:
    """Whether the percentage is the part in any of these wholes."""
    return any(is_share(share, whole) for whole in wholes)


def read_shares(sentence: Sequence[Token]) -> Iterator[Share]:
    """The percentages of a sentence that are said to be shares, with the number before them.

    Several in a row after 分别 are those of as many numbers: 301宗、71宗，分别占80.92%、19.08%.
    """
    part: Token | None = None
    said = parted = False
    parts: list[Token] = []
    row: list[Token] = []
    for at, token in enumerate(sentence):
        if counts(token):
            part, said, row, parted = token, False, [], False
            parts.append(token)
        elif token.kind == "break":
            parted = True
        elif parted and token.word in SUMS:
            part = summed(parts)
        elif token.kind in ("act", "column") and parted and not said:
            part = None
        elif any(word in token.word for word in CHANGES):
            part, row = None, []
        elif token.kind == "apiece":
            row = parts[-max(1, in_a_row(sentence[at + 1 :])) :]
        elif token.word in SAYS_SHARE or token.kind in ("open", "close"):
            said = token.kind != "close"
        elif token.kind == "unknown" and "率" in token.word:
            part = None
        elif token.number and token.number.sense == "share":
            if row:
                part, said = row.pop(0), True
            if part and said and part.number and not part.number.bound and not token.number.bound:
                yield Share(token, part)
            part, said = None, False


def summed(parts: Sequence[Token]) -> Token | None:
    """Two numbers that are told together, as one: 4件、2件，合计占46.2%."""
    if len(parts) < 2 or not (one := parts[-2].number) or not (other := parts[-1].number):
        return None
    if one.unit != other.unit or one.bound or other.bound:
        return None
    word = f"{parts[-2].word}、{parts[-1].word}"
    return parts[-1]._replace(word=word, number=replace(other, value=one.value + other.value))


def in_a_row(tokens: Sequence[Token]) -> int:
    """How many percentages follow each other."""
    found = 0
    for token in tokens:
        if token.number and token.number.sense == "share":
            found += 1
        elif token.kind not in ("join", "filler", "fillers") and token.word not in SAYS_SHARE:
            break
    return found


def is_share(share: Share, whole: Decimal) -> bool:
    """Whether the percentage is the part in that whole, halves up to the printed digits."""
    if whole <= 0:
        return False
    return round_half_up(share.value * 100 / whole, share.printed.places) == share.printed.value


def _wholes(
    share: Share,
    shares: Sequence[Share],
    numbers: Sequence[Token],
    before: Sequence[Decimal],
    found: Examination,
) -> list[Decimal]:
    """What the part may be a share of, never nothing: a number before it, all its siblings, a total."""
    part = share.value
    near = [token.number.value for token in numbers if token.number and token.start < share.part.start]
    siblings = [each.value for each in shares]
    closed = sum(siblings, Decimal(0))
    percents = sum((each.printed.value for each in shares), Decimal(0))
    wholes, totals = [*near, *before], known_totals(found)
    if len(siblings) > 1 and abs(percents - HUNDRED) < SLACK:
        wholes.append(closed)
    if wholes:
        wholes += totals
    if (
        len(siblings) > 1
        and closed
        and closed in (*before, *totals)
        and abs(percents - HUNDRED) <= slack_of(shares)
    ):
        return [closed]
    return [whole for whole in dict.fromkeys(wholes) if whole and whole >= part]


def _find(review: Review, text: Text, share: Share, wholes: Sequence[Decimal]) -> Diagnostic:
    whole = min(wholes, key=lambda each: abs(share.value * 100 / each - share.printed.value))
    computed = round_half_up(share.value * 100 / whole, share.printed.places)
    assert share.part.number
    part = share.part
    return review.find(
        "prose-share-differs",
        text.line.place(share.percent.start, share.percent.end),
        text.line.path,
        related=(Related(text.line.place(part.start, part.end), text.line.path, part.word),),
        given=share.percent.word,
        part=part.word,
        whole=written(whole),
        computed=f"{computed:f}%",
    )


def known_totals(found: Examination) -> list[Decimal]:
    """The totals of the tables, as far as they are known."""
    return [total for total in found.totals if total is not None]


def slack_of(shares: Sequence[Share]) -> Decimal:
    """By how much the percentages may miss 100 when each is rounded."""
    return sum((share.printed.step / 2 for share in shares), Decimal(0))


def _find_sum(
    review: Review, text: Text, shares: Sequence[Share], wholes: Sequence[Decimal]
) -> Iterator[Diagnostic]:
    """Shares that are right each, but of different wholes, though they are all parts of one."""
    total = sum((share.printed.value for share in shares), Decimal(0))
    slack = slack_of(shares)
    whole = sum((share.value for share in shares), Decimal(0))
    if len(shares) < 2 or whole not in wholes or not slack < abs(total - HUNDRED) < SLACK:
        return
    first, last = shares[0].percent, shares[-1].percent
    yield review.find(
        "prose-shares-sum",
        text.line.place(first.start, last.end),
        text.line.path,
        given=Listed(share.percent.word for share in shares),
        computed=f"{total:f}%",
    )

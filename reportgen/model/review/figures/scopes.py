"""A number among its words in; whether it may count more or less than the tables do out."""

from __future__ import annotations

from typing import Final

from reportgen.model.review.figures.clauses import Place, counts
from reportgen.model.review.figures.named import Setting
from reportgen.model.review.figures.numerals import Numeral

OWN: Final = ("我", "本")
"""How words for the organ itself begin."""


def is_doubtful(place: Place, setting: Setting) -> bool:
    """Whether a difference from the tables may be no contradiction: of another area, of papers, of a part."""
    return is_wider(place, setting) or is_of_papers(place, setting) or is_run_on(place)


def is_wider(place: Place, setting: Setting) -> bool:
    """Whether an office speaks of its whole area (`wider`), and not of itself again since.

    A government, an organ that ends in a word of `areas`, means its own figures by 全市.
    """
    if setting.organ.endswith(tuple(setting.listed("areas"))):
        return False
    wider, is_wide = setting.listed("wider"), False
    for token in place.sentence:
        if token.end > place.token.start:
            break
        is_wide = token.word in wider or (is_wide and not token.word.startswith(OWN))
    return is_wide


def is_of_papers(place: Place, setting: Setting) -> bool:
    """Whether documents (`papers`) are counted by what is public of them: 发文9件，不予公开5件."""
    words = "".join(token.word for token in place.sentence if token.end <= place.token.start)
    return any(word in words for word in setting.listed("papers"))


def is_sorted_paper(place: Place, topic: str, setting: Setting) -> bool:
    """Whether documents were counted first, and nothing was done since: 公文9件，其中不予公开5件."""
    ahead = [token for token in place.sentence if token.end <= place.token.start]
    first = next((at for at, token in enumerate(ahead) if counts(token)), 0)
    words = "".join(token.word for token in ahead[:first])
    if not any(word in words for word in setting.listed("papers")):
        return False
    acts = [token.name for token in ahead[first:] if token.kind == "act"]
    return not any(setting.ledger.quantity(topic, act) for act in acts if not setting.ledger.topic_of(act))


def is_within(place: Place, setting: Setting) -> bool:
    """Whether it goes on from a time limit (a unit of `limits`): 10个工作日内答复14件."""
    number, limits = _number_ahead(place), setting.listed("limits")
    if number is None:
        return False
    behind = number.unit or "".join(token.word for token in place.clause)
    return behind.startswith(tuple(limits))


def is_rest(place: Place, setting: Setting) -> bool:
    """Whether a number says what is left over (`rest`): 余1件, 除1件外."""
    rest = setting.listed("rest")
    return any(token.word in rest for token in place.clause)


def is_run_on(place: Place) -> bool:
    """Whether it goes on from a number of the same unit without a mark: 新收的26件办结24件."""
    number, own = _number_ahead(place), place.token.number
    return bool(number and own and number.unit == own.unit)


def _number_ahead(place: Place) -> Numeral | None:
    """The number that no mark parts from the words before this one."""
    if not place.clause or place.clause[0].kind == "join":
        return None
    ahead = [token for token in place.sentence if token.end <= place.clause[0].start]
    return ahead[-1].number if ahead and counts(ahead[-1]) else None

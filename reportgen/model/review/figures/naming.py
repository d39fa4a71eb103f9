"""The words of a text in; what each of its numbers counts, as far as the words around it tell, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportgen.model.review.figures.clauses import (
    PARTING,
    RELEVANT,
    Place,
    Tokens,
    letters,
    places,
)
from reportgen.model.review.figures.enumerations import Enumeration
from reportgen.model.review.figures.meanings import OTHER
from reportgen.model.review.figures.named import (
    SUMS,
    Named,
    is_among,
    is_apiece,
    is_bracketed,
    is_difference,
    is_joined,
    is_repeated,
    label_of,
    names_part,
    unit_behind,
)
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.quantities import Quantity
from reportgen.model.review.figures.scopes import is_doubtful, is_rest, is_sorted_paper, is_within
from reportgen.model.review.figures.times import (
    COMPARING,
    brings_over,
    is_now,
    is_other_year,
    is_then,
    names_year,
)
from reportgen.model.review.figures.vocabulary import Token

SAYS_NOTHING: Final = ("unknown", "fillers", "filler", "join", "open", "close", "column", "neutral")
"""Kinds of words that change neither what is spoken of nor the time."""


def _is_whole(token: Token) -> bool:
    """Whether a word says that all is counted again."""
    return token.kind == "whole" or token.word in SUMS


@dataclass(slots=True)
class Namer(Enumeration):
    """Reads the sentences of one text. `topic` is what is being spoken of, `topics` where that changed."""

    carried: str = ""
    in_period: bool = False
    in_part: bool = False
    of_part: bool = False
    in_other: bool = False
    crossed: bool = False
    known: str = ""
    outer: tuple[tuple[str, str], str] | None = None
    topics: list[tuple[int, str]] = field(default_factory=list)

    def read(self, sentences: Sequence[Tokens]) -> Iterator[Named]:
        """Every number of a text that counts something, in order."""
        self.carried, self.known = self.setting.topic, ""
        for sentence in sentences:
            self._begin(sentence)
            done = 0
            for place in places(sentence):
                outside = self.in_period
                self._hear(place.head)
                yield self._name(place)
                passing = is_bracketed(place) or self._tells_past_alone(place.clause)
                self.in_period = outside if passing else self.in_period
                done = place.token.end
            self._hear([token for token in sentence if token.start >= done])
            if not done and self.topic != OTHER:
                self.carried = self.topic

    def _begin(self, sentence: Tokens) -> None:
        self.topic, self.lead = (self.known if self.carried == OTHER else self.carried), ""
        self.is_vague = self.carried == OTHER and bool(self.known)
        self.in_period = self.in_part = self.of_part = self.in_other = False
        self.crossed = self.published = False
        self.queue, self.is_first = [], True
        self.goes_on, self.is_sorted, self.base = sentence[0].kind == "among", False, None
        self.outer, self.running = None, ""
        self.latest = self.latest if self.goes_on else None

    def _hear(self, tokens: Sequence[Token]) -> None:
        """Take in the words up to a number: what is spoken of, and of which time."""
        before = ""
        for token in tokens:
            if token.kind in SAYS_NOTHING:
                before = token.word
                continue
            topic = self._topic_of(token)
            if topic:
                self.topic = topic
                self.known = "" if topic == OTHER else self.known
                self.is_vague = False
                self.topics.append((token.start, topic))
            if token.word in PARTING:
                self.published = self.in_part = self.of_part = self.in_other = False
            if token.kind == "sorting":
                self.in_part, self.goes_on, self.is_sorted = False, True, True
            if token.kind == "among" and not self.is_first:
                self.in_other = self.latest is None and self.topic == OTHER
            is_then = token.kind == "earlier" or is_other_year(token, self.setting.year)
            if token.kind == "periods" or (is_then and not before.endswith(COMPARING)):
                self.in_period = True
            elif is_now(token) or names_year(token) or brings_over(token, self.setting.year):
                self.in_period = False
            before = token.word

    def _name(self, place: Place) -> Named:
        numeral, year = place.token.number, self.setting.year
        assert numeral
        self._step_out(is_bracketed(place))
        if is_repeated(place):
            quantity = self.latest
        else:
            quantity = self._queued(place) if self.queue or is_apiece(place.clause) else self._resolve(place)
        then = is_then(place, year) and not any(brings_over(token, year) for token in place.clause)
        earlier = quantity if then and self._is_told_plainly(place, quantity, numeral) else None
        part = then or self._is_part(place, quantity)
        if quantity and (part or not self._fits(quantity, numeral, place)):
            quantity = None
        self._remember(place, quantity)
        if quantity and (self.is_vague or is_doubtful(place, self.setting)):
            quantity = replace(quantity, is_soft=True)
        label = "" if quantity else label_of(place)
        return Named(numeral, place, quantity, self.topic, part, label, earlier)

    def _step_out(self, is_inside: bool) -> None:
        """Behind a closed bracket, go on from what was counted ahead of it; note that where one opens."""
        if not is_inside:
            self.base, self.unit = self.outer or (self.base, self.unit)
            self.outer = None
        elif self.outer is None and self.base:
            self.outer = self.base, self.unit

    def _remember(self, place: Place, quantity: Quantity | None) -> None:
        unit = place.token.number.unit if place.token.number else ""
        if not self.is_done:
            self.running = self._whole_topic(place, quantity)
        if quantity:
            self.topic, self.base, self.unit = quantity.key[0] or self.topic, quantity.key, unit
        elif self._says_another(place.clause) and not self._is_of_other_things(place):
            self.known = self.known if self.topic == OTHER else self.topic
            self.topic = OTHER
        self.latest, self.latest_unit, self.is_first = quantity, unit, False
        self._limit(place, quantity)
        column = next((token for token in place.clause if token.kind in ("column", "act")), None)
        if column and column.kind == "column":
            self.lead = column.name
        self.carried = self.topic

    def _whole_topic(self, place: Place, quantity: Quantity | None) -> str:
        """The topic when all of it is counted (`onward`), or nothing of it was done yet."""
        if quantity is None or any(token.kind == "column" for token in place.clause):
            return ""
        topic, act = quantity.key
        return topic if not act or act in self.setting.listed("onward") else ""

    def _limit(self, place: Place, quantity: Quantity | None) -> None:
        """Keep in mind what makes the numbers behind this one count only a part."""
        if not quantity and self._is_published(place.clause):
            self.published = True
        if any(token.kind == "parts" for token in place.clause) and names_part(place.clause):
            self.in_part, self.of_part = True, self.of_part or self._begins_part(place.clause)
        elif quantity:
            self.in_part = False
        self.crossed = self._crosses(place.clause) or (self.crossed and is_joined(place))

    def _says_another(self, clause: Tokens) -> bool:
        """Whether the words of a number that counts none of ours name something else."""
        known = [token for token in clause if token.kind in ("topic", "act")]
        if known and self.base is None and all(token.kind == "act" for token in known):
            return not any(self.setting.ledger.quantity(self.topic, token.name) for token in known)
        return not known and letters(clause) > 0

    def _is_of_other_things(self, place: Place) -> bool:
        """Whether a number says nothing of the topic: a change, or in a unit in which it is never counted."""
        if is_difference(place.clause):
            return True
        number, counters = place.token.number, self.setting.ledger.counters(self.topic)
        return bool(number and number.unit and counters and number.unit not in counters)

    def _fits(self, quantity: Quantity, numeral: Numeral, place: Place) -> bool:
        """Whether the word behind the number counts this, and the sentence says that it is meant."""
        near = self.setting.ledger.near(quantity.key[0])
        said = not near or any(near in token.word for token in place.sentence)
        unit = numeral.unit or unit_behind(place) or (self.unit if self.latest else "")
        return said and unit in quantity.counters

    def _is_told_plainly(self, place: Place, quantity: Quantity | None, numeral: Numeral) -> bool:
        """Whether a number of last year's can be held against last year's report without a doubt."""
        if quantity is None or quantity.is_soft or not self._fits(quantity, numeral, place):
            return False
        if sum(token.kind == "act" for token in place.clause) > 1 or is_apiece(place.clause):
            return False
        if any(map(is_now, place.clause)):
            return False
        return not names_part((*place.clause, *place.tail)) and not self._is_elsewhere(place.clause)

    def _is_part(self, place: Place, quantity: Quantity | None) -> bool:
        words = place.clause if is_rest(place, self.setting) and quantity else (*place.clause, *place.tail)
        if self.in_period or is_within(place, self.setting) or names_part(words):
            return True
        if quantity and is_sorted_paper(place, quantity.key[0], self.setting):
            return True
        self.of_part = self.of_part and not any(_is_whole(token) for token in place.clause)
        if self.of_part:
            return True
        if self.in_part and not any(token.kind in ("act", "topic") for token in place.clause):
            return not (quantity and is_rest(place, self.setting))
        has_act = any(token.kind == "act" for token in place.clause)
        if self.published and not has_act and is_among(place):
            return True
        if self.in_other and quantity is not None and not quantity.key[1]:
            return True
        if self._crosses(place.clause) or (self.crossed and is_joined(place)):
            return True
        return quantity is not None and not self._is_of_others() and self._is_elsewhere(place.clause)

    def _tells_past_alone(self, clause: Tokens) -> bool:
        """Whether a clause says 上年 of its own number only: 上年带来2件."""
        kinds = {token.kind for token in clause}
        return "earlier" in kinds and not kinds & {"act", "topic"}

    def _begins_part(self, clause: Tokens) -> bool:
        """Whether what is told from here on is of a part: 受理线上申请65件，办结62件."""
        has_act = any(token.kind == "act" for token in clause)
        return has_act and self.base is None and not self._is_published(clause)

    def _crosses(self, clause: Tokens) -> bool:
        """Whether two acts count together what only both hold for (`crossing`): 办结当年新收申请3件."""
        crossing = self.setting.data.get("crossing", {})
        for at, token in enumerate(clause):
            inner = crossing.get(token.name, "").split() if token.kind == "act" else ()
            for later in clause[at + 1 :] if inner else ():
                if later.kind in ("join", "open", "among"):
                    break
                if later.name in inner or later.kind in ("periods", "earlier"):
                    return True
        return False

    def _is_elsewhere(self, clause: Tokens) -> bool:
        """Whether another body is named before the words that count."""
        data = self.setting.data
        for token in clause:
            if token.kind in RELEVANT:
                return False
            if token.kind != "unknown" or token.word in self.setting.organ:
                continue
            for body in data.get("bodies", ()):
                at = token.word.find(body)
                if at > 0 and token.word[at - 1] not in data.get("own", ()):
                    return True
        return False

"""The words of a text in; what each of its numbers counts, as far as the words around it tell, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportgen.model.review.figures.clauses import (
    RELEVANT,
    Place,
    Tokens,
    counts,
    letters,
    places,
    sentences,
)
from reportgen.model.review.figures.enumerations import Enumeration
from reportgen.model.review.figures.meanings import OTHER
from reportgen.model.review.figures.named import (
    Named,
    is_among,
    is_apiece,
    is_difference,
    is_repeated,
    label_of,
    names_part,
    unit_behind,
)
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.quantities import Quantity
from reportgen.model.review.figures.scopes import is_doubtful, is_within
from reportgen.model.review.figures.times import COMPARING, is_now, is_other_year, is_then
from reportgen.model.review.figures.vocabulary import Token

PARTING: Final = ("；", ";")


@dataclass(slots=True)
class Namer(Enumeration):
    """Reads the sentences of one text. `topic` is what is being spoken of, `topics` where that changed."""

    carried: str = ""
    in_period: bool = False
    in_part: bool = False
    latest: Quantity | None = None
    topics: list[tuple[int, str]] = field(default_factory=list)

    def read(self, tokens: Sequence[Token]) -> Iterator[Named]:
        """Every number of a text that counts something, in order."""
        self.carried = self.setting.topic
        for sentence in sentences(tokens):
            self._begin()
            rest = list(sentence)
            for place in places(sentence):
                self._hear(place.head)
                yield self._name(place)
                rest = [token for token in rest if token.start >= place.token.end]
            self._hear(rest)
            if not any(counts(token) for token in sentence) and self.topic != OTHER:
                self.carried = self.topic

    def _begin(self) -> None:
        self.topic, self.base, self.lead = self.carried, None, ""
        self.in_period = self.in_part = self.published = False
        self.latest, self.queue, self.is_first = None, [], True

    def _hear(self, tokens: Sequence[Token]) -> None:
        """Take in the words up to a number: what is spoken of, and of which time."""
        before = ""
        for token in tokens:
            topic = self._topic_of(token)
            if topic:
                self.topic = topic
                self.topics.append((token.start, topic))
            if token.word in PARTING:
                self.published = False
            is_then = token.kind == "earlier" or is_other_year(token, self.setting.year)
            if token.kind == "periods" or (is_then and not before.endswith(COMPARING)):
                self.in_period = True
            elif is_now(token) or (token.number and token.number.sense == "year"):
                self.in_period = False
            before = token.word

    def _name(self, place: Place) -> Named:
        numeral = place.token.number
        assert numeral
        if is_repeated(place):
            quantity = self.latest
        else:
            quantity = self._queued(place) if self.queue or is_apiece(place.clause) else self._resolve(place)
        then = is_then(place, self.setting.year)
        earlier = quantity if then and self._is_told_plainly(place, quantity, numeral) else None
        part = then or self._is_part(place, quantity)
        if quantity and (part or not self._fits(quantity, numeral, place)):
            quantity = None
        self._remember(place, quantity)
        if quantity and is_doubtful(place, self.setting):
            quantity = replace(quantity, is_soft=True)
        label = "" if quantity else label_of(place)
        return Named(numeral, place, quantity, self.topic, part, label, earlier)

    def _remember(self, place: Place, quantity: Quantity | None) -> None:
        self.latest, self.is_first = quantity, False
        if quantity:
            self.topic, self.base = quantity.key[0] or self.topic, quantity.key
        elif not any(token.kind in ("topic", "act") for token in place.clause) and letters(place.clause):
            self.topic = self.topic if self._is_of_other_things(place) else OTHER
        if not quantity and self._is_published(place.clause):
            self.published = True
        if any(token.kind == "parts" for token in place.clause) and names_part(place.clause):
            self.in_part = True
        column = next((token for token in place.clause if token.kind in ("column", "act")), None)
        if column and column.kind == "column":
            self.lead = column.name
        self.carried = self.topic

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
        unit = numeral.unit or unit_behind(place)
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
        if self.in_period or is_within(place, self.setting) or names_part((*place.clause, *place.tail)):
            return True
        if self.in_part and not any(token.kind in ("act", "topic") for token in place.clause):
            return True
        has_act = any(token.kind == "act" for token in place.clause)
        if self.published and not has_act and is_among(place):
            return True
        return quantity is not None and self._is_elsewhere(place.clause)

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

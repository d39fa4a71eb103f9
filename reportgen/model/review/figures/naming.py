"""The words of a text in; what each of its numbers counts, as far as the words around it tell, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportgen.model.review.figures.clauses import (
    RELEVANT,
    Place,
    Tokens,
    chain,
    counts,
    letters,
    places,
    sentences,
)
from reportgen.model.review.figures.named import (
    Named,
    Setting,
    ahead,
    following,
    is_among,
    is_apiece,
    is_difference,
    is_of_next,
    is_repeated,
    label_of,
    names_part,
    thing_behind,
    together,
    unit_behind,
    until_apiece,
)
from reportgen.model.review.figures.numerals import Numeral
from reportgen.model.review.figures.quantities import Quantity
from reportgen.model.review.figures.vocabulary import Token

OTHER: Final = "?"
"""The topic of what is none of the kind's."""
LOOSE: Final = 6
"""Unknown characters that may stand between a word of one meaning and its number."""
TAIL: Final = 12
ALL_YEAR: Final = "全年"
"""Of a whole year, whichever is spoken of."""
SHORT: Final = 10
PARTING: Final = ("；", ";")
COMPARING: Final = ("较", "比", "与", "同")


def is_now(token: Token) -> bool:
    """Whether a word says that this whole year is meant."""
    return token.kind == "whole" and token.word != ALL_YEAR


@dataclass(slots=True)
class Namer:
    """Reads the sentences of one text. `topic` is what is being spoken of, `topics` where that changed."""

    setting: Setting
    topic: str = ""
    carried: str = ""
    in_period: bool = False
    in_part: bool = False
    published: bool = False
    lead: str = ""
    latest: Quantity | None = None
    is_first: bool = True
    base: tuple[str, str] | None = None
    queue: list[Quantity | None] = field(default_factory=list)
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
            is_then = token.kind == "earlier" or self._is_other_year(token)
            if token.kind == "periods" or (is_then and not before.endswith(COMPARING)):
                self.in_period = True
            elif is_now(token) or (token.number and token.number.sense == "year"):
                self.in_period = False
            before = token.word

    def _topic_of(self, token: Token) -> str:
        match token.kind:
            case "topic":
                return token.name
            case "foreign":
                return OTHER
            case "act":
                return self.setting.ledger.topic_of(token.name)
        return ""

    def _is_other_year(self, token: Token) -> bool:
        number = token.number
        return bool(number and number.sense == "year" and number.value != self.setting.year)

    def _name(self, place: Place) -> Named:
        numeral = place.token.number
        assert numeral
        if is_repeated(place):
            quantity = self.latest
        else:
            quantity = self._queued(place) if self.queue or is_apiece(place.clause) else self._resolve(place)
        then = self._is_then(place)
        earlier = quantity if then and self._is_told_plainly(place, quantity, numeral) else None
        part = then or self._is_part(place, quantity)
        if quantity and (part or not self._fits(quantity, numeral, place)):
            quantity = None
        self._remember(place, quantity)
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

    def _is_then(self, place: Place) -> bool:
        """Whether a number is last year's: its clause, or one of nothing else ahead of it, says the time."""
        if self._is_past(place.clause):
            return True
        alone = all(self._is_time(token) for token in place.before)
        return alone and self._is_past(place.before) and not any(map(is_now, place.clause))

    def _is_past(self, tokens: Tokens) -> bool:
        """Whether last year is named, and not only to compare with."""
        before = ""
        for token in tokens:
            if self._is_last_year(token) and not before.endswith(COMPARING):
                return True
            before = token.word
        return False

    def _is_time(self, token: Token) -> bool:
        return token.kind in ("fillers", "filler", "whole") or self._is_last_year(token)

    def _is_last_year(self, token: Token) -> bool:
        number = token.number
        if number and number.sense == "year":
            return number.value == self.setting.year - 1
        return token.kind == "earlier"

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
        if self.in_period or names_part((*place.clause, *place.tail)):
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

    # What the words mean

    def _resolve(self, place: Place) -> Quantity | None:
        clause = place.clause
        found = self._in_clause(clause, place)
        if found is None and not any(self._is_firm(token) for token in clause):
            found = self._behind(place)
        return self._softened(found, clause) if found else None

    def _softened(self, found: Quantity, clause: Tokens) -> Quantity:
        """The quantity as this clause has it: of what was published, of a column named ahead of all acts."""
        ledger, act = self.setting.ledger, found.key[1]
        if self.lead and not any(token.kind == "column" for token in clause):
            other = ledger.quantity(*found.key, self.lead)
            found = replace(found, readings=found.readings + (other.readings if other else ()))
        is_listed = self.published and not any(token.kind == "act" for token in clause)
        is_soft = (is_listed or self._is_published(clause)) and not (act and ledger.topic_of(act))
        return replace(found, is_soft=is_soft)

    def _is_published(self, clause: Tokens) -> bool:
        """Whether a clause speaks of what was published, which may be fewer."""
        soft = self.setting.data.get("soft", "").split()
        return any(token.word in soft for token in clause)

    def _is_firm(self, token: Token) -> bool:
        return token.kind == "act" and bool(self.setting.ledger.topic_of(token.name))

    def _in_clause(self, clause: Tokens, place: Place) -> Quantity | None:
        marks = [token for token in clause if token.kind in RELEVANT]
        if not marks:
            return None
        topics = [token for token in marks if token.kind == "topic"]
        firm = [token for token in marks if self._is_firm(token)]
        column = next((token for token in reversed(marks) if token.kind == "column"), None)
        topic = topics[-1] if topics else None
        if firm and not (topic and topic.start >= firm[-1].end and topic.name != self._topic_of(firm[-1])):
            last = max((firm[-1], topic, column), key=lambda token: token.end if token else 0)
            return (
                self._firm(clause, firm[-1], column) if last and self._is_close(clause, last, LOOSE) else None
            )
        if not self._is_close(clause, marks[-1], 0):
            return None
        if topic:
            return self._of_topic(clause, topic, column, place)
        if any(token.kind == "foreign" for token in clause) or letters(ahead(clause, marks[0])) > 2:
            return None
        acts = [token for token in marks if token.kind == "act"]
        if acts:
            return self._of_acts(thing_behind(place) or self.topic, chain(clause, acts[-1]), column)
        return self._of_columns(chain(clause, column)) if column else None

    def _is_close(self, clause: Tokens, last: Token, loose: int) -> bool:
        """Whether nothing but words without meaning stands between a word and the number."""
        rest = [token for token in clause if token.start >= last.end]
        if any(token.kind in ("foreign", "among", "number") for token in rest):
            return False
        if not loose and any(token.kind == "neutral" for token in rest):
            return False
        return letters(rest) <= loose

    def _firm(self, clause: Tokens, act: Token, column: Token | None) -> Quantity | None:
        acts = [token for token in chain(clause, act) if self._is_firm(token)]
        found = [self._ask(self._topic_of(token), token.name, column) for token in acts]
        return together(found)

    def _of_topic(self, clause: Tokens, topic: Token, column: Token | None, place: Place) -> Quantity | None:
        listed = chain(clause, topic)
        acts = [token for token in clause if token.kind == "act"] or self._acts_before(place)
        found = [self._with_act(token.name, acts, column) or self._alone(token, clause) for token in listed]
        if len(listed) == 1 and found[0] is None and column:
            return self._of_columns(chain(clause, column))
        return together(found)

    def _alone(self, topic: Token, clause: Tokens) -> Quantity | None:
        """What a topic counts without an act."""
        said = self.setting.ledger.said(topic.name)
        if said and not any(token.word in said for token in clause):
            return None
        return self.setting.ledger.quantity(topic.name)

    def _acts_before(self, place: Place) -> list[Token]:
        """The acts of the clause before, when this one only names the thing: 废止文件中，规范性文件…."""
        short = sum(token.end - token.start for token in place.before) <= SHORT
        return [token for token in place.before if token.kind == "act"] if short else []

    def _with_act(self, topic: str, acts: Sequence[Token], column: Token | None) -> Quantity | None:
        for act in reversed(acts):
            if found := self._of_acts(topic, chain(acts, act), column):
                return found
        return None

    def _of_acts(self, topic: str, acts: Tokens, column: Token | None) -> Quantity | None:
        """A topic under an act; of several acts in a row any may be meant."""
        found = [quantity for token in acts if (quantity := self._ask(topic, token.name, column))]
        if not found:
            return None
        readings = {reading.text: reading for quantity in found for reading in quantity.readings}
        return replace(found[-1], readings=tuple(readings.values()))

    def _of_columns(self, columns: Tokens) -> Quantity | None:
        """A column alone: of what was counted last; of the topic when nothing was in this sentence."""
        base = self.base or ((self.topic, "") if self.is_first else None)
        if base is None:
            return None
        return together([self.setting.ledger.quantity(*base, token.name) for token in columns])

    def _ask(self, topic: str, act: str, column: Token | None) -> Quantity | None:
        return self.setting.ledger.quantity(topic, act, column.name if column else "")

    def _behind(self, place: Place) -> Quantity | None:
        """What stands behind the number says it: 对3件申请作出不予公开答复."""
        clause, tail = place.clause, place.tail
        if letters(clause) or any(token.kind == "foreign" for token in (*clause, *tail)):
            return None
        if is_of_next(place):
            return None
        topics = [token.name for token in (*clause, *tail) if token.kind == "topic"]
        act = next((token for token in tail if self._is_firm(token)), None)
        column = next((token for token in tail if token.kind == "column"), None)
        if act and letters(ahead(tail, act)) <= TAIL:
            return self._ask(self._topic_of(act), act.name, column)
        acts = [token for token in tail if token.kind == "act"]
        if not topics or letters(tail) > LOOSE or not acts:
            return None
        return self._with_act(topics[0], acts, column)

    # 甲、乙、丙分别为1件、2件和3件

    def _queued(self, place: Place) -> Quantity | None:
        if not self.queue:
            self.queue = self._listed(place)
        elif any(token.kind not in ("join", "fillers", "filler", "number") for token in place.head):
            self.queue = []
            return self._resolve(place)
        return self.queue.pop(0) if self.queue else None

    def _listed(self, place: Place) -> list[Quantity | None]:
        """What the numbers from this one on count, in the order of the words before 分别."""
        clause = until_apiece(place.clause)
        marks = [token for token in clause if token.kind in RELEVANT]
        if not marks:
            return []
        lists = [listed for token in reversed(marks) if len(listed := chain(clause, token)) > 1]
        if not lists:
            return []
        found = [self._one_of(token, marks, lists[0]) for token in lists[0]]
        return found if len(found) == following(place) else [None] * following(place)

    def _one_of(self, token: Token, marks: Sequence[Token], listed: Tokens) -> Quantity | None:
        others = [mark for mark in marks if mark not in listed]
        acts = [mark for mark in others if mark.kind == "act"]
        if token.kind == "topic":
            return self._with_act(token.name, acts, None) or self.setting.ledger.quantity(token.name)
        if token.kind == "column":
            key = (self._topic_of(acts[-1]) or self.topic, acts[-1].name) if acts else self.base
            return self.setting.ledger.quantity(*key, token.name) if key else None
        topics = [mark.name for mark in others if mark.kind == "topic"]
        return self._ask(self._topic_of(token) or (topics[-1] if topics else self.topic), token.name, None)

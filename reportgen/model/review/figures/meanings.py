"""The words round a number in; what of the tables they mean out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportgen.model.review.figures.clauses import (
    RELEVANT,
    Place,
    Tokens,
    chain,
    letters,
)
from reportgen.model.review.figures.named import (
    Setting,
    ahead,
    is_of_next,
    thing_behind,
    together,
)
from reportgen.model.review.figures.quantities import Quantity
from reportgen.model.review.figures.vocabulary import Token

OTHER: Final = "?"
"""The topic of what is none of the kind's."""
LOOSE: Final = 6
"""Unknown characters that may stand between a word of one meaning and its number."""
TAIL: Final = 12
SHORT: Final = 10


@dataclass(slots=True)
class Meaning:
    """What words mean while a text is read.

    `topic` is spoken of, `base` was counted last, `lead` is a column named ahead of all acts.
    """

    setting: Setting
    topic: str = ""
    lead: str = ""
    published: bool = False
    is_first: bool = True
    base: tuple[str, str] | None = None

    def _topic_of(self, token: Token) -> str:
        match token.kind:
            case "topic":
                return token.name
            case "foreign":
                return OTHER
            case "act":
                return self.setting.ledger.topic_of(token.name)
        return ""

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

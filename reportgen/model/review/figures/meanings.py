"""The words round a number in; what of the tables they mean out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportgen.model.review.figures.clauses import (
    RELEVANT,
    Place,
    Tokens,
    behind_of,
    chain,
    letters,
)
from reportgen.model.review.figures.named import (
    Setting,
    ahead,
    either,
    is_joined,
    is_of_next,
    thing_behind,
    together,
)
from reportgen.model.review.figures.quantities import Quantity
from reportgen.model.review.figures.scopes import is_rest
from reportgen.model.review.figures.vocabulary import Token

OTHER: Final = "?"
"""The topic of what is none of the kind's."""
LOOSE: Final = 6
"""Unknown characters that may stand between a word of one meaning and its number."""
TAIL: Final = 12
SHORT: Final = 10
IN_TIME: Final = ("按", "如期")
"""How acts begin that hold of a part as well: 按期答复."""
QUIET: Final = ("fillers", "filler", "join", "among", "topic", "open", "close")


@dataclass(slots=True)
class Meaning:
    """What words mean while a text is read.

    `topic` is spoken of, `base` was counted last, in `unit`, `lead` is a column named ahead of all acts;
    `latest` is what the number before counts, in `latest_unit`; `running` is the topic of all of which parts
    are told, `is_done` whether the number before is such a part told behind it.
    """

    setting: Setting
    topic: str = ""
    lead: str = ""
    published: bool = False
    is_first: bool = True
    goes_on: bool = False
    is_sorted: bool = False
    base: tuple[str, str] | None = None
    unit: str = ""
    latest: Quantity | None = None
    latest_unit: str = ""
    running: str = ""
    is_done: bool = False
    is_vague: bool = False

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
        clause, self.is_done = place.clause, False
        found = self._in_clause(clause, place)
        if found is None and not any(self._is_firm(token) for token in clause):
            found = self._beside(place) or self._left(place) or self._behind(place) or self._told_ahead(place)
        return self._softened(found, clause) if found else None

    def _told_ahead(self, place: Place) -> Quantity | None:
        """What the clause before says, when this one only leads to the number: 由自然人提出，共103件."""
        leads = place.clause and all(token.kind in ("fillers", "filler") for token in place.clause)
        if not leads or is_rest(place, self.setting) or thing_behind(place):
            return None
        found = self._in_clause(place.before, place)
        return replace(found, is_soft=True) if found else None

    def _softened(self, found: Quantity, clause: Tokens) -> Quantity:
        """The quantity as this clause has it: of what was published, of a column named ahead of all acts."""
        ledger, act = self.setting.ledger, found.key[1]
        if self.lead and not any(token.kind == "column" for token in clause):
            other = ledger.quantity(*found.key, self.lead)
            found = replace(found, readings=found.readings + (other.readings if other else ()))
        is_listed = self.published and not any(token.kind == "act" for token in clause)
        is_soft = (is_listed or self._is_published(clause)) and not (act and ledger.topic_of(act))
        return replace(found, is_soft=found.is_soft or is_soft)

    def _is_published(self, clause: Tokens) -> bool:
        """Whether a clause speaks of what was published, which may be fewer."""
        soft = self.setting.listed("soft")
        return any(token.word in soft for token in clause)

    def _is_firm(self, token: Token) -> bool:
        return token.kind == "act" and bool(self.setting.ledger.topic_of(token.name))

    def _in_clause(self, clause: Tokens, place: Place) -> Quantity | None:
        marks = [token for token in clause if token.kind in RELEVANT]
        if not marks or any(token.kind == "deeds" for token in clause):
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
        if any(token.kind == "foreign" for token in clause) or not self._is_led(ahead(clause, marks[0])):
            return None
        acts = [token for token in marks if token.kind == "act"]
        if acts:
            return self._of_acts(thing_behind(place) or self._spoken(place), chain(clause, acts[-1]), column)
        return self._of_columns(chain(clause, column)) if column else None

    def _is_close(self, clause: Tokens, last: Token, loose: int) -> bool:
        """Whether nothing but words without meaning stands between a word and the number."""
        rest = [token for token in clause if token.start >= last.end]
        if any(token.kind in ("foreign", "among", "number") for token in rest):
            return False
        if not loose and any(token.kind == "neutral" for token in rest):
            return False
        return letters(rest) <= loose

    def _is_led(self, words: Tokens) -> bool:
        """Whether words ahead of a meaning do not change it: none unknown, or examples of it (律所等)."""
        if letters(words) <= 2 or words[-1].kind == "open-end":
            return True
        return self._is_of_others() and letters(words) <= LOOSE

    def _is_of_others(self) -> bool:
        """Whether others decide what is spoken of (`decided`): 司法部维持6件."""
        return self.base is not None and self.base[0] in self.setting.listed("decided")

    def _firm(self, clause: Tokens, act: Token, column: Token | None) -> Quantity | None:
        acts = [token for token in chain(clause, act) if self._is_firm(token)]
        found = together([self._ask(self._topic_of(token), token.name, column) for token in acts])
        sort = self._sort_before(clause, acts[0], column)
        return either([sort, found]) if sort and found and sort.is_within(found) else found

    def _sort_before(self, clause: Tokens, act: Token, column: Token | None) -> Quantity | None:
        """The act ahead of another, which may say of which sort it is: 不掌握信息无法提供; not with 等."""
        before = [token for token in clause if token.end <= act.start and token.kind in ("act", "open-end")]
        if not before or not self._is_firm(before[-1]):
            return None
        return self._ask(self._topic_of(before[-1]), before[-1].name, column)

    def _of_topic(self, clause: Tokens, topic: Token, column: Token | None, place: Place) -> Quantity | None:
        acts = [token for token in clause if token.kind == "act"] or self._acts_before(place)
        names = [token.name for token in chain(clause, topic)]
        found = [
            self._with_act(name, acts, column)
            or (None if acts else self._listed_on(name, place))
            or self._alone(name, clause)
            for name in names
        ]
        if len(names) == 1 and found[0] is None and column:
            return self._of_columns(chain(clause, column))
        return together(found)

    def _listed_on(self, topic: str, place: Place) -> Quantity | None:
        """A topic listed after another under the act of that one: 制定规章1部、规范性文件8件."""
        if not self.latest or not self.latest.key[1] or not is_joined(place):
            return None
        if topic == self.latest.key[0] or letters(place.clause):
            return None
        found = self.setting.ledger.quantity(topic, self.latest.key[1])
        return replace(found, is_soft=self.latest.is_soft) if found else None

    def _alone(self, topic: str, clause: Tokens) -> Quantity | None:
        """What a topic counts without an act."""
        said = self.setting.ledger.said(topic)
        if said and not any(token.word in said for token in clause):
            return None
        return self.setting.ledger.quantity(topic)

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
        base = self.base or ((self.topic, "") if self.is_first or self.goes_on else None)
        if base is None:
            return None
        return together([self.setting.ledger.quantity(*base, token.name) for token in columns])

    def _ask(self, topic: str, act: str, column: Token | None) -> Quantity | None:
        return self.setting.ledger.quantity(topic, act, column.name if column else "")

    def _beside(self, place: Place) -> Quantity | None:
        """What a word means only beside a figure of the topic (`beside`): 其中公开1件，…，其他3件."""
        if not self._goes_on(place):
            return None
        words = self.setting.data.get("beside", {})
        told = place.clause or place.tail
        said = "".join(token.word for token in told if token.kind not in QUIET or token.word in words)
        topic = self.latest.key[0] if self.latest else self.topic
        base, ledger = self.base or (topic, ""), self.setting.ledger
        asked = [ledger.named(topic, base, name) for name in words.get(said, ())]
        found = [quantity for quantity in asked if quantity]
        return replace(either(found), is_soft=True) if found else None

    def _left(self, place: Place) -> Quantity | None:
        """What is left over, told behind the number (`left`): 余1件按程序结转, 除1件正在审理外."""
        rest = is_rest(place, self.setting)
        if letters(place.clause) or not (rest or self._goes_on(place)):
            return None
        behind = "".join(token.word for token in (behind_of(place) if rest else place.tail))
        for act, words in self.setting.data.get("left", {}).items():
            found = self._ask(self.topic, act, None)
            if found and any(word in behind for word in words.split()):
                return replace(found, is_soft=True)
        return None

    def _goes_on(self, place: Place) -> bool:
        """Whether the number before counts something of the topic in the same unit, or it is sorted."""
        number = place.token.number
        return self.is_sorted or bool(self.latest and number and number.unit == self.latest_unit)

    def _spoken(self, place: Place) -> str:
        """The topic, again the one counted last after others in another unit: 印发4件、图解8个，废止6件."""
        number = place.token.number
        if not self.base or not number or self.topic != OTHER:
            return self.topic
        is_back = number.unit == self.unit != self.latest_unit
        return self.base[0] if is_back and not any(token.kind == "foreign" for token in place.head) else OTHER

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
        if not topics:
            return self._done(place, acts)
        if letters(tail) > LOOSE:
            return None
        if not acts and self.running not in ("", topics[0]) and self._goes_on(place) and not letters(tail):
            return self._sort_behind(topics[0], clause)
        if not acts and any(token.word in self.setting.listed("happened") for token in clause):
            return self._alone(topics[0], clause)
        return self._with_act(topics[0], acts, column)

    def _sort_behind(self, topic: str, clause: Tokens) -> Quantity | None:
        """A sort of what is told in parts, named behind its figure: 诉讼13件，4件为直接起诉."""
        found = self._alone(topic, clause)
        self.is_done = found is not None
        return replace(found, is_soft=True) if found else None

    def _done(self, place: Place, acts: Sequence[Token]) -> Quantity | None:
        """What was done with a part of all that came in, told behind it: 收到14件，13件已答复."""
        if len(acts) != 1 or not self._goes_on(place) or self.topic != self.running or letters(place.tail):
            return None
        if acts[0].word.startswith(IN_TIME) or any(token.kind in RELEVANT for token in place.clause):
            return None
        found = self._ask(self.topic, acts[0].name, None)
        self.is_done = found is not None
        return replace(found, is_soft=True) if found else None

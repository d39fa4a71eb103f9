"""Words that are counted one by one in a row of numbers in; what each of the numbers counts out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportgen.model.review.figures.clauses import (
    RELEVANT,
    Place,
    Tokens,
    chain,
)
from reportgen.model.review.figures.meanings import Meaning
from reportgen.model.review.figures.named import (
    following,
    until_apiece,
)
from reportgen.model.review.figures.quantities import Quantity
from reportgen.model.review.figures.vocabulary import Token


@dataclass(slots=True)
class Enumeration(Meaning):
    """Meanings that are told first and counted after: 甲、乙、丙分别为1件、2件和3件."""

    queue: list[Quantity | None] = field(default_factory=list)

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

"""The text of a rule or of an expression in prose in; its exact value, its references, or findings out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.model.evaluation import Evaluation
from reportgen.model.filters import written
from reportgen.model.formats import Exact, decimal_text
from reportgen.model.grammar import read_expression
from reportgen.model.names import Names
from reportgen.model.sandbox import StrictEnvironment
from reportgen.model.terms import Comparison, Fault, Reference, Term, Value, references, spread
from reportgen.model.values import Cell, Figure, Unknown

__all__ = ["Names", "Outcome", "Rule", "StrictEnvironment", "compile_rule", "evaluate"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an expression came to, and the figures it was made from."""

    value: Value
    cells: tuple[Cell, ...]

    @property
    def figure(self) -> Figure:
        """The value as a figure. Raises Fault when it is none, or one whose decimals never end."""
        if isinstance(self.value, Unknown | int) and not isinstance(self.value, bool):
            return self.value
        return Decimal(written(self.value))


def evaluate(term: Term, names: Names, spoken: Sequence[Reference] | None = None) -> Outcome:
    """The value of a term in a report; `spoken` are its names when they are known. Raises Fault, placed."""
    evaluation = Evaluation(names)
    evaluation.check_names(references(term) if spoken is None else spoken)
    value = evaluation.value(term)
    return Outcome(value, tuple(evaluation.cells))


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of a kind, compiled: an expression over official names."""

    text: str
    term: Term
    references: tuple[Reference, ...] = field(init=False, repr=False, compare=False)
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The dotted names it speaks of, in reading order, each once."""

    def __post_init__(self) -> None:
        found = tuple(references(self.term))
        object.__setattr__(self, "references", found)
        object.__setattr__(self, "names", tuple(dict.fromkeys(name.path for name in found)))

    def evaluate(self, names: Names) -> Exact | bool | Unknown:
        """What it comes to: a truth value, a number, or unknown. Raises Fault when a name is no figure."""
        value = evaluate(self.term, names, self.references).value
        if not isinstance(value, int | Decimal | Fraction | Unknown):
            raise Fault("not-a-condition", spread(self.term))
        return value

    def sides(self, names: Names) -> tuple[str, ...]:
        """The two sides of a rule that is one comparison, as text for messages; empty for any other rule."""
        if not isinstance(self.term, Comparison) or len(self.term.rest) > 1:
            return ()
        values = (evaluate(side, names).value for side in (self.term.first, self.term.rest[0][1]))
        return tuple(_spoken(value, names) for value in values)


def _spoken(value: Value, names: Names) -> str:
    if isinstance(value, Unknown):
        return names.unknown
    if isinstance(value, int | Decimal | Fraction):
        return decimal_text(value) or str(value)
    return str(value)


def compile_rule(text: str, location: Location, path: str = "") -> tuple[Rule | None, tuple[Diagnostic, ...]]:
    """The rule of a text, or what is wrong with it, at the place the text has in the kind's file."""
    try:
        return Rule(text, read_expression(text)), ()
    except Fault as fault:
        return None, (find(fault.code, location, path, **fault.arguments),)

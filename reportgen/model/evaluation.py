"""A term and the names of a report in; the exact value it comes to out, or the fault at its place.

Whole numbers and fractions are exact, nothing is rounded but by a filter. An unknown figure makes unknown
whatever it enters, except that `false and …` and `true or …` are decided without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from operator import add, eq, floordiv, ge, gt, le, lt, mod, mul, ne, sub, truediv
from types import MappingProxyType
from typing import Any, Final

from reportgen.diagnostics import Listed
from reportgen.model.filters import FILTERS, number
from reportgen.model.formats import Exact
from reportgen.model.names import Miss, Names
from reportgen.model.terms import (
    Binary,
    Choice,
    Comparison,
    Fault,
    Filtered,
    Literal,
    Reference,
    Span,
    Term,
    Unary,
    Value,
    spread,
)
from reportgen.model.values import UNKNOWN, Cell, Date, Unknown

LARGEST: Final = 10**30

ARITHMETIC: Final[Mapping[str, Callable[[Fraction, Fraction], Fraction | int]]] = MappingProxyType(
    {"+": add, "-": sub, "*": mul, "/": truediv, "//": floordiv, "%": mod}
)
COMPARING: Final[Mapping[str, Callable[[Any, Any], bool]]] = MappingProxyType(
    {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
)


@dataclass(slots=True)
class Evaluation:
    """One evaluation of a term; `cells` are the figures it read."""

    names: Names
    cells: list[Cell] = field(default_factory=list)

    def value(self, term: Term) -> Value:
        """What the term comes to. Raises Fault, placed in the text."""
        match term:
            case Literal(value):
                return value
            case Reference():
                return self._look_up(term)
            case Unary("not", operand):
                truth = self._truth(operand)
                return truth if isinstance(truth, Unknown) else not truth
            case Unary(sign, operand):
                zero = Literal(0, spread(operand))
                return self._calculate(sign, zero, operand)
            case Binary("and" | "or", left, right):
                return self._join(term.operator == "or", left, right)
            case Binary(operator, left, right):
                return self._calculate(operator, left, right)
            case Comparison():
                return self._compare(term)
            case Choice(condition, then, otherwise):
                truth = self._truth(condition)
                return truth if isinstance(truth, Unknown) else self.value(then if truth else otherwise)
            case Filtered():
                return self._filter(term)

    def check_names(self, spoken: Iterable[Reference]) -> None:
        """Raise Fault for a name there is none of, in a branch that is not taken as well."""
        for name in spoken:
            found = self.names.look_up(name.steps)
            if isinstance(found, Miss) and found.code != "name-not-given":
                raise missed(name, found)

    def _look_up(self, name: Reference) -> Value:
        found = self.names.look_up(name.steps)
        if isinstance(found, Miss):
            raise missed(name, found)
        if not isinstance(found, Cell):
            return found
        self.cells.append(found)
        return found.figure

    def _exact(self, term: Term) -> Exact | Unknown:
        value = self.value(term)
        try:
            return value if isinstance(value, Unknown) else number(value)
        except Fault as fault:
            raise fault.at(spread(term)) from None

    def _calculate(self, operator: str, left: Term, right: Term) -> Value:
        first, second = self._exact(left), self._exact(right)
        if isinstance(first, Unknown) or isinstance(second, Unknown):
            return UNKNOWN
        if second == 0 and operator in ("/", "//", "%"):
            raise Fault("division-by-zero", spread(right))
        result = Fraction(ARITHMETIC[operator](Fraction(first), Fraction(second)))
        if abs(result.numerator) > LARGEST or result.denominator > LARGEST:
            raise Fault("number-too-large", (spread(left)[0], spread(right)[1]))
        return int(result) if result.denominator == 1 else result

    def _truth(self, term: Term) -> bool | Unknown:
        value = self.value(term)
        if not isinstance(value, bool | Unknown):
            raise Fault("not-a-condition", spread(term))
        return value

    def _join(self, deciding: bool, left: Term, right: Term) -> bool | Unknown:
        first = self._truth(left)
        if first is deciding:
            return first
        second = self._truth(right)
        return second if second is deciding or not isinstance(first, Unknown) else UNKNOWN

    def _compare(self, term: Comparison) -> bool | Unknown:
        terms = (term.first, *(right for _, right in term.rest))
        values = [self.value(part) for part in terms]
        held = [
            self._holds(
                operator, (values[place], values[place + 1]), (spread(terms[place])[0], spread(right)[1])
            )
            for place, (operator, right) in enumerate(term.rest)
        ]
        if False in held:
            return False
        return UNKNOWN if UNKNOWN in held else True

    @staticmethod
    def _holds(operator: str, sides: tuple[Value, Value], span: Span) -> bool | Unknown:
        first, second = sides
        if isinstance(first, Unknown) or isinstance(second, Unknown):
            return UNKNOWN
        if isinstance(first, str) and isinstance(second, str) and operator in ("==", "!="):
            return COMPARING[operator](first, second)
        if isinstance(first, Date) and isinstance(second, Date):
            return COMPARING[operator](*((day.year, day.month, day.day) for day in (first, second)))
        if {type(first), type(second)} & {str, bool, Date}:
            raise Fault("not-comparable", span)
        return COMPARING[operator](Fraction(number(first)), Fraction(number(second)))

    def _filter(self, term: Filtered) -> Value:
        values = [self.value(part) for part in (term.operand, *term.arguments)]
        if any(isinstance(value, Unknown) for value in values):
            return UNKNOWN
        try:
            return FILTERS[term.name].apply(*values)
        except Fault as fault:
            fault.arguments.setdefault("filter", term.name)
            raise fault.at(term.span) from None


def missed(name: Reference, miss: Miss) -> Fault:
    """The fault of a name that stands for no value, at the step that is wrong."""
    path, nearest = ".".join(name.steps[: miss.step + 1]), Listed(miss.nearest)
    return Fault(miss.code, name.spans[miss.step], name=name.steps[miss.step], full=path, nearest=nearest)

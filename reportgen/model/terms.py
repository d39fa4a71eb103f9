"""What an expression means, free of its syntax: a small tree of terms, and the faults one can have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from reportgen.model.formats import Exact
from reportgen.model.values import Date, Unknown

Value: TypeAlias = Exact | str | bool | Date | Unknown
"""What an expression can come to. A Decimal prints the decimals it has; those of a Fraction may not end."""

Span: TypeAlias = tuple[int, int]
"""Start and end of a stretch of the text an expression stands in."""


class Fault(Exception):  # noqa: N818 (a finding on its way, not an error of ours)
    """Something is wrong with an expression: the code and arguments of the finding, and where in the text."""

    def __init__(self, code: str, span: Span | None = None, **arguments: Any) -> None:
        """Keep what the finding needs; a place that is not known yet is added by `at`."""
        super().__init__(code)
        self.code, self.span, self.arguments = code, span, arguments

    def at(self, span: Span) -> Fault:
        """The same fault, with this place unless it has one already."""
        self.span = self.span or span
        return self


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text written in the expression."""

    value: Value
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """An official name, step by step, each step with its place."""

    steps: tuple[str, ...]
    spans: tuple[Span, ...]

    @property
    def path(self) -> str:
        """The dotted name."""
        return ".".join(self.steps)


@dataclass(frozen=True, slots=True)
class Unary:
    """`-`, `+` or `not` before a term."""

    operator: str
    operand: Term


@dataclass(frozen=True, slots=True)
class Binary:
    """Two terms joined by an arithmetic operator, `and` or `or`."""

    operator: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Comparison:
    """A chain of comparisons: the first term, then operators with their right sides."""

    first: Term
    rest: tuple[tuple[str, Term], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`then if condition else otherwise`."""

    condition: Term
    then: Term
    otherwise: Term


@dataclass(frozen=True, slots=True)
class Filtered:
    """A term through a filter, its arguments in the order of the filter's parameters."""

    name: str
    operand: Term
    arguments: tuple[Term, ...]
    span: Span


Term: TypeAlias = Literal | Reference | Unary | Binary | Comparison | Choice | Filtered


def parts(term: Term) -> tuple[Term, ...]:
    """The terms directly inside a term, in reading order."""
    match term:
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Comparison(first, rest):
            return (first, *(right for _, right in rest))
        case Choice(condition, then, otherwise):
            return (then, condition, otherwise)
        case Filtered(_, operand, arguments):
            return (operand, *arguments)
    return ()


def references(term: Term) -> Iterator[Reference]:
    """Every name in a term, in reading order."""
    if isinstance(term, Reference):
        yield term
    for part in parts(term):
        yield from references(part)


def spread(term: Term) -> Span:
    """From where to where a term stands in its text; brackets and signs around it are left out."""
    match term:
        case Literal(_, span):
            return span
        case Reference(_, spans):
            return spans[0][0], spans[-1][1]
    inner = [spread(part) for part in parts(term)]
    end = term.span[1] if isinstance(term, Filtered) else 0
    return min(start for start, _ in inner), max(end, *(stop for _, stop in inner))

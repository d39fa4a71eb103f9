"""Jinja's nodes in; terms out, or the fault of a node that prose may not hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from jinja2 import nodes

from reportgen.diagnostics import Listed
from reportgen.model.characters import forbidden
from reportgen.model.filters import FILTERS
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
)
from reportgen.model.tokens import Token

DEEPEST: Final = 60
"""Levels of operators inside each other."""
UNSAYABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What an escape in a quoted text may not bring into the report."""

COMPARISONS: Final[Mapping[str, str]] = MappingProxyType(
    {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
)
SYMBOLS: Final[Mapping[type[nodes.Node], tuple[str, str]]] = MappingProxyType(
    {
        nodes.Pow: ("**", "**"),
        nodes.Concat: ("~", "~"),
        nodes.Call: ("(", "…(…)"),
        nodes.List: ("[", "[…]"),
        nodes.Tuple: (",", "(…, …)"),
        nodes.Dict: ("{", "{…}"),
        nodes.Test: ("is", "is"),
        nodes.Slice: (":", "[…:…]"),
    }
)
"""What an author wrote for a node that is not available: the token to point at, and how to call it."""


@dataclass(frozen=True, slots=True)
class Lowering:
    """Turns Jinja's nodes into terms; what is not on the list of terms is a Fault."""

    tokens: list[Token]
    whole: Span

    def lower(self, node: nodes.Node | None, depth: int = 0) -> Term:
        """The term of a node."""
        if depth > DEEPEST:
            raise Fault("expression-too-complex", self.whole)
        deeper = depth + 1
        match node:
            case nodes.Const():
                return self._literal(node)
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return self._reference(node)
            case nodes.Neg() | nodes.Pos() | nodes.Not():
                return Unary(node.operator, self.lower(node.node, deeper))
            case nodes.Filter():
                return self._filtered(node, deeper)
            case nodes.CondExpr() if node.expr2 is not None:
                branches = (self.lower(part, deeper) for part in (node.test, node.expr1, node.expr2))
                return Choice(*branches)
            case nodes.Compare():
                rest = tuple((self._comparison(part), self.lower(part.expr, deeper)) for part in node.ops)
                return Comparison(self.lower(node.expr, deeper), rest)
            case nodes.BinExpr() if not isinstance(node, nodes.Pow):
                return Binary(node.operator, self.lower(node.left, deeper), self.lower(node.right, deeper))
        raise self._unavailable(node)

    def _literal(self, node: nodes.Const) -> Literal:
        token = self._token(node.lineno)
        match token.kind:
            case "integer":
                return Literal(int(token.text), token.span)
            case "float":
                return Literal(Decimal(token.text), token.span)
            case "string":
                if UNSAYABLE.search(node.value) or any(forbidden(node.value)):
                    raise Fault("expression-syntax", token.span, token=token.text)
                return Literal(node.value, token.span)
        raise Fault("expression-unavailable", token.span, what=token.text)

    def _reference(self, node: nodes.Expr) -> Reference:
        steps: list[tuple[str, Span]] = []
        while isinstance(node, nodes.Getattr | nodes.Getitem):
            steps.append(self._step(node))
            node = node.node
        if not isinstance(node, nodes.Name):
            raise Fault("expression-unavailable", steps[-1][1], what=f".{steps[-1][0]}")
        steps.append((node.name, self._token(node.lineno).span))
        steps.reverse()
        return Reference(tuple(name for name, _ in steps), tuple(span for _, span in steps))

    def _step(self, node: nodes.Getattr | nodes.Getitem) -> tuple[str, Span]:
        if isinstance(node, nodes.Getattr):
            return node.attr, next(
                t.span for t in self.tokens if t.span[0] > node.lineno and t.kind == "name"
            )
        if not isinstance(node.arg, nodes.Const) or not isinstance(node.arg.value, str | int):
            raise self._unavailable(node.arg)
        return str(node.arg.value), self._token(node.arg.lineno).span

    def _filtered(self, node: nodes.Filter, depth: int) -> Filtered:
        span = self._token(node.lineno).span
        if node.name not in FILTERS:
            from difflib import get_close_matches

            nearest = get_close_matches(node.name, FILTERS, 3, 0.3) or list(FILTERS)
            raise Fault("unknown-filter", span, filter=node.name, nearest=Listed(nearest))
        given = dict(zip(FILTERS[node.name].parameters, node.args, strict=False))
        named = {str(pair.key): pair.value for pair in node.kwargs if isinstance(pair, nodes.Keyword)}
        if not self._fits(node, given, named):
            raise Fault("filter-arguments", span, filter=node.name, usage=FILTERS[node.name].usage(node.name))
        given |= named
        arguments = (
            self.lower(given[name], depth) for name in FILTERS[node.name].parameters if name in given
        )
        return Filtered(node.name, self.lower(node.node, depth), tuple(arguments), span)

    @staticmethod
    def _fits(node: nodes.Filter, given: dict[str, nodes.Expr], named: dict[str, nodes.Expr]) -> bool:
        expected = FILTERS[node.name]
        counted = (
            len(given) == len(node.args)
            and len(named) == len(node.kwargs)
            and not given.keys() & named.keys()
        )
        known = (
            named.keys() <= set(expected.parameters) and set(expected.needed) <= given.keys() | named.keys()
        )
        return counted and known and node.dyn_args is None and node.dyn_kwargs is None

    def _comparison(self, part: nodes.Operand) -> str:
        if part.op not in COMPARISONS:
            raise Fault("expression-unavailable", self._place("in"), what="in")
        return COMPARISONS[part.op]

    def _unavailable(self, node: nodes.Node | None) -> Fault:
        if isinstance(node, nodes.CondExpr):
            return Fault("choice-without-else", self._place("if"))
        symbol, shown = SYMBOLS.get(type(node), ("[", "[…]")) if node is not None else ("[", "[…]")
        return Fault("expression-unavailable", self._place(symbol), what=shown)

    def _token(self, place: int) -> Token:
        return next(token for token in self.tokens if token.span[0] == place)

    def _place(self, text: str) -> Span:
        return next((token.span for token in self.tokens if token.text == text), self.whole)

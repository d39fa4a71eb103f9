"""The text of an expression in Jinja's syntax in; its terms with their places out, or the fault at its place.

Jinja's own lexer and parser read the text; what they may give back is a closed list, so nothing of a template
language (calls, attributes of objects, powers, loops) is left when a term is made. Jinja's tokens carry a line and no
column: here each token carries its place in the text instead of its line, and the parser hands it on to every node.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.lexer import TokenStream
from jinja2.parser import Parser
from jinja2.runtime import BlockReference, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.model.filters import FILTERS
from reportgen.model.terms import Binary, Choice, Comparison, Fault, Filtered, Literal, Reference, Span, Term, Unary

LONGEST: Final = 1000
MOST_TOKENS: Final = 400
DEEPEST: Final = 60
MOST_BRACKETS: Final = 15
OPENING: Final = "{{"
CLOSING: Final = "}}"
NUMBER: Final = re.compile(r"\d{1,18}(\.\d{1,10})?", re.ASCII)
UNSAYABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

COMPARISONS: Final = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
SYMBOLS: Final[dict[type[nodes.Node], str]] = {
    nodes.Pow: "**",
    nodes.Concat: "~",
    nodes.Call: "(",
    nodes.List: "[",
    nodes.Tuple: ",",
    nodes.Dict: "{",
    nodes.Test: "is",
    nodes.Slice: ":",
}


class StrictEnvironment(ImmutableSandboxedEnvironment):
    """Jinja as both templates and prose see it: names must exist, nothing is global, nothing but macros can be called.

    Filters and tests of Jinja are absent unless they are given; `*`, `%` and `**` work on numbers of sane size only.
    """

    intercepted_binops = frozenset({"*", "%", "**"})

    def __init__(self, **options: Any) -> None:
        """Make the environment with Jinja's options."""
        super().__init__(undefined=StrictUndefined, **options)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call it: macros and blocks of its own only."""
        return isinstance(obj, Macro | BlockReference)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """The operator's result; raises SecurityError for texts and numbers that could grow without end."""
        from jinja2.exceptions import SecurityError

        sane = all(isinstance(side, int | Decimal) and abs(side) < 10**9 for side in (left, right))
        if operator == "**" or not sane:
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its place in the text."""

    kind: str
    text: str
    span: Span


@cache
def environment() -> StrictEnvironment:
    """The environment whose lexer and parser read prose."""
    return StrictEnvironment()


def read_embedded(text: str, start: int) -> tuple[Term | Fault, int]:
    """The expression whose `{{` ends at `start`, and where the text goes on after its `}}`."""
    try:
        tokens = list(_lex(text, start))
        if not tokens or tokens[-1].kind != "variable_end":
            raise _unclosed(text, start)
        return _parse(tokens[:-1], (start - len(OPENING), tokens[-1].span[1])), tokens[-1].span[1]
    except Fault as fault:
        return fault, _resume(text, start, fault)


def read_expression(text: str) -> Term:
    """The terms of a whole text that is one expression, as in a kind's rules. Raises Fault."""
    if len(text) > LONGEST:
        raise Fault("expression-too-long", (0, len(text)), most=LONGEST)
    return _parse(list(_lex(text, 0)), (0, len(text)))


def _lex(text: str, start: int) -> Iterator[Token]:
    """The tokens from a place on, to the `}}` that ends the expression or to the end of the text."""
    source = text[start : start + LONGEST].replace("\r", " ")
    if source[:1] in ("-", "+") and text[:start].endswith(OPENING):
        raise Fault("expression-unavailable", (start - len(OPENING), start + 1), what=OPENING + source[0])
    place = start
    stream = environment().lexer.tokeniter(source, None, None, "variable")
    while True:
        try:
            _, kind, value = next(stream, (0, "", ""))
        except TemplateSyntaxError:
            raise _unexpected(text, start, place) from None
        if not kind:
            return
        token = Token(kind, value, (place, place + len(value)))
        place += len(value)
        if kind != "whitespace":
            yield _checked(token)
        if kind == "variable_end":
            return


def _checked(token: Token) -> Token:
    if token.kind in ("integer", "float") and not NUMBER.fullmatch(token.text):
        raise Fault("expression-number", token.span, number=token.text)
    if token.kind == "variable_end" and token.text != CLOSING:
        raise Fault("expression-unavailable", token.span, what=token.text.strip())
    return token


def _unexpected(text: str, start: int, place: int) -> Fault:
    """The fault of a character that no expression can hold; often it is the `}}` that was forgotten."""
    end = text.find(CLOSING, place, start + LONGEST)
    if text[:start].endswith(OPENING) and (end < 0 or OPENING in text[start:end]):
        return _unclosed(text, start)
    if text[place].isascii():
        return Fault("expression-syntax", (place, place + 1), token=text[place])
    return Fault("expression-character", (place, place + 1), character=text[place])


def _unclosed(text: str, start: int) -> Fault:
    span = (start - len(OPENING), start)
    if CLOSING in text[start + LONGEST - 1 :]:
        return Fault("expression-too-long", span, most=LONGEST)
    return Fault("expression-unclosed", span)


def _resume(text: str, start: int, fault: Fault) -> int:
    if fault.code == "expression-unclosed" or fault.span is None:
        return start
    end = text.find(CLOSING, fault.span[0])
    return end + len(CLOSING) if end >= 0 else start


def _parse(tokens: list[Token], whole: Span) -> Term:
    if not tokens:
        raise Fault("expression-empty", whole)
    if len(tokens) > MOST_TOKENS or _brackets(tokens) > MOST_BRACKETS:
        raise Fault("expression-too-complex", whole)
    lexer = environment().lexer
    parser = Parser(environment(), "")
    try:
        parser.stream = TokenStream(lexer.wrap((t.span[0], t.kind, t.text) for t in tokens), None, None)
        node = parser.parse_expression()
        if not parser.stream.eos:
            parser.fail("", parser.stream.current.lineno)
        return Lowering(tokens, whole).lower(node)
    except TemplateSyntaxError as error:
        token = next(t for t in reversed(tokens) if t.span[0] <= error.lineno)
        raise Fault("expression-syntax", token.span, token=token.text) from None
    except RecursionError:
        raise Fault("expression-too-complex", whole) from None


def _brackets(tokens: list[Token]) -> int:
    depth = deepest = 0
    for token in tokens:
        if token.kind == "operator":
            depth += (token.text in "([{") - (token.text in ")]}")
            deepest = max(deepest, depth)
    return deepest


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
                if UNSAYABLE.search(node.value):
                    raise Fault("expression-syntax", token.span, token=token.text)
                return Literal(node.value, token.span)
        raise Fault("expression-unavailable", token.span, what=token.text)

    def _reference(self, node: nodes.Expr) -> Reference:
        steps: list[tuple[str, Span]] = []
        while isinstance(node, nodes.Getattr | nodes.Getitem):
            steps.append(self._step(node))
            node = node.node
        if not isinstance(node, nodes.Name):
            raise Fault("expression-unavailable", steps[-1][1], what=".")
        steps.append((node.name, self._token(node.lineno).span))
        steps.reverse()
        return Reference(tuple(name for name, _ in steps), tuple(span for _, span in steps))

    def _step(self, node: nodes.Getattr | nodes.Getitem) -> tuple[str, Span]:
        if isinstance(node, nodes.Getattr):
            return node.attr, next(t.span for t in self.tokens if t.span[0] > node.lineno and t.kind == "name")
        if not isinstance(node.arg, nodes.Const) or not isinstance(node.arg.value, str | int):
            raise self._unavailable(node.arg)
        return str(node.arg.value), self._token(node.arg.lineno).span

    def _filtered(self, node: nodes.Filter, depth: int) -> Filtered:
        span = self._token(node.lineno).span
        if node.name not in FILTERS:
            from difflib import get_close_matches

            nearest = get_close_matches(node.name, FILTERS, 3, 0.3) or list(FILTERS)
            raise Fault("unknown-filter", span, filter=node.name, nearest="、".join(nearest))
        given = dict(zip(FILTERS[node.name].parameters, node.args, strict=False))
        named = {pair.key: pair.value for pair in node.kwargs}
        if not self._fits(node, given, named):
            raise Fault("filter-arguments", span, filter=node.name, usage=FILTERS[node.name].usage(node.name))
        given |= named
        arguments = (self.lower(given[name], depth) for name in FILTERS[node.name].parameters if name in given)
        return Filtered(node.name, self.lower(node.node, depth), tuple(arguments), span)

    @staticmethod
    def _fits(node: nodes.Filter, given: dict[str, nodes.Expr], named: dict[str, nodes.Expr]) -> bool:
        expected = FILTERS[node.name]
        counted = len(given) == len(node.args) and len(named) == len(node.kwargs) and not given.keys() & named.keys()
        known = named.keys() <= set(expected.parameters) and set(expected.needed) <= given.keys() | named.keys()
        return counted and known and node.dyn_args is None and node.dyn_kwargs is None

    def _comparison(self, part: nodes.Operand) -> str:
        if part.op not in COMPARISONS:
            raise Fault("expression-unavailable", self._place("in"), what="in")
        return COMPARISONS[part.op]

    def _unavailable(self, node: nodes.Node | None) -> Fault:
        if isinstance(node, nodes.CondExpr):
            return Fault("choice-without-else", self._place("if"))
        symbol = SYMBOLS.get(type(node), "") if node is not None else ""
        span = self._place(symbol)
        return Fault("expression-unavailable", span, what=symbol or "[")

    def _token(self, place: int) -> Token:
        return next(token for token in self.tokens if token.span[0] == place)

    def _place(self, text: str) -> Span:
        return next((token.span for token in self.tokens if token.text == text), self.whole)

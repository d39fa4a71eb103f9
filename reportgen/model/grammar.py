"""The text of an expression in Jinja's syntax in; its terms with their places out, or the fault at its place.

Jinja's own lexer and parser read the text; what they may give back is a closed list, so nothing of a template
language (calls, attributes of objects, powers, loops) is left when a term is made. Jinja's nodes carry a line
and no column: here each token carries its place in the text instead of its line, and the parser hands it on.
"""

from __future__ import annotations

import re
from typing import Final

from jinja2.exceptions import TemplateSyntaxError
from jinja2.lexer import TokenStream
from jinja2.parser import Parser

from reportgen.model.lowering import Lowering
from reportgen.model.sandbox import environment
from reportgen.model.terms import Fault, Reference, Span, Term
from reportgen.model.tokens import CLOSING, LONGEST, OPENING, Token, lex, unclosed

MOST_TOKENS: Final = 400
MOST_BRACKETS: Final = 15
"""Brackets inside each other: the parser goes a dozen calls deeper for each."""
ALONE: Final = re.compile(r" *([^\W\d]\w*(?:\.[^\W\d]\w*){0,20}) *\}\}")
STEP: Final = re.compile(r"[^.]+")


def read_embedded(text: str, start: int) -> tuple[Term | Fault, int]:
    """The expression whose `{{` ends at `start`, and where the text goes on after its `}}`."""
    return read_name(text, start) or read_any(text, start)


def read_name(text: str, start: int) -> tuple[Term, int] | None:
    """An expression that is nothing but an official name, as most are; None when it is or may be another."""
    match = ALONE.match(text, start, start + LONGEST)
    steps = list(STEP.finditer(text, *match.span(1))) if match else []
    if match is None or match[1].isascii() or not all(step[0].isidentifier() for step in steps):
        return None
    return Reference(tuple(step[0] for step in steps), tuple(step.span() for step in steps)), match.end()


def read_any(text: str, start: int) -> tuple[Term | Fault, int]:
    """Any expression, read by Jinja."""
    try:
        if text.find(CLOSING, start, start + LONGEST) < 0:
            raise unclosed(text, start)
        tokens = list(lex(text, start))
        if not tokens or tokens[-1].kind != "variable_end":
            raise unclosed(text, start)
        return _parse(tokens[:-1], (start - len(OPENING), tokens[-1].span[1])), tokens[-1].span[1]
    except Fault as fault:
        return fault, _resume(text, start, fault)


def read_expression(text: str) -> Term:
    """The terms of a whole text that is one expression, as in a kind's rules. Raises Fault."""
    if len(text) > LONGEST:
        raise Fault("expression-too-long", (0, len(text)), most=LONGEST)
    return _parse(list(lex(text, 0)), (0, len(text)))


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

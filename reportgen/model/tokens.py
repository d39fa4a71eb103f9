"""A text and the place where an expression begins in; its tokens, each with its place, out.

Jinja's own lexer reads them. It gives a token its line and no column, so the places are counted here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jinja2.exceptions import TemplateSyntaxError

from reportgen.model.sandbox import environment
from reportgen.model.terms import Fault, Span

LONGEST: Final = 1000
"""Characters of one expression."""
OPENING: Final = "{{"
CLOSING: Final = "}}"
NUMBER: Final = re.compile(r"\d{1,18}(\.\d{1,10})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its place in the text."""

    kind: str
    text: str
    span: Span


def lex(text: str, start: int) -> Iterator[Token]:
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
        return unclosed(text, start)
    if text[place].isascii():
        return Fault("expression-syntax", (place, place + 1), token=text[place])
    return Fault("expression-character", (place, place + 1), character=text[place])


def unclosed(text: str, start: int) -> Fault:
    """The fault of an expression that begins at a place and does not end within its limit."""
    span = (start - len(OPENING), start)
    if CLOSING in text[start + LONGEST - 1 :]:
        return Fault("expression-too-long", span, most=LONGEST)
    return Fault("expression-unclosed", span)

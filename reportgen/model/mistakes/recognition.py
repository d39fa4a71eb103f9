"""Where a YAML parser gave up in; the mistake most likely made out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from reportgen.model.mistakes import brackets, indicators, lines, quotes
from reportgen.model.mistakes.trouble import Mistake, Trouble
from reportgen.model.traps import EXPRESSION

Recogniser: TypeAlias = Callable[[Trouble], Mistake | None]

PROBLEMS: Final[Mapping[str, Recogniser]] = MappingProxyType(
    {
        "could not find expected ':'": lines.line_without_colon,
        "mapping values are not allowed in this context": lines.unexpected_colon,
        "block sequence entries are not allowed in this context": lines.misplaced_dash,
        "did not find expected key": lines.unexpected_line,
        "did not find expected '-' indicator": lines.unexpected_line,
        "did not find expected ',' or '}'": brackets.no_separator,
        "did not find expected ',' or ']'": brackets.no_separator,
        "did not find expected node content": brackets.no_content,
        "found unexpected ':'": brackets.colon_before_comma,
        "found character that cannot start any token": indicators.reserved,
        "mapping keys are not allowed in this context": indicators.reserved,
        "found a tab character that violates indentation": indicators.tab,
        "found a tab character where an indentation space is expected": indicators.tab,
        "found undefined tag handle": indicators.tag,
    }
)
"""What libyaml 0.2.5 says, by its words; a test holds that each of them is met."""

CONTEXTS: Final[Mapping[str, Recogniser]] = MappingProxyType(
    {
        "while scanning a quoted scalar": quotes.unclosed_quote,
        "while parsing a quoted scalar": quotes.wrong_escape,
        "while scanning a block scalar": indicators.block_header,
        "while scanning an alias": indicators.alias,
        "while scanning an anchor": indicators.anchor,
        "while scanning a tag": indicators.tag,
        "while parsing a tag": indicators.tag,
        "while scanning a directive": indicators.directive,
    }
)

UNSURE: Final = frozenset({"yaml-syntax", "indentation", "missing-colon", "empty-file", "not-a-mapping"})
"""Codes that say nothing once a line has been mended for the time being: they may be its consequence."""
UNSURE_LATER: Final = UNSURE | {"duplicate-key"}
"""The same for what is noted in reading on: below a line without its colon keys seem to be repeated."""


def recognise(trouble: Trouble) -> Mistake:
    """The mistake, at worst `yaml-syntax` with the place."""
    return unquoted_expression(trouble) or specific(trouble) or unknown(trouble)


def specific(trouble: Trouble) -> Mistake | None:
    """The mistake that the parser's words lead to."""
    recogniser = PROBLEMS.get(trouble.problem) or CONTEXTS.get(trouble.context)
    return recogniser(trouble) if recogniser else None


def unquoted_expression(trouble: Trouble) -> Mistake | None:
    """An unquoted `{{ … }}` earlier in the line, which has been noted and explains everything after it."""
    start = trouble.expression
    if start is None or trouble.places.line_start(start) != trouble.line_start:
        return None
    end = trouble.places.line_end(start)
    text = EXPRESSION.sub(lambda match: "x" * len(match[0]), trouble.text[start:end])
    return Mistake("", (start, end), patch=(start, text))


def unknown(trouble: Trouble) -> Mistake:
    """Something that no recogniser knows."""
    return Mistake("yaml-syntax", (trouble.offset, min(trouble.offset + 1, len(trouble.text))))

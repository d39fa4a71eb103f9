"""A text and a style of YAML in; how the text is written in that style, or None where it cannot be, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from reportgen.model.forms import Plain
from reportgen.model.offsets import MEANINGS

UNSAFE: Final = re.compile(
    r"""\A[-?:](?=[ \t\n]|\Z) | \A[,\[\]{}#&*!|>'"%@`] | \A[ \t\n] | [ \t\n]\Z
    | :(?=[ \t\n]|\Z) | [ \t\n]\# | (?:\A|\n)(?:---|\.\.\.)(?=[ \t\n]|\Z) | \A\Z""",
    re.VERBOSE,
)
"""What a text may not hold when it is written without quotes."""
UNSAFE_IN_BRACKETS: Final = re.compile(r"[,\[\]{}]|:(?=[,\[\]{}'\"])|\A[-?:]")
UNPRINTABLE: Final = re.compile("[^\t\n -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
ESCAPES: Final[Mapping[str, str]] = MappingProxyType(
    {meant: f"\\{letter}" for letter, meant in MEANINGS.items()} | {"\\": "\\\\", '"': '\\"'}
)
ESCAPED: Final = re.compile(r'[\\"\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]')
BLOCKS: Final = ("|", ">")


def is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text can stand without quotes; `flow` says that it stands inside brackets."""
    return not (UNSAFE.search(text) or UNPRINTABLE.search(text) or (flow and UNSAFE_IN_BRACKETS.search(text)))


def write_stretch(text: str, style: str, margin: str) -> str | None:
    """A stretch of text as it stands inside a scalar of a style; `margin` begins a new line of a block."""
    if style == '"':
        return ESCAPED.sub(_escape, text)
    if UNPRINTABLE.search(text):
        return None
    if style in BLOCKS:
        return text.replace("\n", margin if style == "|" else margin[: margin.index("\n") + 1] + margin)
    if "\n" in text:
        return None
    return text.replace("'", "''") if style == "'" else text


def write_scalar(text: str, style: str = "", *, flow: bool = False, margin: str = "") -> str:
    """A whole scalar, in the style asked for where it can hold the text, else in the next that can.

    `margin` is a line break and the indentation of what belongs to the scalar; without one there is no block.
    """
    if style in BLOCKS and margin and not flow and re.fullmatch(r"[^\s].*[^\s]\n?", text, re.DOTALL):
        body = write_stretch(text.removesuffix("\n"), style, margin)
        if body is not None:
            return f"{style}{'' if text.endswith(chr(10)) else '-'}{margin}{body}"
    if style in ("", *BLOCKS) and "\n" not in text and is_plain(text, flow=flow):
        return text
    single = None if style == '"' else write_stretch(text, "'", "")
    return f'"{write_stretch(text, chr(34), "")}"' if single is None else f"'{single}'"


def write_value(value: Plain, *, flow: bool = False) -> str:
    """A value of any form on one line: a scalar, or a mapping or list in brackets."""
    if isinstance(value, dict):
        pairs = (
            f"{write_scalar(key, flow=True)}: {write_value(inner, flow=True)}".rstrip()
            for key, inner in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(write_value(item, flow=True) for item in value) + "]"
    return "" if value is None else write_scalar(str(value), flow=flow)


def _escape(match: re.Match[str]) -> str:
    letter = match[0]
    if letter in ESCAPES:
        return ESCAPES[letter]
    return f"\\x{ord(letter):02x}" if ord(letter) < 0x100 else f"\\u{ord(letter):04x}"

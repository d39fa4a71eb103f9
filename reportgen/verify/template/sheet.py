"""The text of a style sheet in; findings on addresses, geometry typed by hand and unknown variables out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location

REMARK: Final = re.compile(r"/\*.*?\*/|\{#.*?#\}", re.DOTALL)
STRING: Final = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
JINJA: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
ESCAPE: Final = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
TOKEN: Final = re.compile(r"[{};]")
ADDRESS: Final = re.compile(
    r"url\s*\(|image-set\s*\(|src\s*\(|@import|@namespace|https?:|expression\s*\(", re.I
)
VARIABLE: Final = re.compile(r"var\s*\(\s*(--[\w-]+)", re.I)
DEFINED: Final = re.compile(r"(--[\w-]+)\s*:")
LENGTH: Final = re.compile(
    r"(?<![\w#.-])[+-]?(?:\d+\.?\d*|\.\d+)(?:px|pt|pc|mm|cm|in|q|em|rem|ex|ch|vw|vh|%)(?![\w%])", re.I
)
NONE: Final = re.compile(r"^[+-]?0*\.?0+[a-z%]*$", re.I)
GEOMETRY: Final = re.compile(
    r"^(?:margin|padding|font|line-height|letter-spacing|word-spacing|text-indent|width|height|min-|max-|border|"
    r"size|top|left|right|bottom|inset|column|gap|text-indent|tab-size|position|float|transform|zoom)",
    re.I,
)
"""Properties that say where something stands or how large it is."""

FREE: Final = frozenset({"100%"})
"""Lengths that only fill what the layout gives."""

LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declaration of a sheet with its line, its selector, and whether it holds on screens only."""

    line: int
    selector: str
    text: str
    on_screen: bool

    @property
    def name(self) -> str:
        """The name of the property."""
        return self.text.partition(":")[0].strip().lower()

    @property
    def value(self) -> str:
        """What it is set to."""
        return self.text.partition(":")[2].strip()


def check_sheet(text: str, file: str, first: int = 1) -> Iterator[Diagnostic]:
    """Everything in a sheet that layout.yaml rules, that leads elsewhere or that is not known.

    `first` is the number of its first line in the file.
    """
    clean = _blank(REMARK, text)
    plain = ESCAPE.sub(_letter, clean)
    for number, line in enumerate(plain.split("\n"), first):
        for match in ADDRESS.finditer(line):
            yield find("sheet-address", Location(file, number), text=_short(line[match.start() :]))
    known = {match[1] for match in DEFINED.finditer(plain)}
    for number, line in enumerate(plain.split("\n"), first):
        for match in VARIABLE.finditer(line):
            if match[1] not in known:
                yield find("sheet-variable", Location(file, number), name=match[1])
    bare = _blank(JINJA, _blank(STRING, clean))
    if bare.count("{") != bare.count("}"):
        yield find("sheet-syntax", Location(file))
        return
    for each in declarations(bare, first):
        yield from check_declaration(each, file)


def check_declaration(each: Declaration, file: str) -> Iterator[Diagnostic]:
    """Whether a declaration types geometry that the layout rules."""
    if each.on_screen:
        return
    if each.selector.lstrip().lower().startswith(("@page", "@font-face")):
        yield find(
            "sheet-geometry", Location(file, each.line), text=_short(f"{each.selector} {{{each.text}}}")
        )
        return
    lengths = [
        length for length in LENGTH.findall(each.value) if not NONE.match(length) and length not in FREE
    ]
    if GEOMETRY.match(each.name) and lengths:
        text = f"{each.selector} {{{each.text}}}" if each.selector else each.text
        yield find("sheet-geometry", Location(file, each.line), text=_short(text))


def declarations(bare: str, first: int = 1) -> Iterator[Declaration]:
    """The declarations of a sheet without remarks and strings, in order."""
    line, start, selectors = first, 0, list[str]()
    for token in TOKEN.finditer(bare):
        text = bare[start : token.start()]
        at = line + text[: len(text) - len(text.lstrip())].count("\n")
        line += text.count("\n")
        start = token.end()
        if token[0] == "{":
            selectors.append(" ".join(text.split()))
            continue
        if ":" in text:
            on_screen = any("@media" in each.lower() and "screen" in each.lower() for each in selectors)
            yield Declaration(at, selectors[-1] if selectors else "", " ".join(text.split()), on_screen)
        if token[0] == "}" and selectors:
            selectors.pop()


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with what matches taken out; its lines keep their numbers."""
    return pattern.sub(lambda match: "\n" * match[0].count("\n") or '""', text)


def _letter(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return chr(number) if 0x20 <= number < 0xD800 else ""


def _short(text: str) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= LONGEST else f"{clean[:LONGEST]}…"

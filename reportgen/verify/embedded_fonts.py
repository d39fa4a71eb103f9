"""A PDF in, findings about fonts that are not embedded or come from outside the declared chain out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A font of a PDF: its name without the subset's prefix, and whether its outlines are in the file."""

    name: str
    embedded: bool


def embedded_fonts(pdf: bytes) -> tuple[EmbeddedFont, ...]:
    """The fonts of a PDF, each once, by name."""
    with pikepdf.open(BytesIO(pdf)) as document:
        fonts = {font for thing in document.objects for font in fonts_of(thing)}
    return tuple(sorted(fonts, key=lambda font: (font.name, font.embedded)))


def fonts_of(thing: Any) -> Iterator[EmbeddedFont]:
    """The font an object of a PDF describes; a composite font is told by its descendant."""
    if (
        not isinstance(thing, pikepdf.Dictionary)
        or thing.get("/Type") != "/Font"
        or "/DescendantFonts" in thing
    ):
        return
    descriptor: Any = thing.get("/FontDescriptor", {})
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    yield EmbeddedFont(
        plain_name(str(thing.get("/BaseFont", "/"))), any(file in descriptor for file in files)
    )


def plain_name(name: str) -> str:
    """A font's name without `/` and the six letters of a subset."""
    bare = name.removeprefix("/")
    prefix, plus, rest = bare.partition("+")
    return rest if plus and len(prefix) == 6 and prefix.isupper() else bare


def check_fonts(
    fonts: tuple[EmbeddedFont, ...], allowed: frozenset[str], file: str
) -> tuple[Diagnostic, ...]:
    """A finding for every font of no allowed family, and for every one that is not embedded."""
    strange = [
        find("foreign-font", Location(file), name=font.name) for font in fonts if font.name not in allowed
    ]
    bare = [find("font-not-embedded", Location(file), name=font.name) for font in fonts if not font.embedded]
    return (*strange, *bare)

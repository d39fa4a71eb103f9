"""A PDF in, findings about fonts that are not embedded or come from outside the declared chain out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location

if TYPE_CHECKING:
    from reportgen.verify.conformance.pdf_tree import PdfTree


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A font of a PDF: its name without the subset's prefix, and whether its outlines are in the file."""

    name: str
    embedded: bool


def embedded_fonts(pdf: bytes) -> tuple[EmbeddedFont, ...]:
    """The fonts of a PDF, each once, by name."""
    from reportgen.verify.conformance.pdf_tree import read_tree

    return fonts_of(read_tree(pdf))


def fonts_of(tree: PdfTree) -> tuple[EmbeddedFont, ...]:
    """The fonts among the objects of a PDF, each once, by name."""
    fonts = {font for thing in tree.dictionaries for font in font_of(tree, thing)}
    return tuple(sorted(fonts, key=lambda font: (font.name, font.embedded)))


def font_of(tree: PdfTree, thing: Any) -> Iterator[EmbeddedFont]:
    """The font an object of a PDF describes; a composite font is told by its descendant.

    The glyphs of a font of type 3 are drawn in the file itself.
    """
    if thing.get("/Type") != "/Font" or "/DescendantFonts" in thing:
        return
    descriptor = tree.dictionary(thing.get("/FontDescriptor"))
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    embedded = thing.get("/Subtype") == "/Type3" or any(file in descriptor for file in files)
    yield EmbeddedFont(plain_name(str(thing.get("/BaseFont", thing.get("/Name", "/")))), embedded)


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

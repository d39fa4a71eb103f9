"""A PDF in; whether its text layer is what is painted on its pages, as a check, out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.verify.covers import covered, displaced
from reportgen.verify.outline.elements import Outline
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, judged, left_out

if TYPE_CHECKING:
    from reportgen.render.font.faces import DerivedFace
    from reportgen.verify.font_programs import DeclaredFace, EmbeddedFont
    from reportgen.verify.glyphs import GlyphPage
    from reportgen.verify.twins import Readings

TEXTLESS: Final = Bilingual("页面上没有文字，可能是扫描件", "no text on the pages: perhaps they are scanned")
MOST: Final = 20
SHOWN: Final = 30


def check_text_layer(readings: Readings) -> Check | None:
    """The check that nothing is in the text layer that nobody sees, or that is another character."""
    subject = readings.subject
    outline = readings.outlines.get("pdf")
    if "pdf" not in subject.contents or (outline is not None and not isinstance(outline, Outline)):
        return None
    if not any(page.glyphs for page in subject.glyphs):
        return left_out("text-layer", TEXTLESS)
    fonts, lies = read_lies(readings)
    found = [*unseen(subject), *lies, *spoiled(subject)]
    count = sum(len(page.glyphs) for page in subject.glyphs)
    summary = Bilingual(
        f"{count}个字，对照了{fonts}种字体的字形", f"{count} characters; the glyphs of {fonts} fonts compared"
    )
    return judged("text-layer", found, summary)


def unseen(subject: Subject) -> Iterator[Diagnostic]:
    """A finding for each stretch of text of a page that leaves no trace on it."""
    found = ((page.number, text) for page in subject.glyphs for text in hidden_stretches(page))
    for number, text in islice(found, MOST):
        yield subject.find("text-unseen", "pdf", page=number, text=text[:SHOWN])


def spoiled(subject: Subject) -> Iterator[Diagnostic]:
    """A finding for each text that something was painted over, or that stands off its line in our own."""
    pages = subject.glyphs
    over = ((page.number, text) for page in pages for text in covered(page))
    for number, text in islice(over, MOST):
        yield subject.find("text-covered", "pdf", page=number, text=text[:SHOWN])
    if subject.faces is not None:
        moved = ((page.number, text) for page in pages for text in displaced(page))
        for number, text in islice(moved, MOST):
            yield subject.find("text-displaced", "pdf", page=number, text=text[:SHOWN])


def hidden_stretches(page: GlyphPage) -> Iterator[str]:
    """The texts of neighbouring glyphs that nobody sees."""
    for is_seen, glyphs in groupby(page.glyphs, key=lambda glyph: glyph.seen):
        if not is_seen:
            yield "".join(glyph.text for glyph in glyphs)


def read_lies(readings: Readings) -> tuple[int, tuple[Diagnostic, ...]]:
    """How many fonts were looked at, and a finding for every glyph that is not what it is said to be."""
    from reportgen.verify.font_programs import embedded_programs

    subject, fonts = readings.subject, embedded_programs(readings.pdf)
    declared = (
        {}
        if subject.faces is None
        else {family: derived for face in subject.faces.roles.values() for family, derived in face.derived}
    )
    found: list[Diagnostic] = []
    for font in fonts:
        lies = (
            against_face(font, face_of(declared[font.name]))
            if font.name in declared
            else against_itself(font)
        )
        found += [
            subject.find("text-layer-lies", "pdf", font=font.name, said=said, drawn=drawn)
            for said, drawn in lies
        ]
    return len(fonts), tuple(found[:MOST])


@lru_cache(maxsize=32)
def face_of(derived: DerivedFace) -> DeclaredFace:
    """A declared face, read once."""
    from reportgen.verify.font_programs import DeclaredFace

    return DeclaredFace.of(derived)


def against_face(font: EmbeddedFont, face: DeclaredFace) -> Iterator[tuple[str, str]]:
    """What is said of a glyph, and what it is, wherever its outline is not that of the declared face."""
    from reportgen.verify.font_programs import Outlines

    own = Outlines(font.program)
    for glyph, said in font.said.items():
        record = own.record(glyph)
        if not record and said.isspace():
            continue
        known = len(said) == 1 and ord(said) in face.coverage
        if not known or face.outlines.record(face.glyph(ord(said))) != record:
            drawn = chr(face.code(glyph)) if face.outlines.record(glyph) == record else "?"
            yield said, drawn


def against_itself(font: EmbeddedFont) -> Iterator[tuple[str, str]]:
    """The same of a font that is not known, where its own character map names its glyphs."""
    from reportgen.verify.font_programs import own_names

    names = own_names(font.program)
    for glyph, said in font.said.items():
        drawn = names.get(glyph)
        if drawn and said.strip("\0") and normal(said) not in {normal(character) for character in drawn}:
            yield said, drawn[0]


def normal(text: str) -> str:
    """A text with ligatures and doubles of characters as what they stand for."""
    return unicodedata.normalize("NFKC", text)

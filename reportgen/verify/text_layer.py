"""A PDF in; whether its text layer is what is painted on its pages, as a check, out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.verify.glyphs import Glyph, GlyphPage
from reportgen.verify.outline.elements import Outline
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, judged

if TYPE_CHECKING:
    from reportgen.render.font.faces import DerivedFace
    from reportgen.verify.font_programs import DeclaredFace, EmbeddedFont
    from reportgen.verify.twins import Readings

MOST: Final = 20
SHOWN: Final = 30
CONTRAST: Final = 40
"""How far apart the lightest and the darkest point of a glyph's place are, of 255, where one is painted."""
ASCENT: Final = 0.8
DESCENT: Final = 0.15
"""How far a glyph reaches above and below its baseline, in its type size."""


def check_text_layer(readings: Readings) -> Check | None:
    """The check that nothing is in the text layer that nobody sees, or that is another character."""
    subject = readings.subject
    outline = readings.outlines.get("pdf")
    if "pdf" not in subject.contents or (outline is not None and not isinstance(outline, Outline)):
        return None
    fonts, lies = read_lies(subject)
    found = [*unseen(subject), *lies]
    count = sum(len(page.glyphs) for page in subject.glyphs)
    summary = Bilingual(f"{count}个字，{fonts}种字体", f"{count} characters in {fonts} fonts")
    return judged("text-layer", found, summary)


def unseen(subject: Subject) -> Iterator[Diagnostic]:
    """A finding for each stretch of text of a page that leaves no trace on it."""
    told = 0
    for page, inked in zip(subject.glyphs, ink(subject.contents["pdf"], len(subject.glyphs)), strict=False):
        for text in stretches(page, [not is_seen(glyph, inked) for glyph in page.glyphs]):
            told += 1
            if told <= MOST:
                yield subject.find("text-unseen", "pdf", page=page.number, text=text[:SHOWN])


def stretches(page: GlyphPage, hidden: Sequence[bool]) -> Iterator[str]:
    """The neighbouring glyphs that are hidden, as texts."""
    held = ""
    for glyph, is_hidden in zip(page.glyphs, hidden, strict=True):
        if is_hidden:
            held += glyph.text
        elif held:
            yield held
            held = ""
    if held:
        yield held


class Ink:
    """What a page looks like: its points in grey, from the top."""

    __slots__ = ("height", "points", "stride", "width")

    def __init__(self, points: bytes, width: int, height: int, stride: int) -> None:
        self.points, self.width, self.height, self.stride = points, width, height, stride

    def contrast(self, left: float, right: float, top: float, bottom: float) -> int:
        """How far apart the lightest and the darkest point of a box are; all in pt."""
        first, last = max(int(left), 0), min(int(right) + 1, self.width)
        rows = range(max(int(top), 0), min(int(bottom) + 1, self.height))
        light, dark = 0, 255
        if first < last:
            middle = len(rows) // 2
            for row in (*rows[middle:], *rows[:middle]):
                line = self.points[row * self.stride + first : row * self.stride + last]
                light, dark = max(light, max(line)), min(dark, min(line))
                if light - dark > CONTRAST:
                    break
        return light - dark


def ink(pdf: bytes, pages: int) -> Iterator[Ink]:
    """What every page looks like, a point for each pt."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(pages):
            bitmap = document[number].render(grayscale=True, rev_byteorder=False)
            yield Ink(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    finally:
        document.close()


def is_seen(glyph: Glyph, inked: Ink) -> bool:
    """Whether a glyph is painted in its place."""
    if not glyph.seen:
        return False
    top, bottom = glyph.base - ASCENT * glyph.size, glyph.base + DESCENT * glyph.size
    return inked.contrast(glyph.left, glyph.right, top, bottom) > CONTRAST


def read_lies(subject: Subject) -> tuple[int, tuple[Diagnostic, ...]]:
    """How many fonts were looked at, and a finding for every glyph that is not what it is said to be."""
    from reportgen.verify.font_programs import embedded_programs

    fonts = embedded_programs(subject.contents["pdf"])
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
        known = len(said) == 1 and ord(said) in face.coverage
        if not known or face.outlines.record(face.glyph(ord(said))) != record:
            drawn = chr(face.code(glyph)) if face.outlines.record(glyph) == record else "?"
            yield said, drawn


def against_itself(font: EmbeddedFont) -> Iterator[tuple[str, str]]:
    """The same of a font that is not known, where its own character map names its glyphs."""
    names = own_names(font.program)
    for glyph, said in font.said.items():
        drawn = names.get(glyph)
        if drawn and said.strip("\0") and normal(said) not in {normal(character) for character in drawn}:
            yield said, drawn[0]


def normal(text: str) -> str:
    """A text with ligatures and doubles of characters as what they stand for."""
    return unicodedata.normalize("NFKC", text)


def own_names(program: bytes) -> dict[int, list[str]]:
    """The characters a font's own map gives to each glyph; none where it has no map that can be read."""
    from fontTools.ttLib import TTFont

    names: dict[int, list[str]] = {}
    try:
        font: Any = TTFont(BytesIO(program), lazy=True)
        for code, name in (font.getBestCmap() or {}).items():
            names.setdefault(font.getGlyphID(name), []).append(chr(code))
    except Exception:  # noqa: BLE001 (a foreign font may be broken in any way; it is then not judged)
        return {}
    return names

"""A PDF in; its embedded fonts with what each of their glyphs is said to be, and its outline, out."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from reportgen.verify.embedded_fonts import plain_name

if TYPE_CHECKING:
    from reportgen.render.font.coverage import Coverage
    from reportgen.render.font.faces import DerivedFace

SECTION: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
PAIR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]+)>")
RANGE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([^\]]*)\])")
HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")
LONGEST: Final = 65_536
DEEPEST: Final = 5


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A composite TrueType font of a PDF: its name, its program, and the text said of each glyph."""

    name: str
    program: bytes
    said: Mapping[int, str]


@dataclass(frozen=True)
class Outlines:
    """The records of a TrueType font's glyphs, by number. Not slotted: its tables are read when asked for."""

    data: bytes

    @cached_property
    def tables(self) -> Mapping[bytes, tuple[int, int]]:
        """Where every table begins and how long it is."""
        count = struct.unpack_from(">H", self.data, 4)[0]
        records = (struct.unpack_from(">4sLLL", self.data, 12 + 16 * at) for at in range(count))
        return {tag: (offset, length) for tag, _, offset, length in records}

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where the glyphs begin in their table, and where the last one ends."""
        offset, length = self.tables[b"loca"]
        wide = struct.unpack_from(">h", self.data, self.tables[b"head"][0] + 50)[0]
        if wide:
            return struct.unpack_from(f">{length // 4}L", self.data, offset)
        return tuple(2 * place for place in struct.unpack_from(f">{length // 2}H", self.data, offset))

    def record(self, glyph: int) -> bytes:
        """The record of a glyph without padding; empty for one without an outline, or one there is not."""
        if not 0 <= glyph < len(self.places) - 1:
            return b""
        start = self.tables[b"glyf"][0]
        return self.data[start + self.places[glyph] : start + self.places[glyph + 1]].rstrip(b"\0")


@dataclass(frozen=True)
class DeclaredFace:
    """A face a document should be set in: its glyphs are those of its code points in order, after one."""

    outlines: Outlines
    coverage: Coverage

    @classmethod
    def of(cls, derived: DerivedFace) -> DeclaredFace:
        """The face of a file."""
        return cls(Outlines(derived.path.read_bytes()), derived.coverage)

    @cached_property
    def starts(self) -> tuple[list[int], list[int]]:
        """The first code point of every run, and the number of the glyph that is its."""
        runs = self.coverage.runs
        sizes = (last - first + 1 for first, last, _ in runs[:-1])
        return [first for first, _, _ in runs], list(accumulate(sizes, initial=1))

    def glyph(self, code: int) -> int:
        """The number of the glyph of a code point the face has."""
        at = bisect_right(self.starts[0], code) - 1
        return self.starts[1][at] + code - self.starts[0][at]

    def code(self, glyph: int) -> int:
        """The code point of a glyph, 0 for none."""
        at = bisect_right(self.starts[1], glyph) - 1
        return self.starts[0][at] + glyph - self.starts[1][at] if at >= 0 else 0


def embedded_programs(document: pikepdf.Pdf) -> tuple[EmbeddedFont, ...]:
    """The composite TrueType fonts of all pages with their programs, each once."""
    found: dict[tuple[int, int], EmbeddedFont] = {}
    for page in document.pages:
        for font in fonts_in(page.obj.get("/Resources"), 0):
            if font.objgen not in found and (read := read_font(font)):
                found[font.objgen] = read
    return tuple(found.values())


def fonts_in(resources: Any, depth: int) -> Iterator[Any]:
    """The fonts of a page's resources and of the drawings in them."""
    if not isinstance(resources, pikepdf.Dictionary) or depth > DEEPEST:
        return
    yield from (font for font in _values(resources, "/Font") if isinstance(font, pikepdf.Dictionary))
    for drawing in _values(resources, "/XObject"):
        if isinstance(drawing, pikepdf.Stream):
            yield from fonts_in(drawing.get("/Resources"), depth + 1)


def _values(resources: Any, key: str) -> list[Any]:
    held = resources.get(key)
    return [held[name] for name in held.keys()] if isinstance(held, pikepdf.Dictionary) else []  # noqa: SIM118


def read_font(font: Any) -> EmbeddedFont | None:
    """A font whose codes are the numbers of its glyphs; None for any other."""
    descendants = font.get("/DescendantFonts")
    said = font.get("/ToUnicode")
    if descendants is None or not isinstance(said, pikepdf.Stream):
        return None
    below = descendants[0]
    program = below.get("/FontDescriptor", {}).get("/FontFile2")
    identity = str(font.get("/Encoding")) == "/Identity-H" and str(below.get("/CIDToGIDMap", "/Identity"))
    if program is None or identity != "/Identity":
        return None
    name = plain_name(str(font.get("/BaseFont", "/")))
    return EmbeddedFont(name, program.read_bytes(), dict(read_said(said.read_bytes())))


def read_said(content: bytes) -> Iterator[tuple[int, str]]:
    """What a ToUnicode says of each code (ISO 32000-1 9.10.3)."""
    for form, body in SECTION.findall(content):
        if form == b"bfchar":
            yield from ((int(code, 16), decoded(text)) for code, text in PAIR.findall(body))
            continue
        for low, high, text, several in RANGE.findall(body):
            first, last = int(low, 16), min(int(high, 16), int(low, 16) + LONGEST)
            listed = [decoded(item) for item in HEX.findall(several)] if several else None
            for at, code in enumerate(range(first, last + 1)):
                if listed is not None:
                    yield from [(code, listed[at])] if at < len(listed) else []
                else:
                    start = decoded(text)
                    yield code, start[:-1] + chr(min(ord(start[-1]) + at, 0x10FFFF)) if start else ""


def decoded(digits: bytes) -> str:
    """The text of hexadecimal digits in UTF-16."""
    clean = b"".join(digits.split())
    return bytes.fromhex(clean.decode() + "0" * (len(clean) % 2)).decode("utf-16-be", "replace")


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

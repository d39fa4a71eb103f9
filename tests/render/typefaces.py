"""Small fonts made on the spot: names, characters and advances in; font files of rectangles out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection

from reportgen.render.font.store import Store
from reportgen.render.fonts import Places

CREATED = 3786912000
LATIN = "".join(map(chr, range(0x20, 0x7F)))


def rectangle(pen: Any, advance: int, upm: int) -> None:
    """A rectangle with a margin of a tenth of the advance."""
    left, right, top = advance // 10, advance - advance // 10, upm * 7 // 10
    pen.moveTo((left, 0))
    for point in ((left, top), (right, top), (right, 0)):
        pen.lineTo(point)
    pen.closePath()


def drawn(advance: int, upm: int, curves: str) -> Any:
    """The glyph of a rectangle in the form of TrueType or of CFF."""
    pen = TTGlyphPen(None) if curves == "glyf" else T2CharStringPen(advance, None)
    if advance:
        rectangle(pen, advance, upm)
    return pen.glyph() if curves == "glyf" else pen.getCharString()


def make_font(
    path: Path,
    advances: Mapping[str, int],
    *,
    name: str = "Small",
    style: str = "Regular",
    local: str = "",
    upm: int = 1000,
    curves: str = "glyf",
) -> Path:
    """A font with these characters; `local` is its name in Chinese, `style` Bold makes it a bold one."""
    builder = FontBuilder(upm, isTTF=curves == "glyf")
    glyphs = {".notdef": upm, **{f"g{ord(character):X}": advance for character, advance in advances.items()}}
    shapes = {glyph: drawn(advance, upm, curves) for glyph, advance in glyphs.items()}
    builder.font.recalcTimestamp = False
    builder.setupHead(unitsPerEm=upm, created=CREATED, modified=CREATED)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(character): f"g{ord(character):X}" for character in advances})
    if curves == "glyf":
        builder.setupGlyf(shapes)
    else:
        builder.setupCFF(name.replace(" ", ""), {}, shapes, {})
    builder.setupHorizontalMetrics({glyph: (advance, advance // 10) for glyph, advance in glyphs.items()})
    builder.setupHorizontalHeader(ascent=upm, descent=-upm // 4)
    full = name if style == "Regular" else f"{name} {style}"
    names = {"familyName": {"en": name, **({"zh": local} if local else {})}, "styleName": {"en": style}}
    builder.setupNameTable({**names, "fullName": full, "psName": full.replace(" ", "-")}, mac=False)
    builder.setupOS2(usWeightClass=700 if style == "Bold" else 400)
    builder.setupPost()
    builder.save(path)
    return path


def make_collection(path: Path, *fonts: Path) -> Path:
    """A collection of these fonts."""
    from fontTools.ttLib import TTFont

    collection = TTCollection()
    collection.fonts = [TTFont(font) for font in fonts]
    collection.save(path)
    for font in collection.fonts:
        font.close()
    return path


def even(characters: Iterable[str], advance: int = 1000) -> dict[str, int]:
    """One advance for all these characters."""
    return dict.fromkeys(characters, advance)


def declare(**roles: object) -> dict[str, object]:
    """A declaration of these roles over three files: `body.ttf`, `behind.ttf` and `latin.ttf`."""
    return {
        "files": {
            "body": {"file": "body.ttf", "package": "fonts-body", "licence": "OFL-1.1"},
            "behind": {"file": "behind.ttf", "package": "fonts-behind", "licence": "OFL-1.1"},
            "latin": {
                "file": "latin.ttf",
                "package": "fonts-latin",
                "licence": "OFL-1.1",
                "names": ["Office Latin"],
            },
        },
        "roles": roles,
        "latin": ["0020-007E"],
        "characters": "",
    }


def body_role(**changes: object) -> dict[str, object]:
    """A role over the three files."""
    role = {"office": "仿宋_GB2312", "family": "rg-test", "names": ["仿宋_GB2312", "Own Fang"]}
    return {**role, "chain": ["body", "behind"], "latin": "latin", **changes}


BODY = "报告年度信息公开工作条例的一是了我不人在有，。“”——…·"


def make_places(folder: Path) -> Places:
    """Three fonts that fit the declaration in one folder, an empty store in another."""
    fonts, kept = folder / "fonts", folder / "kept"
    fonts.mkdir()
    make_font(fonts / "body.ttf", {**even(BODY), "“": 350, "”": 350, "·": 300, "—": 900}, name="Body")
    make_font(fonts / "behind.ttf", even("报镕𠮷"), name="Behind", upm=2000)
    make_font(fonts / "latin.ttf", {**even(LATIN, 1024), "i": 569, " ": 512}, name="Latin", upm=2048)
    return Places((fonts,), Store((kept,)))

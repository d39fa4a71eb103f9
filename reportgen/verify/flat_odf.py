"""A Word file as LibreOffice read it (flat ODF) in; the same with what LibreOffice misreads put right out.

For the comparison only. LibreOffice reads `overflowPunct` the wrong way round and ignores `autoSpaceDE`,
`autoSpaceDN`, `kinsoku` of the default style and the sets of `noLineBreaksBefore`/`noLineBreaksAfter`. What
it does within texts is put right in `flat_text`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from lxml import etree

from reportgen.render.line_ends import Column
from reportgen.render.package import DOCUMENT, Package, PackageError, parse, read_package
from reportgen.render.word.markup import name
from reportgen.verify.flat_text import JOINED, LineEnds, end_lines

HEAD: Final = b'<config:config-item-set config:name="ooo:configuration-settings">'
KINSOKU: Final = """<config:config-item-map-indexed config:name="ForbiddenCharacters">
<config:config-item-map-entry>
<config:config-item config:name="Language" config:type="string">zh</config:config-item>
<config:config-item config:name="Country" config:type="string">CN</config:config-item>
<config:config-item config:name="Variant" config:type="string"/>
<config:config-item config:name="BeginLine" config:type="string">{before}</config:config-item>
<config:config-item config:name="EndLine" config:type="string">{after}</config:config-item>
</config:config-item-map-entry></config:config-item-map-indexed>"""
WRAP: Final = re.compile(rb'(?<=style:punctuation-wrap=")(?:hanging|simple)(?=")')
TURNED: Final = {b"hanging": b"simple", b"simple": b"hanging"}
WESTERN: Final = re.compile(rb'style:font-name="[^"]*" fo:font-family="([^"]*)"')
SPACE: Final = re.compile(rb'(?<=style:text-autospace=")[a-z-]+(?=")')
STYLE: Final = re.compile(
    rb'<style:style style:name="[^"]*"[^>]*style:family="paragraph".*?</style:style>', re.DOTALL
)
CLOSER: Final = b'fo:letter-spacing="-'
RIGHT: Final = re.compile(rb'(?<=fo:margin-right=")0(?:in|cm|mm|pt)(?=")')
ROOM: Final = b"-0.25pt"
"""Letter spacing follows every letter (ISO/IEC 29500-1 17.3.2.35), also the last of a line: LibreOffice
leaves that one out."""
COUNTED: Final = re.compile(rb"(?<=<meta:document-statistic )[^>]*?(?=/?>)")
FORWARD: Final = b'meta:page-count="1" meta:paragraph-count="1000000"'
"""LibreOffice begins with as many paragraphs on a page as these counts say, then takes them back to the page
before where they fit; it does not take back one line alone. So all begin on the first page."""
STRICT: Final = re.compile(rb'(?<=style:line-break=")strict(?=")')
OFF: Final = frozenset({"0", "false", "off"})
SPACES: Final = {"w": name("p")[1:-2]}
RULES: Final = ("w:docDefaults//w:pPr/*", "w:style[@w:type='paragraph'][@w:default='1']/w:pPr/*")
"""Where the rules for all paragraphs stand: the later ones count."""
LINK: Final = "/hyperlink"
"""The end of the type of a relation that only a click follows."""


@dataclass(frozen=True, slots=True)
class Typography:
    """What LibreOffice has to be told of a Word file: space between scripts, kinsoku, both forbidden sets."""

    spaced: bool
    kinsoku: bool
    never_begins: str
    never_ends: str


def read_typography(docx: bytes) -> Typography:
    """The typography a Word file asks for; raises PackageError when it cannot be read."""
    package = open_package(docx)
    sets = {side: forbidden(package, side) for side in ("Before", "After")}
    off = switched_off(package)
    spaced = not {"autoSpaceDE", "autoSpaceDN"} <= off
    return Typography(spaced, "kinsoku" not in off, sets["Before"], sets["After"])


def open_package(docx: bytes) -> Package:
    """The parts of a Word file that may be given to LibreOffice; raises PackageError for any other.

    Nothing in it may lead outside: a linked picture, a linked template.
    """
    package = read_package(docx)
    if DOCUMENT not in package.parts:
        raise PackageError(DOCUMENT)
    for relations in package.relations.values():
        for relation in relations.values():
            if relation.outside and not relation.type.endswith(LINK):
                raise PackageError(relation.target)
    return package


def switched_off(package: Package) -> frozenset[str]:
    """The rules that are off in all paragraphs whose style does not say else, such as `autoSpaceDE`."""
    styles = tree(package, "word/styles.xml")
    found = () if styles is None else (rule for place in RULES for rule in styles.iterfind(place, SPACES))
    values = {str(item.tag).rpartition("}")[2]: str(item.get(name("val"), "1")) for item in found}
    return frozenset(rule for rule, value in values.items() if value in OFF)


def make_room(style: re.Match[bytes]) -> bytes:
    """A paragraph style with room for the letter spacing LibreOffice forgets, where letters stand closer."""
    return RIGHT.sub(ROOM, style[0], count=1) if CLOSER in style[0] else style[0]


def forbidden(package: Package, side: str) -> str:
    """The characters that may not begin a line (`Before`) or end one (`After`)."""
    settings = tree(package, "word/settings.xml")
    found = None if settings is None else settings.find(name(f"noLineBreaks{side}"))
    return "" if found is None else str(found.get(name("val"), ""))


def tree(package: Package, part: str) -> etree._Element | None:
    """A part of a package as a tree; None when there is none or it cannot be read."""
    try:
        return parse(package.parts[part])
    except (KeyError, etree.XMLSyntaxError):
        return None


def take_own_letters(flat: bytes, families: Mapping[str, str]) -> bytes:
    """The flat ODF with the families for letters and digits that are set in a Chinese font by its name.

    The office's font has half-width digits, what stands for it here has those of the Latin font.
    """
    known = {
        escape(name).encode(): b'fo:font-family="%b"' % family.encode() for name, family in families.items()
    }
    return WESTERN.sub(lambda match: known.get(match[1], match[0]), flat)


def correct(flat: bytes, typography: Typography, column: Column | None = None) -> bytes:
    """The flat ODF with hanging punctuation turned round, the space as wanted, and the forbidden sets.

    `column` is the line of running text.
    """
    ends = (typography.never_begins, typography.never_ends) if typography.kinsoku else ("", "")
    content = flat if typography.spaced else end_lines(flat, LineEnds(*ends, column))
    content = WRAP.sub(lambda match: TURNED[match[0]], content)
    content = COUNTED.sub(FORWARD, STYLE.sub(make_room, content), count=1)
    if not typography.spaced:
        content = SPACE.sub(b"none", content)
    if not typography.kinsoku:
        content = STRICT.sub(b"normal", content)
    if not typography.never_begins and not typography.never_ends:
        return content
    sets = KINSOKU.format(
        before=escape(typography.never_begins + JOINED), after=escape(typography.never_ends + JOINED)
    )
    return content.replace(HEAD, HEAD + sets.encode(), 1)

"""The lines of a PDF with their roles in; size, face, colour, indents and centring of each measured out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.layout.lines import is_ideograph
from reportgen.verify.layout.pages import sample
from reportgen.verify.layout.protocol import Sample
from reportgen.verify.layout.roles import ENDS, HEADINGS, NUMBERED, PLAIN, RUN_IN, lead_face
from reportgen.verify.layout.standard import BLACK as BLACK_CODE

if TYPE_CHECKING:
    from reportgen.verify.layout.lines import Line
    from reportgen.verify.layout.pages import Pages
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.roles import Setting
    from reportgen.verify.layout.standard import Standard

DARK: Final = 0x33
"""What every part of a colour of other origin stays below to pass as black."""
BLACK: Final = Bilingual("黑色", "black")
INDENTED: Final = frozenset({*PLAIN, "attachment-only"})
"""Roles whose indents are judged by their looks; of known ones all are."""


def measure_setting(pages: Pages, protocol: Protocol) -> None:
    """Hold the setting of every line against its role's style."""
    standard = protocol.standard
    sizes, faces = defaultdict(list), defaultdict(list)
    for setting, letters in letters_of(pages.settings):
        role = style_role(setting.role)
        if role in standard.roles:
            sizes[role].append(sample(size_of(setting, pages), setting.line))
        for face_role, face in faces_of(setting, letters, pages, standard):
            faces[face_role].append(sample(Bilingual(face, face), setting.line))
    for role, samples in sizes.items():
        protocol.compare("size", standard.size_of(role), samples, role)
    for role, samples in faces.items():
        font = standard.roles[role]["font"]
        protocol.agree("face", Bilingual(font, font), samples, role)
    measure_colors(pages, protocol)
    measure_indents(pages, protocol)


def style_role(role: str) -> str:
    """The role whose style a line is set in."""
    return "body" if role == RUN_IN else role


def size_of(setting: Setting, pages: Pages) -> float:
    """The size of a line; where its role is known, that of the character that differs most."""
    line = setting.line
    if not pages.known:
        return line.size
    return max((glyph.size for glyph in line.glyphs), key=lambda size: abs(size - line.size))


def letters_of(settings: Iterable[Setting]) -> Iterator[tuple[Setting, list[str]]]:
    """Every line with the faces of its Chinese letters; where a run-in heading ends, of those after it."""
    is_open = False
    for setting in settings:
        glyphs, is_open = setting.line.glyphs, setting.role == RUN_IN and (setting.first or is_open)
        if is_open:
            end = next((at for at, glyph in enumerate(glyphs, 1) if glyph.text in [*ENDS]), len(glyphs))
            is_open = glyphs[end - 1].text not in [*ENDS]
            glyphs = glyphs if setting.first else glyphs[end:]
        yield setting, [glyph.face for glyph in glyphs if is_ideograph(glyph.text)]


def faces_of(
    setting: Setting, letters: Sequence[str], pages: Pages, standard: Standard
) -> Iterator[tuple[str, str]]:
    """The faces of a line with the role each has to suit: a heading at its head has its own."""
    line, role = setting.line, setting.role
    if role == RUN_IN:
        level = next((name for name, form in NUMBERED if form.match(line.text)), "")
        lead = standard.face_of(lead_face(line))
        if setting.first and level in HEADINGS and (pages.known or lead != standard.roles["body"]["font"]):
            yield level, lead
        elif not setting.first and setting.last and letters:
            yield "body", standard.face_of(letters[-1])
    elif role in standard.roles and letters:
        wanted = standard.roles[role]["font"]
        also = standard.roles[role].get("also")
        faces = [face for face in map(standard.face_of, dict.fromkeys(letters)) if face != also]
        most = standard.face_of(line.face)
        yield role, next((face for face in faces if face != wanted), wanted) if pages.known else most


def measure_colors(pages: Pages, protocol: Protocol) -> None:
    """Tell every colour of letters but black, and red above the title."""
    found: list[Sample] = []
    roles = {id(setting.line): setting.role for setting in pages.settings} if pages.known else {}
    for sheet in pages.sheets:
        for line in (*sheet.lines, *sheet.cells):
            if protocol.standard.color_of(roles.get(id(line), "")) != BLACK_CODE:
                continue  # measured with its place
            for color in {glyph.color for glyph in line.glyphs} - {BLACK_CODE}:
                if not is_allowed(color, line, pages, protocol.standard):
                    found.append(sample(Bilingual(f"#{color}", f"#{color}"), line))
    protocol.agree("color", BLACK, found or [Sample(BLACK)])


def is_allowed(color: str, line: Line, pages: Pages, standard: Standard) -> bool:
    """Whether a document of other origin may have a colour here: nearly black, or red in its head (7.2)."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    head = line.page == 1 and line.size > pages.frame.size and red > 2 * max(green, blue)
    return not standard.own and (max(red, green, blue) < DARK or head)


def measure_indents(pages: Pages, protocol: Protocol) -> None:
    """Hold where lines begin against their role's style, in characters; titles by their middle."""
    firsts, turns, middles = defaultdict(list), defaultdict(list), defaultdict(list)
    standard, (left, right) = protocol.standard, pages.edges
    for setting in pages.settings:
        line, role = setting.line, style_role(setting.role)
        style = standard.roles.get(role)
        if style is None or style.get("align") == "right":
            continue
        if style.get("align") == "center":
            offset = (line.left + line.right - left - right) / 2
            middles[role].append(sample(offset / line.size, line))
        elif role in standard.indented and (pages.known or setting.role in INDENTED):
            value = sample((line.left - left) / standard.advance(float(style["size"])), line)
            if setting.first:
                firsts[role].append(value)
            elif pages.known or role in PLAIN:
                turns[role].append(value)
    for name, groups, key in (
        ("indent", firsts, "indent"),
        ("turn-lines", turns, "hang"),
        ("centred", middles, ""),
    ):
        for role, samples in groups.items():
            protocol.compare(name, float(standard.roles[role].get(key, 0)), samples, role)

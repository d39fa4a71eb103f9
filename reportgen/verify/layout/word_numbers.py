"""The footers of a Word file in; form, size, face and place of its page numbers (GB/T 9704-2012 7.5) out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Bilingual
from reportgen.render.geometry import has_own_latin
from reportgen.verify.layout.page_number import THERE
from reportgen.verify.layout.protocol import Sample
from reportgen.verify.layout.roles import PRINTED
from reportgen.verify.layout.standard import MM
from reportgen.verify.numberless import has_bare_end

if TYPE_CHECKING:
    from reportgen.render.word.markup import Element
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.word_paragraphs import WordFile, WordParagraph

SIDES: Final = {
    "default": (Bilingual("单页", "odd pages"), ("right", "end"), "right"),
    "even": (Bilingual("双页", "even pages"), ("", "left", "start", "both"), "left"),
}
"""Each footer: the pages it stands on, how it is to be aligned, and the indent from the edge."""
NORMAL_HEIGHT: Final = 1.3
"""The height of a line of most fonts, in its size, where nothing else is said."""


def measure_footers(word: WordFile, protocol: Protocol) -> None:
    """Hold the page numbers of odd and of even pages against the standard."""
    bare = has_bare_end(protocol.subject, len(word.sections)) or ends_bare(word, protocol)
    numbers = {
        kind: paragraph
        for kind, paragraphs in (word.earlier if bare else word.footers)
        for paragraph in paragraphs
        if paragraph.numbers_page
    }
    wanted = ["default", "even"] if word.has_even else ["default"]
    missing = [
        Sample(Bilingual("没有页码", "no page number"), SIDES[kind][0])
        for kind in wanted
        if kind not in numbers
    ]
    protocol.agree("number-there", THERE, missing or [Sample(THERE)])
    shown = [(kind, numbers[kind]) for kind in wanted if kind in numbers]
    if shown:
        measure_looks(word, shown, protocol)
        measure_places(word, shown, protocol)


def ends_bare(word: WordFile, protocol: Protocol) -> bool:
    """Whether a file of other origin ends with 版记 in a section of its own."""
    ends = [paragraph for paragraph in word.paragraphs if paragraph.bare][-2:]
    printed = any(PRINTED.search(paragraph.bare) for paragraph in ends)
    return protocol.subject.report is None and len(word.sections) > 1 and printed


def measure_looks(word: WordFile, shown: Sequence[tuple[str, WordParagraph]], protocol: Protocol) -> None:
    """Form, size and face."""
    standard, forms, sizes, faces = protocol.standard, list[Sample](), list[Sample](), list[Sample]()
    style = standard.roles[standard.layout["page-number"]["style"]]
    form = str(standard.texts["page-number"]).format("1")
    for kind, paragraph in shown:
        where, text = SIDES[kind][0], re.sub(r"\d+", "1", paragraph.text.strip())
        fits = "".join(text.split()) in ("".join(form.split()), "".join(form.split()).replace("1", ""))
        told = form if fits else text
        forms.append(Sample(Bilingual(told, told), where))
        properties = paragraph.runs[-1].properties if paragraph.runs else {}
        sizes.append(Sample(float(properties.get("sz", "20")) / 2, where))
        names = [properties.get("rFonts.ascii", "")]
        if not (standard.own and has_own_latin(style)):  # else of ours: the digits, not the dashes alone
            names.insert(0, word.styles.font(properties))
        face = next(
            (style["font"] for name in names if standard.face_of(name) == style["font"]), names[0] or "?"
        )
        faces.append(Sample(Bilingual(face, face), where))
    protocol.agree("number-form", Bilingual(form, form), forms)
    protocol.compare("number-size", float(style["size"]), sizes)
    protocol.agree("number-face", Bilingual(style["font"], style["font"]), faces)


def measure_places(word: WordFile, shown: Sequence[tuple[str, WordParagraph]], protocol: Protocol) -> None:
    """The distance from the type area, and the side."""
    from reportgen.verify.layout.word_layout import ALIGNMENTS, LEFT, indents

    standard = protocol.standard
    number = standard.layout["page-number"]
    size = float(standard.roles[number["style"]]["size"])
    distances, sides = list[Sample](), list[Sample]()
    for kind, paragraph in shown:
        where, alignments, side = SIDES[kind]
        given = paragraph.properties.get("jc", "")
        first, _, right = indents(paragraph, size)
        indent: Any = (
            (right if side == "right" else first) if given in alignments else ALIGNMENTS.get(given, LEFT)
        )
        sides.append(Sample(indent, where))
        for section in word.sections[-1:]:
            distances.append(Sample(distance_of(paragraph, section, size, float(number["dash"])) / MM, where))
    if not word.has_even:
        sides.append(Sample(Bilingual("单双页同侧", "the same side on odd and even pages"), SIDES["even"][0]))
    protocol.compare("number-distance", float(number["distance"]), distances)
    protocol.compare("number-side", float(number["indent"]), sides)


def distance_of(paragraph: WordParagraph, section: Element, size: float, dash: float) -> float:
    """How far the dash lies below the type area, in pt: counted up from the footer's lower edge."""
    from reportgen.verify.layout.word_layout import TWIPS, lengths
    from reportgen.verify.layout.word_roles import number

    margins = lengths(section, "pgMar")
    properties = paragraph.properties
    exact = properties.get("spacing.lineRule", "auto") == "exact"
    height = number(properties.get("spacing.line", "0")) / TWIPS if exact else NORMAL_HEIGHT * size
    top = abs(margins.get("bottom", 0.0)) - margins.get("footer", 0.0) - height
    return top + (height - size) / 2 + dash * size

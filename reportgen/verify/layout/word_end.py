"""The end of a Word file in; where its names and its date stand (GB/T 9704-2012 7.3.5) out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.model.widths import text_width
from reportgen.render.signature import BARE_SPACE, SEALED_SPACE, SignaturePlacement, place_signature
from reportgen.verify.layout.signature_place import is_sealed

if TYPE_CHECKING:
    from reportgen.verify.layout.protocol import Protocol
    from reportgen.verify.layout.word_paragraphs import WordFile, WordParagraph
    from reportgen.verify.layout.word_roles import Cast


def measure_end(word: WordFile, cast: Sequence[Cast], protocol: Protocol) -> None:
    """Hold the indents of names and date against the standard's, with a seal or without."""
    from reportgen.verify.layout.word_layout import sample

    dates = [item.paragraph for item in cast if item.role == "date"]
    names = [item.paragraph for item in cast if item.role == "signature"]
    character = protocol.standard.character
    if not dates or not names:
        return
    ends = (*names, dates[-1])
    found = [right_of(item, protocol) for item in ends]
    sealed, due = nearest(ends, found, protocol)
    for item, value, place in zip(names, found, due.names, strict=False):
        protocol.compare("signature", float(place.right) / character, [sample(value / character, item)])
    protocol.compare("date", float(due.date.right) / character, [sample(found[-1] / character, dates[-1])])
    if protocol.standard.own or not sealed:
        expected = SEALED_SPACE if sealed else BARE_SPACE
        space = space_above(word, names[0], protocol.standard.pitch)
        protocol.compare("signature-space", float(expected), [sample(space, names[0])])


def width_of(text: str, protocol: Protocol) -> float:
    """The length in pt of a text in the body's face: measured, or counted when the faces are not there."""
    standard, faces = protocol.standard, protocol.subject.faces
    if faces is None:
        return float(text_width(text)) * standard.character
    closer = Decimal(str(standard.layout["grid"]["closer"]))
    size = Decimal(str(standard.layout["grid"]["size"]))
    return float(faces.width(text, standard.roles["signature"]["font"], size, -closer))


def right_of(paragraph: WordParagraph, protocol: Protocol) -> float:
    """How far the end of a line stands from the right edge of the type area, in pt."""
    from reportgen.verify.layout.word_layout import indents

    standard, text = protocol.standard, paragraph.text
    first, _, right = indents(paragraph, standard.character)
    width = width_of(text.strip(), protocol)
    behind = float(text_width(text[len(text.rstrip()) :]))
    rest = standard.width - (first + right) * standard.character - width
    aligned = paragraph.properties.get("jc", "")
    if aligned in ("right", "end"):
        return (right + behind) * standard.character
    return right * standard.character + (rest / 2 if aligned == "center" else rest)


def nearest(
    ends: Sequence[WordParagraph], found: Sequence[float], protocol: Protocol
) -> tuple[bool, SignaturePlacement]:
    """The placement that is due, or, when nobody knows, the one the lines come nearest to."""
    sealed = is_sealed(protocol.subject)
    *names, date = (item.text.strip() for item in ends)

    def measure(text: str) -> Decimal:
        return Decimal(width_of(text, protocol))

    due = {
        seal: place_signature(names, date, seal, measure, protocol.standard.layout)
        for seal in ((True, False) if sealed is None else (sealed,))
    }

    def distance(seal: bool) -> float:
        places = [*due[seal].names, due[seal].date]
        return max(abs(float(place.right) - value) for place, value in zip(places, found, strict=False))

    best = min(due, key=distance)
    return best, due[best]


def space_above(word: WordFile, name: WordParagraph, pitch: float) -> float:
    """The empty lines above a paragraph: empty paragraphs and the space before it."""
    from reportgen.verify.layout.word_layout import TWIPS
    from reportgen.verify.layout.word_roles import number

    at = next(at for at, paragraph in enumerate(word.paragraphs) if paragraph is name)
    empty = 0
    while (
        empty < at
        and not word.paragraphs[at - empty - 1].bare
        and not word.paragraphs[at - empty - 1].in_table
    ):
        empty += 1
    return empty + number(name.properties.get("spacing.before", "0")) / TWIPS / pitch

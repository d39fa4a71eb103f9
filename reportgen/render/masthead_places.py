"""The body of a Word file and its 版头 in; the places of what no style can know in it out."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from reportgen.render.geometry import type_area_width
from reportgen.render.joint_mark import JointMark
from reportgen.render.outer_form import Masthead
from reportgen.render.signer_lines import SIGNERS
from reportgen.render.word.markup import Element, ensure, paragraphs_of, twips, w
from reportgen.render.word.sheet import Sheet
from reportgen.render.word.styles import tab_stop

SLACK: Final = Decimal("0.5")
"""Points that the frame of the word is wider than its letters, so that no rounding breaks it."""


def place_masthead(body: Element, masthead: Masthead | None, sheet: Sheet) -> None:
    """Set the names of several organs, their word and the lines of 签发人 where they belong."""
    if masthead and masthead.joint:
        _place_joint(body, masthead.joint, len(masthead.markings), sheet)
    if masthead:
        _place_signers(body, masthead, sheet)


def _place_signers(body: Element, masthead: Masthead, sheet: Sheet) -> None:
    """The stop of a line of 签发人 that is shorter than the others, so that names stand below names."""
    paragraphs = paragraphs_of(body, *map(sheet.id, SIGNERS))
    for paragraph, line in zip(paragraphs, masthead.signers, strict=False):
        if line.right:
            style = sheet.paragraphs[line.style]
            usual, character = tab_stop(sheet, style), style.size - sheet.closer(style.size)
            nearer = w("tab", val="right", pos=usual - twips(line.right * character, "pt"))
            ensure(paragraph, "pPr").append(w("tabs", nearer, w("tab", val="clear", pos=usual)))


def _place_joint(body: Element, mark: JointMark, above: int, sheet: Sheet) -> None:
    """The names one under another, `above` lines below the edge, and the word beside their middle."""
    *names, word = paragraphs_of(body, sheet.id(mark.style))
    right = twips(type_area_width(sheet.layout)) - twips(mark.left + mark.width, "pt")
    for number, paragraph in enumerate(names):
        properties = ensure(paragraph, "pPr")
        properties.extend([w("spacing", before="0")] if number else [])
        properties.append(w("ind", left=twips(mark.left, "pt"), right=right))
    ensure(word, "pPr").extend([_frame(mark, above, sheet), w("spacing", before="0")])


def _frame(mark: JointMark, above: int, sheet: Sheet) -> Element:
    """The place of the word on the page."""
    margins, before = sheet.layout["margins"], sheet.paragraphs[mark.style].entry["before"]
    lines = Decimal(str(before)) + above
    return w(
        "framePr",
        w=twips(mark.word_width + SLACK, "pt"),
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        x=twips(margins["left"]) + twips(mark.word_left, "pt"),
        y=twips(margins["top"]) + int(lines * sheet.pitch) + twips(mark.below, "pt"),
    )

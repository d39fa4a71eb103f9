"""The layout of a kind in; its section, headers and footers out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from reportgen.render.word.markup import Element, R, paragraph, part, run, twips, w
from reportgen.render.word.sheet import Sheet

PAGES: Final = {"default": "odd", "even": "even"}
"""Word's two kinds of headers and footers, and the pages they stand on once even pages have their own."""

BASELINE: Final = Decimal("0.8")
"""Where the baseline stands in a line of exact pitch, as a share of the pitch from its top."""

ASCENT: Final = Decimal("0.88")
"""Where the baseline stands in a character, from its top."""


def section(
    layout: Mapping[str, Any],
    relations: Mapping[tuple[str, str], str],
    sheet: Sheet,
    *,
    first_apart: bool = False,
) -> Element:
    """The section: paper, margins and grid; `relations` gives the id of each header and footer.

    `first_apart` when its first page has a header and a footer of its own.
    """
    page, grid = layout["page"], layout["grid"]
    references = [
        _reference(place, kind, identifier) for (place, kind), identifier in sorted(relations.items())
    ]
    return w(
        "sectPr",
        *references,
        w("pgSz", w=twips(page["width"]), h=twips(page["height"])),
        _margins(layout, sheet),
        w("cols", space="0"),
        w("titlePg") if first_apart else None,
        w("docGrid", type="lines", linePitch=twips(grid["pitch"], "pt")),
    )


def _margins(layout: Mapping[str, Any], sheet: Sheet) -> Element:
    """The margins; the right one leaves a type area no wider than the declared: lines fill it to a twip."""
    edges = {side: twips(layout["margins"][side]) for side in ("top", "right", "bottom", "left")}
    edges["right"] = twips(layout["page"]["width"]) - edges["left"] - sheet.area
    header, footer = twips(layout["word"]["header"]), footer_distance(layout, sheet)
    return w("pgMar", **edges, header=header, footer=footer, gutter="0")


def _reference(place: str, kind: str, identifier: str) -> Element:
    reference = w(f"{place}Reference", type=kind)
    reference.set(f"{{{R}}}id", identifier)
    return reference


def footer_distance(layout: Mapping[str, Any], sheet: Sheet) -> int:
    """From the paper's edge to the footer's lower edge, in twips, so that the dash stands as 7.5 says."""
    number = sheet.paragraphs[layout["page-number"]["style"]]
    pitch = Decimal(str(number.entry.get("pitch", layout["grid"]["pitch"])))
    above = Decimal(str(layout["margins"]["bottom"])) - Decimal(str(layout["page-number"]["distance"]))
    dash = ASCENT - Decimal(str(layout["page-number"]["dash"]))
    return twips(above) - twips(dash * number.size + (1 - BASELINE) * pitch, "pt")


def draw_header(sheet: Sheet) -> bytes:
    """A header: the draft mark, nothing in a final document."""
    return part(w("hdr", paragraph(sheet.id("draft-mark"), "{{ draft_mark }}")))


def draw_footer(sheet: Sheet, kind: str, words: str, *, bare: str = "") -> bytes:
    """The footer of odd (`default`) or even pages: the number with its dashes, outside.

    `bare` is the condition of the template under which there is none.
    """
    style = sheet.layout["word"]["page-number"][PAGES[kind]]["id"]
    before, _, after = words.partition("{}")
    number = paragraph(style, run(before), *_page_field(), run(after))
    if not bare:
        return part(w("ftr", number))
    tags = (paragraph(style, f"{{%p {words} %}}") for words in (f"if {bare}", "else", "endif"))
    return part(w("ftr", next(tags), paragraph(style), next(tags), number, next(tags)))


def _page_field() -> tuple[Element, ...]:
    instruction = w("instrText")
    instruction.text = "PAGE"
    begin, middle, end = (w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    return begin, w("r", instruction), middle, run("1"), end

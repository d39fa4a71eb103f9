"""The styles of a kind in; those that only its Word file has out: page numbers, kept rows, tags, tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from reportgen.render.word.markup import Element, flag, twips, w
from reportgen.render.word.sheet import Sheet, combined_id
from reportgen.render.word.styles import fonts, margins, named, run_letters, sizes


def own_styles(sheet: Sheet) -> Iterator[Element]:
    """Every style that has no rule in layout.yaml's `styles` and `runs`."""
    yield from _combined(sheet)
    yield from (_page_number(sheet, side) for side in ("odd", "even"))
    yield from (_kept(sheet, css) for css in sheet.layout["word"]["kept"]["classes"])
    yield _tag_style(sheet)
    yield _table_style(sheet)


def _combined(sheet: Sheet) -> Iterator[Element]:
    """A run has one character style: a marked stretch inside a run-in heading needs one that is both."""
    marks = [style for style in sheet.runs.values() if "background" in style.entry]
    for face in (style for style in sheet.runs.values() if "font" in style.entry):
        for mark in marks:
            letters = w("rPr", *run_letters(sheet, {**mark.entry, **face.entry}))
            identifier = combined_id(face.id, mark.id)
            yield named("character", identifier, f"{face.name}{mark.name}", "DefaultParagraphFont", letters)


def _page_number(sheet: Sheet, side: str) -> Element:
    """Page numbers stand outside: right on odd pages, left on even ones, one character in (7.5)."""
    number = sheet.paragraphs[sheet.layout["page-number"]["style"]]
    own = sheet.layout["word"]["page-number"][side]
    inset = twips(Decimal(str(sheet.layout["page-number"]["indent"])) * number.size, "pt")
    indent = w("ind", right=inset) if side == "odd" else w("ind", left=inset)
    rules = w("pPr", indent, w("jc", val="right" if side == "odd" else "left"))
    return named("paragraph", own["id"], own["name"], number.id, rules, _same_letters(sheet, number.entry))


def _kept(sheet: Sheet, css: str) -> Element:
    """The style of a class for rows that no page may end after."""
    style = sheet.paragraphs[css]
    label = f"{style.name}{sheet.layout['word']['kept']['name']}"
    rules = w("pPr", flag("keepNext", True))
    return named("paragraph", sheet.kept(css), label, style.id, rules, _same_letters(sheet, style.entry))


def _same_letters(sheet: Sheet, entry: Mapping[str, Any]) -> Element:
    """The fonts of the style it rests on, by name: every style of ours says its eastAsia font."""
    return w("rPr", *run_letters(sheet, {"font": entry["font"], "latin": entry.get("latin")}))


def _tag_style(sheet: Sheet) -> Element:
    """Lines of the template that are instructions and are gone from the document."""
    own = sheet.layout["word"]["tag"]
    rules = w("pPr", w("spacing", line=twips(own["pitch"], "pt"), lineRule="exact"))
    letters = w(
        "rPr", fonts(sheet, own["font"]), w("color", val=own["color"]), *sizes(Decimal(str(own["size"])))
    )
    return named("paragraph", own["id"], own["name"], "Normal", rules, letters)


def _table_style(sheet: Sheet) -> Element:
    own, tables = sheet.layout["word"]["table"], sheet.layout["tables"]
    width = int(Decimal(str(tables["border"])) * 8)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = w("tblBorders", *(w(side, val="single", sz=width, space="0", color="auto") for side in sides))
    padding = tables["cell-padding"]
    rules = w(
        "tblPr",
        w("tblInd", w="0", type="dxa"),
        borders,
        margins(twips(padding["x"]), twips(padding["y"])),
    )
    return named("table", own["id"], own["name"], "TableNormal", rules)

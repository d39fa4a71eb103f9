"""The geometry of a kind in; the style sheet of its HTML twin out: page, styles and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from reportgen.render.geometry import (
    POINTS_PER_MM,
    Layout,
    closer,
    exact,
    has_own_latin,
    pitch_of,
    style_of,
    type_area_width,
)

Stack = Callable[[str, bool], str]
"""The CSS `font-family` of a role, with or without the letters and digits of its Chinese font."""

CELLS = frozenset({"label", "label-left", "label-square", "figure", "cell"})
"""Classes of styles that stand in cells of tables, inside the cells' own padding."""
ALIGNS = {"center": "center", "right": "right", "both": "justify"}
"""What CSS calls the ways to align; letters that are distributed over a line are set apart by hand."""
COLOR = re.compile(r"[0-9A-Fa-f]{6}")


def page_sheet(layout: Layout, texts: Mapping[str, Any], stack: Stack, mark: str) -> str:
    """`@page`: paper, type area, page numbers below it, the draft mark above it (GB/T 9704-2012 5, 7.5)."""
    page, margins = layout["page"], layout["margins"]
    size = " ".join(f"{exact(page[side])}mm" for side in ("width", "height"))
    edges = " ".join(f"{exact(margins[side])}mm" for side in ("top", "right", "bottom", "left"))
    inset = exact(layout["page-number"]["indent"]) * exact(_number_style(layout)["size"])
    number = _page_number(layout, texts, stack)
    return "\n".join(
        (
            f"@page{{size:{size};margin:{edges};{_draft_mark(layout, stack, mark) if mark else ''}}}",
            f"@page:right{{@bottom-right{{text-align:right;padding-right:{inset}pt;{number}}}}}",
            f"@page:left{{@bottom-left{{text-align:left;padding-left:{inset}pt;{number}}}}}",
        )
    )


def bare_pages(*selectors: str) -> Iterator[str]:
    """`@page` for the pages of these selectors that bear no number (GB/T 9704-2012 7.5, 10.1)."""
    for selector in selectors:
        yield f"@page {selector}{{@bottom-right{{content:none}}@bottom-left{{content:none}}}}"


def _number_style(layout: Layout) -> Mapping[str, Any]:
    return style_of(layout, layout["page-number"]["style"])


def _page_number(layout: Layout, texts: Mapping[str, Any], stack: Stack) -> str:
    """The number with its dashes; their upper edge, not the line's, has the distance of the standard."""
    style, place = _number_style(layout), layout["page-number"]
    size, pitch = exact(style["size"]), exact(style["pitch"])
    above = (pitch - size) / 2 + exact(place["dash"]) * size
    top = exact(place["distance"]) * POINTS_PER_MM - above
    before, _, after = str(texts["page-number"]).partition("{}")
    return (
        f"vertical-align:top;padding-top:{short(top)}pt;font:{size}pt/{pitch}pt {_faces(style, stack)};"
        f"content:{quoted(before)} counter(page) {quoted(after)}"
    )


def _faces(style: Mapping[str, Any], stack: Stack) -> str:
    return stack(style["font"], has_own_latin(style))


def _draft_mark(layout: Layout, stack: Stack, mark: str) -> str:
    style = style_of(layout, "draft-mark")
    size, top = exact(style["size"]), exact(layout["word"]["header"])
    return (
        f"@top-right{{vertical-align:top;text-align:right;padding-top:{top}mm;"
        f"font:{size}pt/{pitch_of(layout, style)}pt {_faces(style, stack)};content:{quoted(mark)}}}"
    )


def quoted(text: str) -> str:
    """A text as a CSS string that is also safe inside an HTML element."""
    return '"' + "".join(f"\\{ord(c):x} " if c in '"\\<>&\n' else c for c in text) + '"'


def style_sheet(layout: Layout, stack: Stack) -> str:
    """One rule for each paragraph and character style of the kind, by its class."""
    paragraphs = (
        f".{style['class']}{{{_paragraph(layout, style, stack)}}}" for style in layout["styles"].values()
    )
    runs = (f".{style['class']}{{{_run(style, stack)}}}" for style in layout["runs"].values())
    return "\n".join((*paragraphs, *runs, *_table_rules(layout)))


def _paragraph(layout: Layout, style: Mapping[str, Any], stack: Stack) -> str:
    return ";".join((*_type(layout, style, stack), *_place(layout, style)))


def _type(layout: Layout, style: Mapping[str, Any], stack: Stack) -> Iterator[str]:
    size, pitch = exact(style["size"]), pitch_of(layout, style)
    yield f"font:{size}pt/{'normal' if pitch is None else f'{pitch}pt'} {_faces(style, stack)}"
    yield f"letter-spacing:-{closer(layout, size)}pt" if closer(layout, size) else "letter-spacing:0"
    yield f"text-align:{ALIGNS.get(style.get('align', ''), 'left')}"
    if COLOR.fullmatch(str(style.get("color", ""))):
        yield f"color:#{style['color']}"


def _place(layout: Layout, style: Mapping[str, Any]) -> Iterator[str]:
    """Indents in characters, space in lines, and what a page may not part."""
    character = exact(style["size"]) - closer(layout, exact(style["size"]))
    first, others, inset = (exact(style.get(key, 0)) for key in ("indent", "hang", "inset"))
    own = cell_side(layout) if style["class"] in CELLS else Decimal(0)
    yield f"text-indent:{short((first - others) * character)}pt"
    if others or inset:
        yield f"padding-left:{short((others + inset) * character + own)}pt"
    if inset:
        yield f"padding-right:{short(inset * character + own)}pt"
    for side, name in (("before", "top"), ("after", "bottom")):
        if side in style:
            yield f"margin-{name}:{short(exact(style[side]) * exact(layout['grid']['pitch']))}pt"
    yield from _rule(layout, style)
    if style.get("keep-next"):
        yield "break-after:avoid"
    if style.get("page-break"):
        yield f"break-before:page;min-height:{pitch_of(layout, style) if 'pitch' in style else 0}pt"


def _rule(layout: Layout, style: Mapping[str, Any]) -> Iterator[str]:
    """A paragraph without words that is a rule, as thick as its pitch."""
    if "outset" in style:
        yield f"margin-left:-{style['outset']['left']}mm;margin-right:-{style['outset']['right']}mm"
    if "tab" in style:  # its second half floats, and may be all there is
        yield f"min-height:{pitch_of(layout, style)}pt"
    if COLOR.fullmatch(str(style.get("fill", ""))):
        yield f"height:{pitch_of(layout, style)}pt;background:#{style['fill']}"


def frame_rules(layout: Layout) -> Iterator[str]:
    """Where what stands at a place of the page stands on paper, by the name of its frame.

    A page of a website is no paper: there everything stays in the run of the text.
    """
    margins = layout["margins"]
    if layout.get("frames"):
        yield f".blank{{height:{exact(layout['grid']['pitch'])}pt}}"
    for name, frame in layout.get("frames", {}).items():
        if frame.get("foot"):
            yield f".{name}{{position:absolute;left:0;right:0;bottom:0}}"
            continue
        below = short(exact(frame["top"]) - exact(margins["top"]))
        if frame.get("flow"):
            yield f".{name}{{margin-top:{below}mm}}"
        else:
            yield f".{name}{{position:absolute;left:0;right:0;top:{below}mm}}"
            yield from _members(layout, name)


def unplaced_rules(layout: Layout) -> Iterator[str]:
    """What a page printed from the website leaves out: rules at a place of the paper that no text follows."""
    for name, frame in layout.get("frames", {}).items():
        if not frame.get("foot") and not frame.get("flow"):
            yield f".{name}{{display:none}}"


def _members(layout: Layout, frame: str) -> Iterator[str]:
    """What stands in a frame below the type area, one under the other: no page end is to part them."""
    top = Decimal(0)
    for style in layout["styles"].values():
        if style.get("frame") == frame:
            yield f".{style['class']}{{position:absolute;left:0;right:0;top:{top}pt}}"
            top += pitch_of(layout, style) or Decimal(0)


def cell_side(layout: Layout) -> Decimal:
    """The padding at a cell's sides in pt: a word processor measures it from the middle of the line."""
    tables = layout["tables"]
    return exact(tables["cell-padding"]["x"]) * POINTS_PER_MM - exact(tables["border"]) / 2


def _run(style: Mapping[str, Any], stack: Stack) -> str:
    font = f"font-family:{_faces(style, stack)};" if "font" in style else ""
    color = str(style.get("background", ""))
    return font + (f"background:#{color}" if COLOR.fullmatch(color) else "")


def _table_rules(layout: Layout) -> Iterator[str]:
    tables = layout["tables"]
    padding = f"{exact(tables['cell-padding']['y'])}mm {short(max(cell_side(layout), Decimal(0)))}pt"
    width = short(type_area_width(layout) * POINTS_PER_MM + exact(tables["border"]))
    yield f"table{{width:{width}pt;table-layout:fixed;border-collapse:collapse;border-spacing:0}}"
    yield f"th,td{{border:{exact(tables['border'])}pt solid #000;padding:{padding}}}"
    ends = 2 * exact(tables["cell-padding"]["y"]) + exact(tables["border"]) / POINTS_PER_MM
    yield f".cell{{height:{short(exact(tables['row']) - ends)}mm}}"


def short(length: Decimal) -> Decimal:
    """A length to a thousandth, without needless zeros."""
    rounded = length.quantize(Decimal("0.001")).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded

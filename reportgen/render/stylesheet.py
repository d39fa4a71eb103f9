"""The geometry of a kind in; the style sheet of its HTML twin out: page, styles, tables, one source with Word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

Stack = Callable[[str], str]
"""The CSS `font-family` of a role."""

Layout = Mapping[str, Any]


def page_rules(layout: Layout, texts: Mapping[str, Any], stack: Stack, draft: bool) -> str:
    """`@page`: paper, type area, page number outside below it, the draft mark above it (GB/T 9704-2012 5, 7.5)."""
    page, margins = layout["page"], layout["margins"]
    edges = " ".join(f"{margins[side]}mm" for side in ("top", "right", "bottom", "left"))
    number, mark = _page_number(layout, texts, stack), _draft_mark(layout, texts, stack) if draft else ""
    return (
        f"@page{{size:{page['width']}mm {page['height']}mm;margin:{edges};{mark}}}\n"
        f"@page:right{{@bottom-right{{text-align:right;padding-right:{number}}}}}\n"
        f"@page:left{{@bottom-left{{text-align:left;padding-left:{number}}}}}\n"
    )


def _page_number(layout: Layout, texts: Mapping[str, Any], stack: Stack) -> str:
    """The declarations of the page number, beginning with the indent."""
    declared = layout["page-number"]
    style = _style(layout, declared["style"])
    size = Decimal(str(style["size"]))
    before, _, after = str(texts["page-number"]).partition("{}")
    return (
        f"{size * declared['indent']}pt;padding-top:{declared['distance']}mm;margin-top:-{size * Decimal(str(declared['dash']))}pt;"
        f"vertical-align:top;font:{size}pt/{size}pt {stack(style['font'])};"
        f"content:{quoted(before)} counter(page) {quoted(after)}"
    )

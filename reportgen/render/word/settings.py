"""The layout of a kind in; settings.xml out: odd and even pages, forbidden breaks, Word 2013 behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from reportgen.render.word.markup import Element, part, twips, w

COMPATIBILITY: Final = {
    "compatibilityMode": "15",
    "overrideTableStyleFontSizeAndJustification": "1",
    "enableOpenTypeFeatures": "1",
    "doNotFlipMirrorIndents": "1",
    "differentiateMultirowTableHeaders": "1",
    "useWord2013TrackBottomHyphenation": "0",
}
"""What Word 2013 and later write into a new file; without it Word lays out as Word 2007 did."""

LANGUAGE: Final = "zh-CN"


def draw_settings(layout: Mapping[str, Any]) -> bytes:
    """The part word/settings.xml."""
    word = layout["word"]
    return part(
        w(
            "settings",
            w("zoom", percent="100"),
            w("bordersDoNotSurroundHeader"),
            w("bordersDoNotSurroundFooter"),
            w("defaultTabStop", val=twips(2 * layout["grid"]["size"], "pt")),
            w("evenAndOddHeaders"),
            w("drawingGridVerticalSpacing", val=twips(layout["grid"]["pitch"], "pt")),
            w("characterSpacingControl", val="doNotCompress"),
            w("noLineBreaksAfter", lang=LANGUAGE, val=word["never-ends-line"]),
            w("noLineBreaksBefore", lang=LANGUAGE, val=word["never-begins-line"]),
            w("compat", *_compatibility()),
            w("themeFontLang", val="en-US", eastAsia=LANGUAGE),
            w("decimalSymbol", val="."),
            w("listSeparator", val=","),
        )
    )


def _compatibility() -> list[Element]:
    uri = "http://schemas.microsoft.com/office/word"
    return [w("compatSetting", name=name, uri=uri, val=value) for name, value in COMPATIBILITY.items()]

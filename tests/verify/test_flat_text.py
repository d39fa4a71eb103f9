"""What LibreOffice reads is told where Word ends lines; the words stay as they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reportgen.verify.flat_text import JOINED, PARTED, LineEnds, Spacing, end_lines

ENDS = LineEnds("%，。、）》·…‰％", "（《№")
SPACES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"'
    for prefix, kind in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)
STYLES = """<office:automatic-styles><style:style style:name="P1" style:family="paragraph"
 style:parent-style-name="body"/></office:automatic-styles><office:styles><style:style style:name="body"
 style:family="paragraph"><style:text-properties
 fo:letter-spacing="-0.0035in"/></style:style></office:styles>"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("一——二", "一—+—二"),
        ("Word％", "Word+％"),
        ("，2024年", "，|2024|年"),
        ("》·文", "》+·|文"),
        ("9.19‰……", "9.19+‰+……"),
        ("17:00（晚", "17:00|（晚"),
        ("《Word》", "《+Word+》"),
        ("GB/T 9704，文", "GB/+T 9704+，文"),
        ("文文，文", "文文，文"),
    ],
)
def test_a_mark_stands_wherever_libreoffice_has_rules_of_its_own(text: str, told: str) -> None:
    assert ENDS.put_in(text).replace(JOINED, "+").replace(PARTED, "|") == told


@given(st.text("文一二—Word12·，（…"))
def test_every_letter_has_its_spacing_but_lonely_ones_at_the_end(text: str) -> None:
    spacing, given = Spacing(5, set()), 0
    for piece, closer in spacing.pieces(ENDS.put_in(text)):
        letters = len(piece.strip(JOINED + PARTED))
        given += (letters - 1) * (closer or 5) if letters else 0
    assert given + spacing.owed == 5 * len(text)


@given(st.text("文—Word1·，（<&", max_size=20), st.text("文—Word1·，（", max_size=20))
def test_the_words_of_a_paragraph_its_spans_and_frames_stay(one: str, two: str) -> None:
    paragraph = etree.Element("p")
    paragraph.text = one
    inner = etree.tostring(paragraph, encoding="unicode")[3:-4] if one else ""
    span, frame = f"<text:span>{two}</text:span>", f"<draw:frame><text:p>{two}</text:p></draw:frame>"
    body = f'<text:p text:style-name="P1">{inner}{span}{frame}{inner}</text:p>'
    flat = f"<office:document{SPACES}>{STYLES}<office:body>{body}</office:body></office:document>"
    told = "".join(map(str, etree.fromstring(end_lines(flat.encode(), ENDS)).itertext()))
    assert re.sub(f"[{JOINED}{PARTED}]", "", told).strip() == f"{one}{two}{two}{one}"


def test_what_is_no_xml_stays_as_it_is() -> None:
    assert end_lines(b"<office", ENDS) == b"<office"

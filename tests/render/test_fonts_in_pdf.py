"""What the PDF engine makes of derived faces: the grid of GB/T 9704-2012, and no font from anywhere else."""

from __future__ import annotations

import logging
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reportgen.render.fonts import FontSet, load_fonts
from tests.render.typefaces import body_role, declare, make_places

PAGE = """@page {{ size: A4; margin: 37mm 26mm 35mm 28mm }}
body {{ margin: 0; font: 16pt/28.95pt {body}; letter-spacing: -0.25pt; orphans: 1; widows: 1 }}
p {{ margin: 0 }} .other {{ font-family: {other} }}"""
PROSE = (
    "报告" * 400,
    "报告2023年" * 160,
    "报告镕2023𠮷年To12" * 130,
    '<span class="other">报镕ag</span>报告。“a”——1…<span class="other">镕</span>' * 120,
)


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> FontSet:
    folder = tmp_path_factory.mktemp("fonts")
    roles = declare(仿宋=body_role(), 楷体=body_role(family="rg-other", chain=["behind", "body"]))
    return load_fonts(roles, places=make_places(folder)).with_rare("镕𠮷")


@pytest.fixture
def _isolated(fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in fonts.isolate(tmp_path).items():
        monkeypatch.setenv(name, value)


def render(fonts: FontSet, body: str, extra: str = "") -> Any:
    from weasyprint import HTML

    style = PAGE.format(body=fonts.stack("仿宋"), other=fonts.stack("楷体")) + extra
    return HTML(string=f"<html lang=zh-CN><style>{style}</style><body><p>{body}</p>").render()


def boxes(document: Any, kind: str) -> list[Any]:
    """The boxes of the first page that are of a kind."""
    return [box for box in document.pages[0]._page_box.descendants() if type(box).__name__ == kind]


@pytest.mark.slow
@pytest.mark.usefixtures("_isolated")
@pytest.mark.parametrize("prose", PROSE)
def test_lines_of_any_faces_keep_the_pitch_of_the_grid(fonts: FontSet, prose: str) -> None:
    lines = boxes(render(fonts, prose), "LineBox")
    tops = [Decimal(str(line.position_y)) * 3 / 4 for line in lines]
    assert len(lines) == 22
    assert {round(two - one, 4) for one, two in pairwise(tops)} == {Decimal("28.95")}


@pytest.mark.usefixtures("_isolated")
def test_a_line_holds_28_characters(fonts: FontSet) -> None:
    texts = [box.text for box in boxes(render(fonts, PROSE[0]), "TextBox")]
    assert {len(text) for text in texts} == {28}


@pytest.mark.usefixtures("_isolated")
@pytest.mark.parametrize("size", ["9", "10.5", "14", "16", "22"])
def test_lengths_are_those_the_engine_sets(fonts: FontSet, size: str) -> None:
    text = "报告——“年”·2023年度i , AVATo 镕𠮷…"
    wide = (
        f"body {{ font-size: {size}pt; letter-spacing: 0; white-space: pre }} @page {{ size: 2000mm 100mm }}"
    )
    set_by_engine = sum(
        Decimal(str(box.width)) * 3 / 4 for box in boxes(render(fonts, text, wide), "TextBox")
    )
    assert abs(set_by_engine - fonts.width(text, "仿宋", Decimal(size))) < Decimal("0.02")


@pytest.mark.logs
@pytest.mark.usefixtures("_isolated")
def test_nothing_is_borrowed_from_the_system(fonts: FontSet, caplog: pytest.LogCaptureFixture) -> None:
    import pikepdf

    with caplog.at_level(logging.WARNING, "weasyprint"):
        pdf = render(fonts, '报镕ก<b style="font-family: sans-serif">a😀</b>').write_pdf()

    with pikepdf.open(BytesIO(pdf)) as opened:
        names = {
            str(item.BaseFont).rpartition("+")[2]
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/BaseFont")
        }
    assert names <= fonts.families()
    assert [record for record in caplog.records if "U+0E01" in record.getMessage()]
    assert fonts.missing("报镕ก😀", "仿宋") == ("ก", "😀")

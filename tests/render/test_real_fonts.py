"""The faces of the base kind, derived from this machine's fonts: whole, in their roles, always the same."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from fontTools.ttLib import TTFont

from reportgen.render.font import workers
from reportgen.render.font.characters import common_characters, full_width_characters
from reportgen.render.font.files import default_roots
from reportgen.render.font.outlines import ASCENT, DESCENT, EM
from reportgen.render.font.store import Store
from reportgen.render.fonts import FontSet, Places, load_fonts

DECLARED: dict[str, Any] = yaml.safe_load(Path("templates/gbt9704/fonts.yaml").read_text("utf-8"))
NAMES = "镕喆堃䶮㙓𬭎𫟹𬀩𬍤𫄧㭎䂮𠮷㛃𫖮𬤇𡐓"
ROLES = ("仿宋", "楷体", "黑体", "小标宋", "宋体")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def kept() -> FontSet:
    """The faces as every build takes them: derived on first use, then kept."""
    return load_fonts(DECLARED)


def test_faces_derived_anew_are_the_same_bytes(
    kept: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "has_threads", lambda: False)
    told: list[tuple[int, int]] = []
    places = Places(default_roots(os.environ), Store((tmp_path,)))
    anew = load_fonts(DECLARED, progress=lambda done, total: told.append((done, total)), places=places)
    assert tuple(anew.roles) == tuple(kept.roles) == ROLES
    for role in ROLES:
        assert anew.roles[role].path.read_bytes() == kept.roles[role].path.read_bytes()
        assert 2_000_000 < anew.roles[role].path.stat().st_size < 9_000_000
    assert told[-1][0] == told[-1][1] > 40_000


@pytest.mark.parametrize("role", ROLES)
def test_every_common_character_stands_in_the_face_of_its_role(kept: FontSet, role: str) -> None:
    coverage = kept.roles[role].main.coverage
    wanted = (
        common_characters() | set(map(ord, "".join(DECLARED["characters"].split()))) | set(range(0x20, 0x7F))
    )
    lacking = [chr(code) for code in wanted if code not in coverage]
    assert set(lacking) <= {"≒"}, "a sign no font of the chains has"
    assert all(coverage.advance(code) in (EM, None) for code in full_width_characters())
    assert all(coverage.advance(code) == EM // 2 for code in range(ord("0"), ord("9") + 1))


@pytest.mark.parametrize("role", ROLES)
def test_names_with_rare_characters_can_be_set(kept: FontSet, role: str) -> None:
    assert kept.missing(NAMES, role) == ()
    rich = kept.with_rare(NAMES)
    assert all(rich.outline(character, role) for character in NAMES)
    assert rich.width(NAMES, role, Decimal(16)) == 16 * len(NAMES)


@pytest.mark.parametrize("role", ROLES)
def test_all_faces_have_one_line_box(kept: FontSet, role: str) -> None:
    with TTFont(kept.roles[role].path, lazy=True) as face:
        hhea, os2 = face["hhea"], face["OS/2"]
        boxes = {(hhea.ascent, -hhea.descent), (os2.sTypoAscender, -os2.sTypoDescender)}
        assert boxes == {(ASCENT, DESCENT)}
        assert face["hhea"].lineGap == face["OS/2"].sTypoLineGap == 0


def test_page_numbers_have_half_width_digits_of_the_chinese_font(kept: FontSet) -> None:
    own = kept.roles["宋体"].own
    assert own is not None
    assert [(first, last) for first, last, _ in own.coverage.runs] == [
        (0x20, 0x20),
        (0x30, 0x39),
        (0x2014, 0x2014),
    ]
    assert [advance for *_, advance in own.coverage.runs] == [EM // 2, EM // 2, EM]
    assert kept.stack("宋体", own=True) == "rg-song-own, rg-song"


@pytest.mark.parametrize("role", ["黑体", "小标宋"])
def test_titles_have_letters_as_heavy_as_their_characters(kept: FontSet, role: str) -> None:
    own = kept.roles[role].own
    assert own is not None
    assert all(code in own.coverage for code in range(0x20, 0x7F))
    assert {own.coverage.advance(ord(digit)) for digit in " 0123456789"} == {EM // 2}
    assert (own.coverage.advance(ord("i")) or EM) < (own.coverage.advance(ord("W")) or 0)


def test_the_chinese_forms_are_those_of_the_mainland(kept: FontSet) -> None:
    """骨 differs between the faces of a collection: ours is that of the SC face, not of the first one."""
    from reportgen.render.font.outlines import trace

    serif = next(font for font in kept.roles["宋体"].role.chain)
    chinese, first = (trace(serif.path, index, map(ord, "骨角直"), {})[0] for index in (serif.index, 0))
    assert serif.index > 0
    assert chinese.data != first.data
    place = kept.roles["宋体"].path
    with TTFont(place, lazy=True) as face:
        name = face.getBestCmap()[ord("骨")]
        shape = face["glyf"][name]
        assert (shape.xMin, shape.yMin, shape.xMax, shape.yMax) == next(
            glyph.box for glyph in trace(serif.path, serif.index, [ord("骨")], {})
        )


@pytest.fixture
def _isolated(kept: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in kept.with_rare(NAMES).isolate(tmp_path).items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("_isolated")
def test_the_grid_holds_in_the_real_faces(kept: FontSet) -> None:
    from weasyprint import HTML

    fonts = kept.with_rare(NAMES)
    style = (
        "@page { size: A4; margin: 37mm 26mm 35mm 28mm } p { margin: 0 } body { margin: 0; orphans: 1;"
        f" widows: 1; font: 16pt/28.95pt {fonts.stack('仿宋')}; letter-spacing: -0.25pt }}"
    )
    spans = "".join(
        f'<b style="font: 16pt {fonts.stack(role)}; line-height: inherit">年㙓ag</b>' for role in ROLES
    )
    for prose in ("报告" * 400, f"报告2023年——“To”1.5%{NAMES}" * 60, f"报告{spans}" * 60):
        page = HTML(string=f"<html lang=zh-CN><style>{style}</style><body><p>{prose}</p>").render().pages[0]
        lines = [box for box in page._page_box.descendants() if type(box).__name__ == "LineBox"]
        assert len(lines) == 22
        assert {round(line.height * 0.75, 4) for line in lines} == {28.95}

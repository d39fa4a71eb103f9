from __future__ import annotations

import errno
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import FileError, MissingError
from reportgen.render.font import store
from reportgen.render.font.outlines import EM
from reportgen.render.fonts import FontSet, Places, load_fonts
from tests.render.typefaces import BODY, body_role, declare, even, make_font, make_places

DECLARED = declare(
    仿宋=body_role(), 楷体=body_role(family="rg-other", office="楷体_GB2312", chain=["behind"])
)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return make_places(tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="module")
def fonts(places: Places) -> FontSet:
    return load_fonts(DECLARED, places=places)


def test_a_disk_that_is_full_is_told_with_the_folder_of_the_faces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "")  # as `write` and `fsync` say it: without a name

    monkeypatch.setattr(store, "write_through", full)
    with pytest.raises(FileError) as caught:
        store.Store((tmp_path,)).put("face", {"a.ttf": b""})
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.location.file) == ("disk-full", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_font_stops_the_command_with_its_package(places: Places) -> None:
    parsed = declare(仿宋=body_role(chain=["gone"]))
    files = parsed["files"]
    assert isinstance(files, dict)
    files["gone"] = {"file": "gone.otf", "package": "fonts-gone"}
    with pytest.raises(MissingError) as caught:
        load_fonts(parsed, places=places)
    (finding,) = caught.value.diagnostics
    assert caught.value.exit_code == 4
    assert finding.message() == "“仿宋”所用的字体文件 gone.otf 不在本机"
    assert "fonts-gone" in finding.hint()


def test_characters_without_a_font_are_named_once_in_order(fonts: FontSet) -> None:
    assert fonts.missing("报😀告ก\n镕𠮷😀\t", "仿宋") == ("😀", "ก")
    assert fonts.missing("报告", "楷体") == ("告",)


def test_what_cannot_be_seen_is_missing_too(fonts: FontSet) -> None:
    assert fonts.missing("报\u200b\u202e\ufe00", "仿宋") == ("\u200b", "\u202e", "\ufe00")


def test_the_length_of_a_text_is_exact(fonts: FontSet) -> None:
    assert fonts.width("报告12", "仿宋", Decimal(16)) == 48
    assert fonts.width("报告12", "仿宋", Decimal(16), Decimal("-0.25")) == 47
    assert fonts.width("i", "仿宋", Fraction(16)) == Fraction(16 * 569, EM)
    assert fonts.width("“·—", "仿宋", Decimal("10.5")) == Decimal("31.5"), "symbols stand on whole ems"
    assert fonts.width("", "仿宋", Decimal(16)) == 0


def test_a_rarer_character_is_as_long_as_its_own_font_makes_it(fonts: FontSet) -> None:
    assert fonts.width("镕", "仿宋", Decimal(16)) == 8
    assert fonts.width("😀", "仿宋", Decimal(16)) == 16


@given(st.text(BODY + "镕0aZ", max_size=30), st.text(BODY + "𠮷 i", max_size=30))
def test_lengths_add_up(fonts: FontSet, text: str, more: str) -> None:
    def length(text: str) -> Fraction:
        return fonts.width(text, "仿宋", Fraction(9))

    assert length(text + more) == length(text) + length(more)


def test_rarer_characters_get_a_face_when_a_document_has_them(fonts: FontSet) -> None:
    assert fonts.stack("仿宋") == "rg-test"
    richer = fonts.with_rare("报告镕𠮷😀")
    assert richer.stack("仿宋") == "rg-test, rg-test-rare"
    assert richer.families() == {"rg-test", "rg-test-rare", "rg-other", "rg-other-rare"}
    rare = richer.roles["仿宋"].rare
    assert rare is not None
    assert [chr(first) for first, _, _ in rare.coverage.runs if first != 0x20] == ["镕", "𠮷"]
    assert fonts.with_rare("报告。").families() == {"rg-test", "rg-other"}


def test_outlines_come_from_the_face_that_has_them(fonts: FontSet) -> None:
    (contour,) = fonts.outline("报", "仿宋")
    assert {x for x, _, _ in contour} == {205, 1843}
    assert fonts.outline("镕", "仿宋") == ()
    (rare,) = fonts.with_rare("镕").outline("镕", "仿宋")
    assert {x for x, _, _ in rare} == {102, 922}


def test_own_letters_get_a_face_of_half_width(places: Places, tmp_path: Path) -> None:
    declared = declare(宋体=body_role(office="宋体", chain=["latin"], own=["0030-0032"]), 仿宋=body_role())
    fonts = load_fonts(declared, places=places)
    assert (fonts.stack("宋体"), fonts.stack("宋体", own=True)) == ("rg-test", "rg-test-own, rg-test")
    assert fonts.stack("仿宋", own=True) == "rg-test"
    own = fonts.roles["宋体"].own
    assert own is not None
    assert own.coverage.runs == ((0x30, 0x32, EM // 2),)
    assert fonts.own_letters() == {"宋体": "rg-test-own"}
    assert fonts.office_names()["宋体"] == ("rg-test",)
    fonts.isolate(tmp_path)
    text = (tmp_path / "fonts.conf").read_text("utf-8")
    assert str(own.path.parent) in text
    assert "<string>rg-test-own</string><string>rg-test</string></edit>" in text


def test_the_manifest_names_sources_without_folders(fonts: FontSet, places: Places) -> None:
    versions = fonts.versions()
    assert [font["file"] for font in versions["仿宋"]] == ["body.ttf", "behind.ttf", "latin.ttf"]
    assert {len(font["sha256"]) for role in versions.values() for font in role} == {64}
    assert str(places.roots[0]) not in str(versions)


def test_a_users_font_is_used_and_said(places: Places, tmp_path: Path) -> None:
    make_font(tmp_path / "own.ttf", even("报", 500), name="FS", local="仿宋_GB2312")
    own = load_fonts(DECLARED, tmp_path, places=places)
    assert own.width("报", "仿宋", Decimal(16)) == 8
    assert own.versions()["仿宋"][0]["file"] == "own.ttf"
    assert own.roles["仿宋"].path != load_fonts(DECLARED, places=places).roles["仿宋"].path
    assert len(own.own_files(tmp_path / "none")) == 0
    assert {path.name for path in own.own_files(tmp_path)} >= {"own.ttf"}


def test_a_configuration_offers_the_faces_by_their_own_and_their_office_names(
    fonts: FontSet, tmp_path: Path
) -> None:
    variables = fonts.with_rare("镕").isolate(tmp_path)
    text = (tmp_path / "fonts.conf").read_text("utf-8")
    assert variables == {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    assert text.count("<dir>") == 4
    for name in ("仿宋_GB2312", "楷体_GB2312", "Office Latin"):
        assert f"<string>{name}</string>" in text
    assert "include" not in text


LOADED = """
import sys
from pathlib import Path
from reportgen.render.font.store import Store
from reportgen.render.fonts import Places, load_fonts
from tests.render.test_fonts import DECLARED
parsed, modules = DECLARED, [name for name in sys.modules if name.startswith("fontTools")]
for name in modules:
    del sys.modules[name]
fonts = load_fonts(parsed, places=Places((Path(sys.argv[1]),), Store((Path(sys.argv[2]),))))
fonts.missing("报告镕", "仿宋")
print([name for name in sys.modules if name.startswith(("fontTools", "weasyprint", "multiprocessing."))])
"""


@pytest.mark.slow
def test_kept_faces_load_without_the_libraries_that_make_them(fonts: FontSet, places: Places) -> None:
    fonts.missing("龘", "仿宋")
    command = [sys.executable, "-c", LOADED, str(places.roots[0]), str(places.store.folders[0])]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"

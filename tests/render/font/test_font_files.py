from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.render.font import files
from reportgen.render.font.files import Shelf, default_roots, locate, user_files
from reportgen.render.font.store import Store
from tests.render.typefaces import even, make_collection, make_font


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Store((tmp_path / "kept",)))


def test_a_file_is_found_where_it_is_expected_before_anywhere_else(tmp_path: Path) -> None:
    for folder in ("one/any", "two/here", "two/any"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.ttf").write_bytes(b"")
    roots = (tmp_path / "one", tmp_path / "two")
    assert locate("a.ttf", "here", roots) == tmp_path / "two/here/a.ttf"
    assert locate("a.ttf", "", roots) == tmp_path / "one/any/a.ttf"
    assert locate("b.ttf", "here", roots) is None


def test_the_installation_is_searched_before_the_system() -> None:
    roots = default_roots({"HOME": "/h"})
    assert roots[0].parts[-3:] == ("share", "reportgen", "fonts")
    assert roots[1:] == (
        Path("/h/.local/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )


def test_a_font_goes_by_its_names_in_any_language(tmp_path: Path, shelf: Shelf) -> None:
    font = make_font(tmp_path / "a.ttf", even("报"), name="FangSong GB", local="仿宋_GB2312")
    for name in ("仿宋_GB2312", "FangSong GB", "fangsong gb", "FangSong-GB"):
        found = shelf.find_named((name,), (font,))
        assert found is not None, name
        assert found.path == font
    assert shelf.find_named(("FangSong",), (font,)) is None


def test_a_bold_font_does_not_go_by_its_familys_name(tmp_path: Path, shelf: Shelf) -> None:
    bold = make_font(tmp_path / "a.ttf", even("报"), name="Song", style="Bold")
    regular = make_font(tmp_path / "b.ttf", even("报"), name="Song")
    found = shelf.find_named(("Song",), (bold, regular))
    assert found is not None
    assert found.path == regular
    assert shelf.find_named(("Song Bold",), (bold, regular)) == shelf.find_face(bold, "", "")


def test_the_earliest_name_wins_then_the_first_file(tmp_path: Path, shelf: Shelf) -> None:
    one, two, three = (
        make_font(tmp_path / f"{number}.ttf", even(character), name=name)
        for number, name, character in ((1, "KaiTi", "报"), (2, "KaiTi GB", "告"), (3, "KaiTi GB", "年"))
    )
    found = shelf.find_named(("KaiTi GB", "KaiTi"), (one, two, three))
    assert found is not None
    assert found.path == two


def test_the_face_of_a_collection_is_chosen_by_name(tmp_path: Path, shelf: Shelf) -> None:
    parts = [make_font(tmp_path / f"{name}.ttf", even("报"), name=name) for name in ("Serif JP", "Serif SC")]
    collection = make_collection(tmp_path / "serif.ttc", *parts)
    found = shelf.find_face(collection, "Serif SC", "OFL")
    assert found is not None
    assert (found.index, found.licence) == (1, "OFL")
    assert shelf.find_face(collection, "Serif TC", "") is None
    assert shelf.find_named(("Serif JP",), (collection,)) == shelf.find_face(collection, "Serif JP", "")


@pytest.mark.parametrize(
    "content", [b"", b"ttcf", b"OTTO\0\xff\0\0", b"\0\1\0\0\0\1" + b"\0" * 40, b"no font at all"]
)
def test_what_cannot_be_read_is_no_font(tmp_path: Path, shelf: Shelf, content: bytes) -> None:
    broken = tmp_path / "a.ttf"
    broken.write_bytes(content)
    assert shelf.find_face(broken, "", "") is None
    assert shelf.find_named(("Song",), (broken,)) is None


def test_a_file_is_read_once_and_again_when_it_changes(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    font = make_font(tmp_path / "a.ttf", even("报"), name="Song")
    first = shelf.find_face(font, "", "")
    shelf.save()
    again = Shelf(Store((tmp_path / "kept",)))
    with monkeypatch.context() as patched:
        patched.setattr(files, "read_description", lambda path: pytest.fail(f"read again: {path}"))
        assert again.find_face(font, "", "") == first
    make_font(font, even("报告"), name="Song")
    changed = again.find_face(font, "", "")
    assert first is not None
    assert changed is not None
    assert changed.sha256 != first.sha256


def test_a_users_folder_is_taken_with_all_below_it_in_order(tmp_path: Path) -> None:
    for name in ("b/z.TTF", "a.otf", "b/y.ttc", "readme.txt", "c.ttx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert [file.relative_to(tmp_path).as_posix() for file in user_files(tmp_path)] == [
        "a.otf",
        "b/y.ttc",
        "b/z.TTF",
    ]
    assert user_files(None) == ()
    assert user_files(tmp_path / "none") == ()


def test_a_huge_folder_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "USER_FILES", 3)
    for number in range(9):
        (tmp_path / f"{number}.ttf").write_bytes(b"")
    assert len(user_files(tmp_path)) == 3

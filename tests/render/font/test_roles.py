from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.errors import KindError
from reportgen.render.font.files import Shelf
from reportgen.render.font.roles import MissingFont, Role, find_sources, read_declaration
from tests.render.typefaces import body_role, declare, even, make_font, make_places


def sources(
    parsed: dict[str, object], tmp_path: Path, own: Path | None = None
) -> tuple[tuple[Role, ...], object]:
    places = make_places(tmp_path)
    return find_sources(read_declaration(parsed), own, Shelf(places.store), places.roots)


def test_a_role_takes_its_files_in_the_declared_order(tmp_path: Path) -> None:
    (role,), missing = sources(declare(仿宋=body_role()), tmp_path)
    assert missing == ()
    assert (role.name, role.office, role.family, role.office_latin) == (
        "仿宋",
        "仿宋_GB2312",
        "rg-test",
        "Office Latin",
    )
    assert [font.path.name for font in role.chain] == ["body.ttf", "behind.ttf"]
    assert role.latin is not None
    assert role.latin.path.name == "latin.ttf"
    assert {font.licence for font in role.chain} == {"OFL-1.1"}


def test_a_role_may_keep_the_latin_of_its_own_font(tmp_path: Path) -> None:
    (role,), _ = sources(declare(页码=body_role(latin="")), tmp_path)
    assert (role.latin, role.office_latin) == (None, "")


def test_every_missing_file_is_named_with_its_role_and_package(tmp_path: Path) -> None:
    parsed = declare(仿宋=body_role(chain=["body", "gone"]), 楷体=body_role(chain=["gone"], latin="away"))
    files = parsed["files"]
    assert isinstance(files, dict)
    files["gone"] = {"file": "gone.otf", "package": "fonts-gone"}
    files["away"] = {"file": "body.ttf", "face": "Another", "package": "fonts-away"}
    _, missing = sources(parsed, tmp_path)
    assert missing == (
        MissingFont("仿宋", "gone.otf", "fonts-gone"),
        MissingFont("楷体", "gone.otf", "fonts-gone"),
        MissingFont("楷体", "body.ttf", "fonts-away"),
    )


def test_a_users_own_font_comes_first_in_the_chain_of_its_role(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    make_font(own / "x.ttf", even("报"), name="FS", local="仿宋_GB2312")
    make_font(own / "t.ttf", even("ab"), name="Office Latin")
    parsed = declare(仿宋=body_role(), 楷体=body_role(names=["楷体_GB2312"]))
    (fang, kai), _ = sources(parsed, tmp_path, own)
    assert [font.path.name for font in fang.chain] == ["x.ttf", "body.ttf", "behind.ttf"]
    assert [font.path.name for font in kai.chain] == ["body.ttf", "behind.ttf"]
    assert [role.latin.path.name for role in (fang, kai) if role.latin] == ["t.ttf", "t.ttf"]


@pytest.mark.parametrize(
    "change",
    [
        {"roles": None},
        {"files": []},
        {"files": {"body": {"file": "../body.ttf"}}},
        {"files": {"body": {"file": ""}}},
        {"roles": {"仿宋": body_role(chain=["other"])}},
        {"roles": {"仿宋": body_role(chain=[])}},
        {"roles": {"仿宋": body_role(latin="other")}},
        {"roles": {"仿宋": body_role(family="a; src: url(x)")}},
        {"roles": {"仿宋": body_role(family="仿宋")}},
        {"roles": {"仿宋": body_role(family="")}},
        {"roles": {"仿宋": body_role(office=3)}},
        {"roles": {"仿宋": body_role(own=["z"])}},
        {"roles": {"仿宋": "body"}},
        {"latin": ["z"]},
        {"latin": "0020"},
        {"characters": 3},
    ],
)
def test_a_malformed_declaration_is_the_kinds_fault(change: dict[str, object]) -> None:
    with pytest.raises(KindError) as caught:
        read_declaration({**declare(仿宋=body_role()), **change})
    assert [finding.code for finding in caught.value.diagnostics] == ["fonts-malformed"]


def test_further_characters_are_declared_in_lines() -> None:
    declaration = read_declaration({**declare(仿宋=body_role()), "characters": "㑇㑊\n𬭎\n"})
    assert declaration.characters == set(map(ord, "㑇㑊𬭎"))
    assert declaration.latin == set(range(0x20, 0x7F))

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import FileError
from reportgen.render.font.store import ASIDE, Store, default_folders, seal, unseal


def blocked(folder: Path) -> Path:
    """A folder that can never be made: a file stands in its way."""
    (folder / "file").write_text("")
    return folder / "file" / "faces"


def test_the_users_cache_comes_first_then_the_installation() -> None:
    home, beside = default_folders({"XDG_CACHE_HOME": "/c", "HOME": "/h"})
    assert home == Path("/c/reportgen/faces")
    assert beside == Path(sys.prefix) / "share/reportgen/faces"


@pytest.mark.parametrize("cache", ["", "relative"])
def test_a_cache_that_is_no_whole_path_is_not_meant(cache: str) -> None:
    assert default_folders({"XDG_CACHE_HOME": cache, "HOME": "/h"})[0] == Path("/h/.cache/reportgen/faces")


def test_what_is_put_is_got(tmp_path: Path) -> None:
    store = Store((tmp_path / "deep" / "kept",))
    folder = store.put("key", {"face.ttf": b"1", "index.json": b"2"})
    assert store.get("key") == folder
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {
        "face.ttf": b"1",
        "index.json": b"2",
    }
    assert store.get("other") is None


def test_who_comes_second_leaves_what_is_there(tmp_path: Path) -> None:
    store = Store((tmp_path,))
    store.put("key", {"a": b"first"})
    store.put("key", {"a": b"second"})
    assert (tmp_path / "key" / "a").read_bytes() == b"first"
    assert [item.name for item in tmp_path.iterdir()] == ["key"]


def test_what_cannot_be_written_is_passed_over_but_read(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    Store((kept,)).put("key", {"a": b"1"})
    store = Store((blocked(tmp_path), kept))
    assert store.get("key") == kept / "key"
    assert store.writable() == kept


def test_a_store_that_can_nowhere_be_written_stops_the_command(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        Store((blocked(tmp_path),)).put("key", {})
    assert [finding.code for finding in caught.value.diagnostics] == ["face-store-not-writable"]
    assert caught.value.exit_code == 5


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="file-missing"):
        Store((tmp_path,)).put("key", {"no/such/folder": b""})
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_maker_left_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / f"{ASIDE}abc").mkdir()
    (tmp_path / f"{ASIDE}abc" / "half").write_bytes(b"")
    with Store((tmp_path,)).locked():
        assert [item.name for item in tmp_path.iterdir()] == [".lock"]


def test_single_files_are_remembered_where_it_is_possible(tmp_path: Path) -> None:
    store = Store((blocked(tmp_path), tmp_path / "kept"))
    assert store.recall("files.json") is None
    store.remember("files.json", seal({"a": 1}))
    assert store.recall("files.json") == {"a": 1}
    Store((blocked(tmp_path),)).remember("files.json", seal({}))


def test_what_is_discarded_is_gone(tmp_path: Path) -> None:
    store = Store((tmp_path,))
    store.put("key", {"a": b""})
    store.discard("key")
    assert store.get("key") is None


values = st.recursive(st.integers() | st.text() | st.booleans(), lambda inner: st.lists(inner), max_leaves=8)


@given(values, st.integers(0))
def test_a_sealed_value_reads_back_and_an_altered_one_does_not(value: object, at: int) -> None:
    sealed = seal(value)
    altered = bytearray(sealed)
    altered[at % len(sealed)] ^= 1
    assert unseal(sealed) == value
    assert unseal(bytes(altered)) is None

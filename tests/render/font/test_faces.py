from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen.errors import FileError, MissingError
from reportgen.render.font import faces
from reportgen.render.font.faces import Recipe, make_coverages, make_faces, read_face, silent
from reportgen.render.font.files import FontFile
from reportgen.render.font.outlines import EM
from reportgen.render.font.store import Store
from tests.render.typefaces import even, make_font


def source(path: Path, sha256: str = "1" * 64) -> FontFile:
    return FontFile(path, 0, sha256, "OFL-1.1")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store((tmp_path / "kept",))


@pytest.fixture
def recipe(tmp_path: Path) -> Recipe:
    body = make_font(tmp_path / "body.ttf", {**even("报告a"), "—": 900})
    behind = make_font(tmp_path / "behind.ttf", even("报镕", 500))
    latin = make_font(tmp_path / "latin.ttf", even("ab", 400))
    chain = (source(body), source(behind, "2" * 64))
    return Recipe(
        "rg-test", chain, frozenset(map(ord, "报告镕ab龘")), source(latin, "3" * 64), frozenset(b"ab"), True
    )


def test_each_character_comes_from_the_first_font_that_has_it(store: Store, recipe: Recipe) -> None:
    (face,) = make_faces(store, (recipe,), silent)
    drawn = {character: face.coverage.advance(ord(character)) for character in "报告镕ab—龘"}
    assert drawn == {"报": EM, "告": EM, "镕": EM // 2, "a": 819, "b": 819, "—": EM, "龘": None}


def test_a_kept_face_is_not_made_again(store: Store, recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_faces(store, (recipe,), silent)
    monkeypatch.setattr(faces, "derive", lambda *_: pytest.fail("made again"))
    assert make_faces(store, (recipe,), silent) == made


def test_two_makings_give_the_same_bytes(tmp_path: Path, recipe: Recipe) -> None:
    one, two = (make_faces(Store((tmp_path / name,)), (recipe,), silent)[0].path for name in ("a", "b"))
    assert one.read_bytes() == two.read_bytes()
    assert (one.parent / "index.json").read_bytes() == (two.parent / "index.json").read_bytes()


def test_another_source_character_or_recipe_has_another_key(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    other = source(recipe.chain[0].path, "4" * 64)
    keys = {
        recipe.key,
        replace(recipe, chain=(other, *recipe.chain[1:])).key,
        replace(recipe, chain=recipe.chain[::-1]).key,
        replace(recipe, characters=frozenset({1})).key,
        replace(recipe, letters=frozenset({1})).key,
        replace(recipe, latin=None).key,
        replace(recipe, family="rg-other").key,
        replace(recipe, common=False).key,
    }
    assert len(keys) == 8
    monkeypatch.setattr(faces, "RECIPE", "another")
    assert recipe.key not in keys


def test_the_licences_go_with_the_face(recipe: Recipe) -> None:
    assert all(f"{name}.ttf: OFL-1.1" in recipe.licence for name in ("body", "behind", "latin"))


@pytest.mark.parametrize("spoil", ["index.json", "rg-test.ttf"])
def test_a_spoilt_face_is_made_again(store: Store, recipe: Recipe, spoil: str) -> None:
    (face,) = make_faces(store, (recipe,), silent)
    whole = face.path.read_bytes()
    (face.path.parent / spoil).write_bytes(b"spoilt")
    assert read_face(store, recipe) is None
    (again,) = make_faces(store, (recipe,), silent)
    assert again.path.read_bytes() == whole


def test_progress_counts_every_glyph(store: Store, recipe: Recipe) -> None:
    told: list[tuple[int, int]] = []
    make_faces(store, (recipe,), lambda done, total: told.append((done, total)))
    assert told[-1] == (6, 6)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_coverages_are_read_from_the_file_only_once(
    store: Store, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = make_coverages(store, recipe.sources)
    monkeypatch.setattr(faces, "advances", lambda *_: pytest.fail("read again"))
    assert make_coverages(store, recipe.sources) == known


def test_a_font_whose_outlines_cannot_be_read_is_named(store: Store, recipe: Recipe) -> None:
    path = recipe.chain[1].path
    content = bytearray(path.read_bytes())
    at = content.index(b"cmap") + 8
    content[at : at + 4] = (1 << 30).to_bytes(4, "big")
    path.write_bytes(bytes(content))
    with pytest.raises(MissingError) as caught:
        make_faces(store, (recipe,), silent)
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.arguments["file"]) == ("font-unreadable", "behind.ttf")
    assert read_face(store, recipe) is None


def test_nothing_can_be_made_where_nothing_can_be_written(tmp_path: Path, recipe: Recipe) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError):
        make_faces(Store((tmp_path / "file" / "kept",)), (recipe,), silent)


def test_large_work_is_shared_out_and_gives_the_same(
    tmp_path: Path, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    (alone,) = make_faces(Store((tmp_path / "alone",)), (recipe,), silent)
    monkeypatch.setattr(faces, "CHUNK", 2)
    (shared,) = make_faces(Store((tmp_path / "shared",)), (recipe,), silent)
    assert alone.path.read_bytes() == shared.path.read_bytes()


def make_once(folder: Path, recipe: Recipe, answer: object) -> None:
    answer.put(make_faces(Store((folder,)), (recipe,), silent)[0].path.read_bytes())  # type: ignore[attr-defined]


@pytest.mark.slow
def test_two_makers_at_once_agree(tmp_path: Path, recipe: Recipe) -> None:
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    makers = [context.Process(target=make_once, args=(tmp_path / "kept", recipe, answers)) for _ in range(4)]
    for maker in makers:
        maker.start()
    assert len({answers.get(timeout=60) for _ in makers}) == 1
    for maker in makers:
        maker.join()
    assert sorted(item.name.rsplit("-", 1)[0] for item in (tmp_path / "kept").iterdir() if item.is_dir()) == [
        *sorted(f"coverage-{faces.RECIPE}-{font.sha256[:24]}" for font in recipe.sources),
        "rg-test",
    ]


KILLED = """
import json, sys
from pathlib import Path
from reportgen.render.font import faces
from reportgen.render.font.files import FontFile
from reportgen.render.font.store import Store
faces.CHUNK = 40
path, folder, codes = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
recipe = faces.Recipe("rg-test", (FontFile(path, 0, "1" * 64),), frozenset(codes))
faces.make_faces(Store((folder,)), (recipe,), lambda done, total: print(done, total, flush=True))
"""


@pytest.mark.slow
def test_a_killed_making_leaves_nothing_broken_and_nobody_behind(tmp_path: Path) -> None:
    characters = "".join(map(chr, range(0x4E00, 0x4E00 + 4000)))
    font = make_font(tmp_path / "a.ttf", even(characters), curves="cff")
    codes = list(map(ord, characters))
    command = [sys.executable, "-c", KILLED, str(font), str(tmp_path / "kept"), json.dumps(codes)]
    maker = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert maker.stdout is not None
    maker.stdout.readline()
    workers = children(maker.pid)
    os.kill(maker.pid, signal.SIGKILL)
    maker.wait()
    maker.stdout.close()
    assert workers
    assert gone(workers)
    recipe = Recipe("rg-test", (source(font),), frozenset(codes))
    store = Store((tmp_path / "kept",))
    assert read_face(store, recipe) is None
    (face,) = make_faces(store, (recipe,), silent)
    assert len(face.coverage.runs) == 1


def children(parent: int) -> list[int]:
    """The processes started by a process."""
    stats = [path.read_text().rsplit(")", 1) for path in Path("/proc").glob("[0-9]*/stat") if path.exists()]
    return [int(before.split(" ", 1)[0]) for before, after in stats if int(after.split()[1]) == parent]


def gone(processes: list[int]) -> bool:
    """Whether all these processes have ended within half a minute."""
    for _ in range(300):
        if not any(Path(f"/proc/{process}").exists() for process in processes):
            return True
        time.sleep(0.1)
    return False

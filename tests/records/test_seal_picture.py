"""Pictures of seals: what can be printed, and what is wrong with the others."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from reportgen import cli
from reportgen.records.signatures.seal_picture import SealPicture, read_seal
from tests.seals import CLEAR, seal

WHITE = (255, 255, 255, 255)


def found(content: bytes, size: float = 42) -> list[str]:
    read = read_seal(content, "seal.png", size)
    return [] if isinstance(read, SealPicture) else [item.code for item in read]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"dots": 496},
        {"dots": 1000, "dpi": (605, 605)},
        {"dots": 3000},
        {"dots": 600, "color": (200, 30, 40, 200)},
    ],
)
@pytest.mark.slow
def test_a_good_picture_is_taken(given: dict[str, Any]) -> None:
    assert found(seal(**given)) == []


def test_a_margin_is_cut_off_and_no_more_dots_are_kept_than_paper_shows() -> None:
    with Image.open(BytesIO(seal(600))) as inner:
        wide = Image.new("RGBA", (900, 800), CLEAR)
        wide.paste(inner, (150, 100))
    wide.save(out := BytesIO(), "PNG")
    read = read_seal(out.getvalue(), "x")
    assert isinstance(read, SealPicture)
    assert (read.width, read.height, read.resolution) == (600, 600, 363)
    large = read_seal(seal(3000), "x")
    assert isinstance(large, SealPicture)
    assert large.picture.size == (992, 992)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (seal(paper=WHITE), "seal-not-transparent"),
        (seal(mode="RGB"), "seal-not-transparent"),
        (seal(mode="L"), "seal-not-transparent"),
        (seal(color=CLEAR), "seal-not-transparent"),
        (seal(color=(20, 20, 20, 255)), "seal-not-red"),
        (seal(color=(20, 40, 200, 255)), "seal-not-red"),
        (seal(color=(255, 200, 200, 255)), "seal-not-red"),
        (seal(495), "seal-too-small"),
        (seal(600, dpi=(300, 300)), "seal-size"),
    ],
)
def test_what_is_wrong_with_a_picture_is_told(content: bytes, code: str) -> None:
    assert found(content) == [code]


def test_the_size_is_the_one_given() -> None:
    assert found(seal(600), 50) == []
    assert found(seal(600), 51) == ["seal-too-small"]
    assert (
        found(seal(600, dpi=(300, 300)), 50.8) == ["seal-too-small"]
        or found(seal(700, dpi=(350, 350)), 50.8) == []
    )


def bomb(width: int, height: int) -> bytes:
    """A PNG file that says to be far larger than it is."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"0" * 99))


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n", seal()[:900], b"GIF89a" + seal(), bomb(60_000, 60_000), bomb(900, 900)],
)
def test_a_hostile_picture_is_refused(content: bytes) -> None:
    assert found(content) == ["seal-unreadable"]


def test_the_command_says_what_it_found(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "seal.png"
    path.write_bytes(seal())
    assert cli.run(("seal", "check", str(path))) == 0
    assert "600×600" in capfd.readouterr().out
    path.write_bytes(seal(300, paper=WHITE))
    assert cli.run(("seal", "check", str(path), "--format", "json")) == 7
    out = capfd.readouterr().out
    assert "seal-not-transparent" in out
    assert "seal-too-small" in out
    assert cli.run(("seal", "check", str(tmp_path / "none.png"))) == 5
    for size in ("0", "-42", "nan", "inf", "0.001", "wide"):
        assert cli.run(("seal", "check", str(path), f"--size={size}")) == 2

"""Pictures come in clean or not at all, whatever the file is."""

from __future__ import annotations

import os
import struct
import zlib
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from reportgen.diagnostics import Diagnostic, Location
from reportgen.model.kind import load_kind
from reportgen.model.values import Picture
from reportgen.render import pictures
from reportgen.render.items import Image
from reportgen.render.pictures import read_picture
from tests.render.samples import prose

LAYOUT = load_kind("disclosure-annual").layout
PLACE = Location("report.yaml", 7, 13)


def save(
    path: Path, mode: str = "RGB", size: tuple[int, int] = (300, 200), form: str = "PNG", **options: Any
) -> Path:
    Pillow.new(mode, size, options.pop("color", 0)).save(path, form, **options)
    return path


def read(folder: Path, name: str, width: str = "") -> Image | Diagnostic:
    wanted = Decimal(width) if width else None
    return read_picture(Picture(name, prose("图"), prose("说明"), wanted, "段[0]", PLACE), folder, LAYOUT)


def taken(folder: Path, name: str, width: str = "") -> Image:
    image = read(folder, name, width)
    assert isinstance(image, Image), image
    return image


def refused(folder: Path, name: str) -> str:
    finding = read(folder, name)
    assert isinstance(finding, Diagnostic)
    assert (finding.location, finding.path) == (PLACE, "段[0]")
    assert finding.message()
    assert finding.message("en")
    return finding.code


def opened(image: Image) -> Pillow.Image:
    bitmap = Pillow.open(BytesIO(image.data))
    bitmap.load()
    return bitmap


def test_a_picture_is_placed_at_its_given_width(assets: Path) -> None:
    save(assets / "a.png")
    image = taken(assets, "a.png", "90")
    assert (str(image.width), str(image.height), image.media) == ("90.00", "60.00", "image/png")


def test_a_picture_never_leaves_the_type_area(assets: Path) -> None:
    save(assets / "wide.png", size=(4000, 100))
    save(assets / "high.png", size=(100, 4000))
    assert taken(assets, "wide.png").width == 156
    assert taken(assets, "wide.png", "200").width == 156
    assert taken(assets, "high.png", "100").height < 225 - 30


@pytest.mark.slow
def test_dots_beyond_those_of_paper_are_left_out(assets: Path) -> None:
    save(assets / "a.png", size=(3000, 2000))
    assert opened(taken(assets, "a.png", "50.8")).size == (600, 400)
    assert opened(taken(assets, "a.png", "156")).width == 1842


@pytest.mark.parametrize(
    ("mode", "form", "kept"),
    [
        ("CMYK", "JPEG", "RGB"),
        ("L", "JPEG", "L"),
        ("RGB", "JPEG", "RGB"),
        ("RGBA", "PNG", "RGBA"),
        ("LA", "PNG", "LA"),
        ("P", "PNG", "RGB"),
        ("1", "PNG", "L"),
        ("I;16", "PNG", "L"),
    ],
)
def test_every_mode_becomes_grey_or_rgb(assets: Path, mode: str, form: str, kept: str) -> None:
    save(assets / "a", mode, form=form)
    image = taken(assets, "a")
    assert opened(image).mode == kept
    assert image.media == f"image/{form.lower()}"


def test_sixteen_bits_of_grey_keep_their_shades(assets: Path) -> None:
    save(assets / "a.png", "I;16", color=32896)
    assert opened(taken(assets, "a.png")).getpixel((0, 0)) == 128


def test_a_palette_with_a_transparent_colour_keeps_it(assets: Path) -> None:
    save(assets / "a.png", "P", transparency=0)
    assert opened(taken(assets, "a.png")).mode == "RGBA"


def test_pictures_lie_as_they_were_taken_and_lose_what_else_they_say(assets: Path) -> None:
    exif = Pillow.Exif()
    exif[0x0112], exif[0x010F] = 6, "camera"
    save(assets / "a.jpg", form="JPEG", exif=exif)
    image = taken(assets, "a.jpg", "40")
    assert (str(image.width), str(image.height)) == ("40.00", "60.00")
    assert b"Exif" not in image.data
    assert b"camera" not in image.data


def test_the_same_picture_gives_the_same_bytes(assets: Path) -> None:
    save(assets / "a.jpg", form="JPEG")
    assert taken(assets, "a.jpg").data == taken(assets, "a.jpg").data


def test_a_missing_picture_and_a_folder_are_findings(assets: Path) -> None:
    (assets / "folder").mkdir()
    assert refused(assets, "none.png") == "picture-missing"
    assert refused(assets, "folder") == "picture-missing"
    assert refused(assets, "a\0.png") == "picture-missing"
    assert refused(assets, "长" * 300) == "picture-missing"


def test_a_picture_that_may_not_be_read_is_a_finding(assets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(assets / "a.png")

    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    assert refused(assets, "a.png") == "picture-unreadable"


def test_a_pipe_does_not_hang(assets: Path) -> None:
    os.mkfifo(assets / "pipe.png")
    assert refused(assets, "pipe.png") == "picture-missing"


def test_nothing_outside_the_folder_is_read_not_even_through_links(assets: Path, tmp_path: Path) -> None:
    save(tmp_path / "secret.png")
    (assets / "link.png").symlink_to(tmp_path / "secret.png")
    (assets / "round.png").symlink_to("round.png")
    assert refused(assets, "../secret.png") == "picture-outside"
    assert refused(assets, str(tmp_path / "secret.png")) == "picture-outside"
    assert refused(assets, "link.png") == "picture-outside"
    assert refused(assets, "round.png") == "picture-missing"


def test_a_link_inside_the_folder_is_followed(assets: Path) -> None:
    save(assets / "a.png")
    (assets / "link.png").symlink_to("a.png")
    assert taken(assets, "link.png").width > 0


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "WEBP", "ICO", "PPM"])
def test_other_formats_are_not_taken_whatever_they_are_called(assets: Path, form: str) -> None:
    save(assets / "a.png", form=form, size=(16, 16))
    assert refused(assets, "a.png") == "picture-format"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_picture_is_said_to_be_none(assets: Path, content: bytes) -> None:
    (assets / "a.png").write_bytes(content)
    assert refused(assets, "a.png") == "picture-format"


def test_a_picture_cut_short_is_damaged(assets: Path) -> None:
    noise = bytes(number * number % 251 for number in range(90_000))
    for form in ("PNG", "JPEG"):
        target = BytesIO()
        Pillow.frombytes("L", (300, 300), noise).save(target, form)
        (assets / "a").write_bytes(target.getvalue()[: len(target.getvalue()) // 2])
        assert refused(assets, "a") == "picture-broken"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@pytest.mark.parametrize("side", [8_000, 60_000, 2**31 - 1])
def test_a_decompression_bomb_is_judged_by_its_head(assets: Path, side: int) -> None:
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
    (assets / "bomb.png").write_bytes(data)
    assert refused(assets, "bomb.png") == "picture-too-many-pixels"


def test_a_file_beyond_the_limit_is_not_read(assets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_BYTES", 100)
    save(assets / "a.png")
    assert refused(assets, "a.png") == "picture-too-large"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_to_a_file_is_more_than_a_finding(assets: Path, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(["PNG", "JPEG"]))
    content = bytearray(save(assets / "good", form=form, size=(40, 30), color=9).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    (assets / "bad").write_bytes(bytes(content))
    result = read(assets, "bad")
    assert isinstance(result, Image) or result.code.startswith("picture-")

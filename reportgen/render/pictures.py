"""A picture file beside a report in; a clean PNG or JPEG of sane size, or what is wrong with it, out."""

from __future__ import annotations

import os
import stat
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import ROUND_DOWN, Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic
from reportgen.model.values import Picture
from reportgen.render.geometry import Layout, exact, type_area_height, type_area_width
from reportgen.render.items import Image

if TYPE_CHECKING:
    from PIL.Image import Image as Bitmap

MOST_BYTES: Final = 20_000_000
MOST_PIXELS: Final = 50_000_000
RESOLUTION: Final = 300
"""Dots per inch on paper: what a picture has beyond is left out, what it has less is not made up."""
NATURAL: Final = 150
"""Dots per inch at which a picture without a given width is set."""
QUALITY: Final = 90
ROOM_LINES: Final = 3
"""Lines of a page that a picture leaves for its title and a line of text."""
FORMATS: Final = {"PNG": "image/png", "JPEG": "image/jpeg"}
MODES: Final = {"1": "L", "L": "L", "LA": "LA", "I": "L", "I;16": "L", "F": "L", "RGB": "RGB", "RGBA": "RGBA"}
MM_PER_INCH: Final = Decimal("25.4")
STEP: Final = Decimal("0.01")


def read_picture(picture: Picture, folder: Path, layout: Layout) -> Image | Diagnostic:
    """The picture ready to be placed: upright, without metadata, no wider or higher than a page holds.

    `folder` is the report's; a file outside it is not read, not through a link either.
    """
    data = _read(picture, folder)
    if isinstance(data, Diagnostic):
        return data
    try:
        with strictly():
            return _convert(picture, data, layout)
    except _RefusedError as refused:
        return _finding(picture, refused.code, refused.most, refused.pixels)
    except Exception:  # noqa: BLE001 (a decoder fed with hostile bytes may raise anything)
        return _finding(picture, "picture-broken")


@contextmanager
def strictly() -> Iterator[None]:
    """While this lasts a picture that is cut short is not read, and its size is ours to judge.

    The PDF library asks for leniency for the whole process when it is loaded.
    """
    from PIL import Image as Pillow
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES, Pillow.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES, Pillow.MAX_IMAGE_PIXELS = False, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Pillow.MAX_IMAGE_PIXELS = before


class _RefusedError(Exception):
    """A picture that is not taken: the finding's code and its arguments."""

    def __init__(self, code: str, most: int = 0, pixels: str = "") -> None:
        super().__init__(code)
        self.code, self.most, self.pixels = code, most, pixels


def _finding(picture: Picture, code: str, most: int = 0, pixels: str = "") -> Diagnostic:
    return find(code, picture.location, picture.path, file=picture.file, most=most, pixels=pixels)


def _read(picture: Picture, folder: Path) -> bytes | Diagnostic:
    home = folder.resolve()
    try:
        path = (home / picture.file).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        return _finding(picture, "picture-missing")
    if not path.is_relative_to(home):
        return _finding(picture, "picture-outside")
    try:
        # Not blocking: a named pipe in the place of a picture must not hang the program.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            return _finding(picture, "picture-missing")
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        return _finding(picture, "picture-unreadable")
    if len(data) > MOST_BYTES:
        return _finding(picture, "picture-too-large", most=MOST_BYTES // 1_000_000)
    return data


def _convert(picture: Picture, data: bytes, layout: Layout) -> Image:
    from PIL import Image as Pillow
    from PIL import ImageOps, UnidentifiedImageError

    try:
        bitmap: Any = Pillow.open(BytesIO(data), formats=tuple(FORMATS))
    except UnidentifiedImageError:
        raise _RefusedError("picture-format") from None
    if bitmap.width * bitmap.height > MOST_PIXELS:
        pixels = f"{bitmap.width}×{bitmap.height}"
        raise _RefusedError("picture-too-many-pixels", pixels=pixels, most=MOST_PIXELS // 1_000_000)
    form = str(bitmap.format)
    bitmap.load()
    upright = _plain(ImageOps.exif_transpose(bitmap))
    width, height = _size(picture, upright, layout)
    return Image(
        picture.path, picture.alt, width, height, _encode(_thin(upright, width), form), FORMATS[form]
    )


def _plain(bitmap: Bitmap) -> Bitmap:
    """The same picture in grey or RGB of eight bits, transparency kept."""
    if bitmap.mode in ("I", "I;16"):
        bitmap = bitmap.point(lambda value: value / 257, "L") if bitmap.mode == "I" else _narrow(bitmap)
    if bitmap.mode in ("P", "PA") or "transparency" in bitmap.info:
        return bitmap.convert("RGBA" if "transparency" in bitmap.info or bitmap.mode == "PA" else "RGB")
    return bitmap.convert(MODES.get(bitmap.mode, "RGB"))


def _narrow(bitmap: Bitmap) -> Bitmap:
    """Sixteen bits of grey as eight."""
    return bitmap.convert("I").point(lambda value: value / 257, "L")


def _size(picture: Picture, bitmap: Bitmap, layout: Layout) -> tuple[Decimal, Decimal]:
    """Width and height in mm: the given width or the picture's own, within the type area, in proportion."""
    room_lines = ROOM_LINES * exact(layout["grid"]["pitch"]) / 72 * MM_PER_INCH
    most_width, most_height = type_area_width(layout), type_area_height(layout) - room_lines
    wanted = picture.width or Decimal(bitmap.width) * MM_PER_INCH / NATURAL
    width = min(wanted, most_width, most_height * bitmap.width / bitmap.height)
    height = width * bitmap.height / bitmap.width
    return max(width.quantize(STEP, ROUND_DOWN), STEP), max(height.quantize(STEP, ROUND_DOWN), STEP)


def _thin(bitmap: Bitmap, width: Decimal) -> Bitmap:
    """No more dots than paper shows."""
    from PIL.Image import Resampling

    dots = max(int(width * RESOLUTION / MM_PER_INCH), 1)
    if bitmap.width <= dots:
        return bitmap
    return bitmap.resize((dots, max(round(bitmap.height * dots / bitmap.width), 1)), Resampling.LANCZOS)


def _encode(bitmap: Bitmap, form: str) -> bytes:
    """The file without any metadata, the same bytes for the same dots."""
    bitmap.info = {}
    target = BytesIO()
    if form == "JPEG":
        bitmap.convert("L" if bitmap.mode == "L" else "RGB").save(
            target, "JPEG", quality=QUALITY, subsampling=0
        )
    else:
        bitmap.save(target, "PNG", compress_level=6)
    return target.getvalue()

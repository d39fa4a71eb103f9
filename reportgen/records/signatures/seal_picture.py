"""The picture of a seal in; whether it can be printed, and the picture cut to its ink, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from PIL import Image as Pillow
from PIL import ImageChops

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.render.pictures import strictly

if TYPE_CHECKING:
    from PIL.Image import Image as Bitmap

SIZE: Final = 42.0
"""Millimetres: the diameter of the seal of a county's office (国发〔1999〕25号)."""
MOST_BYTES: Final = 20_000_000
MOST_PIXELS: Final = 36_000_000
RESOLUTION: Final = 300
"""Dots per inch that print needs."""
FINEST: Final = 600
"""Dots per inch beyond which nobody sees a difference."""
MM_PER_INCH: Final = 25.4
AS_GIVEN: Final = 1.0
"""Millimetres by which a picture may be larger or smaller than it says."""
VISIBLE: Final = 16
SOLID: Final = 128
"""Of 255: from here on a dot is ink, as seen and as judged by its colour."""
RED: Final = 150
REDDER: Final = 80
"""Of 255: how much red a red dot has at least, and how much more of it than of green and of blue."""
MOST_OF_IT: Final = 0.97


@dataclass(frozen=True, slots=True)
class SealPicture:
    """A seal that can be printed (RGBA, cut to its ink), with its dots and the diameter in mm it is for."""

    picture: Any
    width: int
    height: int
    millimetres: float

    @property
    def resolution(self) -> int:
        """Dots per inch at that size."""
        return round(min(self.width, self.height) * MM_PER_INCH / self.millimetres)


def read_seal(content: bytes, name: str, millimetres: float = SIZE) -> SealPicture | tuple[Diagnostic, ...]:
    """The seal in a PNG file, or everything that is wrong with it. Never raises for what is in it."""
    try:
        with strictly():
            bitmap = opened(content)
            inner = None if bitmap is None else cut(bitmap)
            found = tuple(faults(bitmap, inner, name, millimetres))
    except Exception:  # noqa: BLE001 (a decoder fed with hostile bytes may raise anything)
        return (about("seal-unreadable", name),)
    if found or inner is None:
        return found
    return SealPicture(no_finer(inner, millimetres), inner.width, inner.height, millimetres)


def about(code: str, name: str, **arguments: Any) -> Diagnostic:
    """A finding about a picture."""
    return find(code, Location(name), name=name, **arguments)


def opened(content: bytes) -> Bitmap | None:
    """The picture of a PNG file of sane size; None when it is none."""
    if len(content) > MOST_BYTES:
        return None
    bitmap = Pillow.open(BytesIO(content), formats=("PNG",))
    if bitmap.width * bitmap.height > MOST_PIXELS or getattr(bitmap, "n_frames", 1) > 1:
        return None
    bitmap.load()
    return bitmap


def cut(bitmap: Bitmap) -> Bitmap | None:
    """The picture (RGBA) without its empty margin; None when there is nothing to be seen."""
    plain = bitmap.convert("RGBA")
    box = plain.getchannel("A").point(lambda value: 255 * (value >= VISIBLE)).getbbox()
    return plain.crop(box) if box else None


def faults(
    bitmap: Bitmap | None, inner: Bitmap | None, name: str, millimetres: float
) -> Iterator[Diagnostic]:
    """What is wrong with a picture."""
    if bitmap is None:
        yield about("seal-unreadable", name)
        return
    if inner is None or not is_transparent(bitmap, inner):
        yield about("seal-not-transparent", name)
    elif redness(inner) < MOST_OF_IT:
        yield about("seal-not-red", name, share=round(100 * redness(inner)))
    inner = inner or bitmap
    needed = round(millimetres / MM_PER_INCH * RESOLUTION)
    if min(inner.size) < needed:
        dots = f"{inner.width}×{inner.height}"
        yield about("seal-too-small", name, pixels=dots, needed=needed, size=f"{millimetres:g}")
    said = bitmap.info.get("dpi")
    if said and min(said) > 1:
        wide = inner.width / said[0] * MM_PER_INCH
        if abs(wide - millimetres) > AS_GIVEN:
            yield about("seal-size", name, found=f"{wide:.1f}", size=f"{millimetres:g}")


def is_transparent(bitmap: Bitmap, inner: Bitmap) -> bool:
    """Whether the paper shows through: the corners, and more than what lies around a circle."""
    if not ("A" in bitmap.getbands() or "transparency" in bitmap.info):
        return False
    alpha = inner.getchannel("A")
    right, low = inner.width - 1, inner.height - 1
    corners = [alpha.getpixel(place) for place in ((0, 0), (right, 0), (0, low), (right, low))]
    return max(int(str(value)) for value in corners) < VISIBLE and shown(alpha, SOLID) < 0.75


def shown(channel: Bitmap, least: int) -> float:
    """The share of the dots that have a value of at least so much."""
    return sum(channel.histogram()[least:]) / (channel.width * channel.height)


def redness(inner: Bitmap) -> float:
    """The share of the ink that is red."""
    red, green, blue, alpha = inner.split()
    ink = alpha.point(lambda value: 255 * (value >= SOLID))
    tests = (
        red.point(lambda value: 255 * (value >= RED)),
        ImageChops.subtract(red, green).point(lambda value: 255 * (value >= REDDER)),
        ImageChops.subtract(red, blue).point(lambda value: 255 * (value >= REDDER)),
    )
    both = ink
    for test in tests:
        both = ImageChops.darker(both, test)
    return shown(both, 255) / (shown(ink, 255) or 1)


def no_finer(inner: Bitmap, millimetres: float) -> Bitmap:
    """No more dots than paper shows."""
    dots = round(millimetres / MM_PER_INCH * FINEST)
    if max(inner.size) <= dots:
        return inner
    scale = dots / max(inner.size)
    return inner.resize((round(inner.width * scale), round(inner.height * scale)), Pillow.Resampling.LANCZOS)

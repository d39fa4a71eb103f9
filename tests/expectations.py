"""What came out in; a failure out when it is not what is kept in `tests/golden`, with both side by side.

`--update-golden` keeps what came out instead. A failure names a folder with the expected, the
actual and the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

import pytest
from PIL import Image, ImageChops

GOLDEN = Path(__file__).parent / "golden"
COLORS = 8
"""Few colours keep a picture of a page small."""
NOTICED = 64
"""A channel (0 to 255) of a pixel that differs by more than this is seen."""
TOLERATED = 0.001
"""The part of a page's pixels that may differ: the seams of letters between versions of the libraries."""


@dataclass(frozen=True)
class Expectations:
    """The expected files of one fixture; `scratch` takes what differs, `update` keeps it instead."""

    folder: Path
    scratch: Path
    update: bool

    def text(self, name: str, actual: str) -> None:
        """Hold a text against the expected one, exactly."""
        kept = self.folder / name
        if self.update:
            self.folder.mkdir(parents=True, exist_ok=True)
            kept.write_text(actual, "utf-8", newline="\n")
        expected = kept.read_text("utf-8") if kept.is_file() else ""
        if actual != expected:
            self.tell_text(kept, expected, actual)

    def tell_text(self, kept: Path, expected: str, actual: str) -> None:
        """Write both texts and what differs, and fail."""
        old, new = (text.splitlines() for text in (expected, actual))
        difference = "\n".join(unified_diff(old, new, "expected", "actual", lineterm="", n=1))
        for word, text in (("expected", expected), ("actual", actual), ("difference", difference)):
            (self.scratch / f"{kept.stem}-{word}.txt").write_text(text, "utf-8")
        pytest.fail(f"{kept} is not what came out; see {self.scratch}\n{difference}", pytrace=False)

    def pictures(self, side: str, actual: Sequence[Image.Image]) -> None:
        """Hold the pictures of pages against the expected ones, with a small tolerance."""
        told = [self.picture(f"{side}-{number}.png", picture) for number, picture in enumerate(actual, 1)]
        if any(told):
            changed = "\n".join(filter(None, told))
            pytest.fail(f"{changed}\nsee {self.scratch}", pytrace=False)

    def picture(self, name: str, actual: Image.Image) -> str:
        """What is to be told of one picture, nothing when it is the expected one."""
        kept, plain = self.folder / name, reduced(actual)
        if self.update and (not kept.is_file() or differing(opened(kept), plain) > 0):
            self.folder.mkdir(parents=True, exist_ok=True)
            plain.save(kept, optimize=True)
        expected = opened(kept) if kept.is_file() else Image.new("RGB", plain.size)
        part = differing(expected, plain)
        if part <= TOLERATED:
            return ""
        self.show(kept.stem, expected, plain.convert("RGB"))
        return f"{kept} is not what came out: {part:.2%} of it differ"

    def show(self, stem: str, expected: Image.Image, actual: Image.Image) -> None:
        """Write both pictures and the one laid over the other."""
        shown = [("expected", expected), ("actual", actual)]
        if expected.size == actual.size:
            old, new = expected.convert("L"), actual.convert("L")
            shown.append(("difference", Image.merge("RGB", (new, old, old))))
        for word, image in shown:
            image.save(self.scratch / f"{stem}-{word}.png")


def reduced(image: Image.Image) -> Image.Image:
    """A picture in few colours."""
    return image.convert("RGB").quantize(COLORS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def opened(path: Path) -> Image.Image:
    """A kept picture."""
    with Image.open(path) as image:
        return image.convert("RGB")


def differing(one: Image.Image, other: Image.Image) -> float:
    """The part of the pixels in which two pictures are seen to differ; 1 when their sizes do."""
    if one.size != other.size:
        return 1.0
    bands = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).split()
    strongest = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    seen = sum(strongest.histogram()[NOTICED + 1 :])
    return seen / (one.width * one.height)

"""Where a seal stands on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SealPlace:
    """The name of its field, the page from 0, the box in points from the left and from below, its words.

    A box without size is that of a signature that is not seen. `office` is the name that the seal covers.
    """

    field: str
    page: int = 0
    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    words: str = ""
    office: str = ""

    @property
    def is_seen(self) -> bool:
        """Whether there is something to see."""
        return self.box[2] > self.box[0]

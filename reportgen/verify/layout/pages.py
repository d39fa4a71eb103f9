"""A PDF in; its pages taken apart, every line with its role, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.diagnostics import Bilingual
from reportgen.verify.layout.lines import take_apart
from reportgen.verify.layout.protocol import Sample
from reportgen.verify.layout.roles import (
    Frame,
    Setting,
    find_furniture,
    guessed_roles,
    known_roles,
    measure_frame,
)

if TYPE_CHECKING:
    from reportgen.verify.glyphs import GlyphPage
    from reportgen.verify.layout.lines import Line, Sheet
    from reportgen.verify.layout.standard import Standard


@dataclass(frozen=True)
class Pages:
    """A document's pages, not slotted: `settings` is the running text, `numbers` the page numbers by page.

    `edges` are those of the type area from which places are measured: as they should be in a document of
    ours, as they are in others, which may have other margins.
    """

    sheets: tuple[Sheet, ...]
    settings: tuple[Setting, ...]
    numbers: dict[int, Line]
    frame: Frame
    edges: tuple[float, float]
    known: bool

    def of_role(self, *roles: str) -> tuple[Setting, ...]:
        """The lines of some roles, in order."""
        return tuple(setting for setting in self.settings if setting.role in roles)

    def on_page(self, number: int) -> tuple[Setting, ...]:
        """The running text of a page."""
        return self.by_page.get(number, ())

    @cached_property
    def by_page(self) -> Mapping[int, tuple[Setting, ...]]:
        """The running text of every page that has any."""
        found: dict[int, list[Setting]] = {}
        for setting in self.settings:
            found.setdefault(setting.line.page, []).append(setting)
        return {number: tuple(settings) for number, settings in found.items()}


def read_pages(
    pages: Sequence[GlyphPage], paragraphs: Sequence[tuple[str, str]], standard: Standard
) -> Pages:
    """The pages with the roles of their lines: those of `paragraphs` when they are the same text."""
    from reportgen.verify.layout.joint_mark import part_word

    sheets = part_word(tuple(take_apart(page) for page in pages), paragraphs, standard)
    furniture = find_furniture(sheets, standard)
    lines = [line for sheet in sheets for line in sheet.lines if id(line) not in furniture]
    numbers = {
        line.page: line
        for sheet in sheets
        for line in sheet.lines
        if furniture.get(id(line)) == "page-number"
    }
    frame = measure_frame(lines, standard)
    settings = known_roles(lines, paragraphs) if paragraphs else ()
    known = bool(settings)
    edges = (standard.left, standard.left + standard.width)
    if not standard.own:
        edges = (frame.left, frame.right if frame.sure else frame.left + standard.width)
    settings = settings or guessed_roles(lines, frame, standard)
    return Pages(sheets, settings, numbers, frame, edges, known)


def on_page(number: int) -> Bilingual:
    """A page as people name it."""
    return Bilingual(f"第{number}页", f"page {number}")


def sample(value: float | Bilingual, line: Line) -> Sample:
    """What was measured of a line."""
    return Sample(value, on_page(line.page), line.text)

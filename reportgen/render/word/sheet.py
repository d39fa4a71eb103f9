"""The styles and fonts a kind declares in; the same by class, as Word takes them, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from reportgen.render.word.markup import twips


@dataclass(frozen=True, slots=True)
class Face:
    """A font as Office knows it; `others` are names it goes by on other machines."""

    name: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """A named style: `entry` is its declaration in layout.yaml."""

    name: str
    id: str
    entry: Mapping[str, Any]

    @property
    def size(self) -> Decimal:
        """The size of its letters in pt."""
        return Decimal(str(self.entry["size"]))


@dataclass(frozen=True)
class Sheet:
    """Everything about styles that the drawing of a template asks for."""

    layout: Mapping[str, Any]
    fonts: Mapping[str, Any]

    @cached_property
    def paragraphs(self) -> Mapping[str, Style]:
        """The paragraph styles by class."""
        return _by_class(self.layout["styles"])

    @cached_property
    def runs(self) -> Mapping[str, Style]:
        """The character styles by class."""
        return _by_class(self.layout["runs"])

    def id(self, css_class: str) -> str:
        """The id of the paragraph style of this class; raises KeyError when the kind has none."""
        return self.paragraphs[css_class].id

    def kept(self, css_class: str) -> str:
        """The id of the style of this class for rows that stay on the page of the next."""
        return self.id(css_class) + str(self.layout["word"]["kept"]["id"])

    def run(self, css_class: str) -> str:
        """The id of the character style of this class."""
        return self.runs[css_class].id

    def face(self, role: str) -> Face:
        """The office font of a role."""
        declared = self.fonts["roles"][role]
        names = (str(name) for name in declared.get("names", ()))
        return Face(str(declared["office"]), tuple(name for name in names if name != declared["office"]))

    def latin(self, role: str) -> str:
        """The office font for the Latin letters and digits of a role: its own, unless another is declared."""
        file = self.fonts["roles"][role].get("latin")
        return str(self.fonts["files"][file]["names"][0]) if file else self.face(role).name

    def closer(self, size: Decimal) -> Decimal:
        """How much closer, in pt, letters of this size stand: those of the grid only."""
        grid = self.layout["grid"]
        return Decimal(str(grid["closer"])) if size == Decimal(str(grid["size"])) else Decimal(0)

    def beside(self, style: Style) -> tuple[int, int]:
        """How far text of a style stands in from its frame on both sides, in twips, to stay in the type area.

        What reaches beyond the type area (`outset`) stands in by so much less.
        """
        frame = self.layout.get("frames", {}).get(style.entry.get("frame"))
        page, margins = self.layout["page"], self.layout["margins"]
        left, right = (margins["left"], margins["right"])
        given = (frame["left"], page["width"] - frame["left"] - frame["width"]) if frame else (left, right)
        outset = style.entry.get("outset", {"left": 0, "right": 0})
        return twips(left - given[0] - outset["left"]), twips(right - given[1] - outset["right"])

    @property
    def area(self) -> int:
        """The width of the type area in twips."""
        page, margins = self.layout["page"], self.layout["margins"]
        return twips(page["width"] - margins["left"] - margins["right"])

    @property
    def pitch(self) -> int:
        """The line pitch of the grid in twips."""
        return twips(self.layout["grid"]["pitch"], "pt")


def combined_id(run_style: str, mark_style: str) -> str:
    """The id of the character style that is both, since a run can have one only."""
    return run_style + mark_style


def _by_class(declared: Mapping[str, Any]) -> Mapping[str, Style]:
    return {entry["class"]: Style(name, entry["id"], entry) for name, entry in declared.items()}

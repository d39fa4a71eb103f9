"""The layout of a kind in; what a finished document is held to, in points and by role, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Bilingual
from reportgen.render.geometry import characters_per_line, style_of, type_area_height, type_area_width

if TYPE_CHECKING:
    from reportgen.verify.subject import Subject

AROUND: Final = "around"
"""The role of what stands around the text of a document of other origin: 版头 and 版记."""
BLACK: Final = "000000"
PLACED: Final = frozenset({"align", "tab", "frame"})
"""What tells the styles whose lines have no indent of the standard's."""
MM: Final = 72 / 25.4
"""Points of a millimetre."""
NEUTRAL: Final = re.compile(r"[\W_]+|regular|std|mt$|rare$|own$", re.IGNORECASE)
"""What tells names of one face apart without a meaning here."""


@dataclass(frozen=True, slots=True)
class Item:
    """A measurement as the layout declares it: name, clause, tolerance in its unit, and finding."""

    name: Bilingual
    clause: str
    tolerance: float
    unit: str
    code: str
    habit: bool


@dataclass(frozen=True)
class Standard:
    """A kind's layout and faces; `own` when the document is one of ours. Not slotted: lengths are kept."""

    layout: Mapping[str, Any]
    fonts: Mapping[str, Any]
    texts: Mapping[str, Any]
    own: bool

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every measurement by name."""
        from reportgen.model.kind import load_layout

        standard = self.layout.get("standard") or load_layout()["standard"]
        return {name: read_item(entry, standard["name"]) for name, entry in standard["measurements"].items()}

    def tolerance(self, name: str) -> float:
        """What a measurement may differ by, in its unit."""
        item = self.items.get(name)
        return item.tolerance if item else 0.0

    @cached_property
    def left(self) -> float:
        """The type area's left edge in pt."""
        return float(self.layout["margins"]["left"]) * MM

    @cached_property
    def top(self) -> float:
        """The type area's upper edge in pt."""
        return float(self.layout["margins"]["top"]) * MM

    @cached_property
    def width(self) -> float:
        """The type area's width in pt."""
        return float(type_area_width(self.layout)) * MM

    @cached_property
    def height(self) -> float:
        """The type area's height in pt."""
        return float(type_area_height(self.layout)) * MM

    @cached_property
    def size(self) -> float:
        """The type size of the grid in pt."""
        return float(self.layout["grid"]["size"])

    @cached_property
    def pitch(self) -> float:
        """The line pitch of the grid in pt."""
        return float(self.layout["grid"]["pitch"])

    @cached_property
    def character(self) -> float:
        """The advance of a character of the body in pt."""
        return self.size - float(self.layout["grid"]["closer"])

    def advance(self, size: float) -> float:
        """The advance of a character of a size in pt: those of the grid stand closer."""
        return self.character if size == self.size else size

    @cached_property
    def roles(self) -> Mapping[str, Mapping[str, Any]]:
        """The paragraph styles by class."""
        return {style["class"]: style for style in self.layout["styles"].values()}

    @cached_property
    def indented(self) -> frozenset[str]:
        """The roles whose indents the standard fixes: set in the grid's size, not centred or flush right."""
        return frozenset(
            role
            for role, style in self.roles.items()
            if float(style["size"]) == self.size and not style.keys() & PLACED
        )

    @cached_property
    def surrounding(self) -> frozenset[str]:
        """The roles of what stands around the text: 版头, the head of a letter, 版记."""
        head = self.layout.get("masthead", {})
        named = (role for key in ("document", "joint", "letter", "lines") for role in head.get(key, ()))
        return frozenset([AROUND, *named, *(role for role, style in self.roles.items() if "frame" in style)])

    def is_placed_on_paper(self, role: str) -> bool:
        """Whether a role has its place on the paper, outside of the type area if need be."""
        frame = self.layout.get("frames", {}).get(self.roles.get(role, {}).get("frame"), {})
        return "top" in frame

    def color_of(self, role: str) -> str:
        """The colour of a role's letters: black, but for 发文机关标志 (7.2.4)."""
        return str(self.roles.get(role, {}).get("color", BLACK))

    @cached_property
    def role_names(self) -> Mapping[str, Bilingual]:
        """What a role is called."""
        styles = self.layout["styles"].items()
        return {style["class"]: Bilingual(name, style["class"].replace("-", " ")) for name, style in styles}

    def line_capacity(self, role: str) -> int:
        """How many characters of a role a line holds."""
        return int(characters_per_line(self.layout, role))

    def size_of(self, role: str) -> float:
        """The type size of a role in pt."""
        return float(style_of(self.layout, role)["size"])

    @cached_property
    def face_names(self) -> Mapping[str, str]:
        """The face (仿宋) by each of the names it goes by, reduced to what matters."""
        names: dict[str, str] = {}
        for role, entry in self.fonts["roles"].items():
            given = (role, entry["office"], entry["family"], *entry.get("names", ()))
            names.update({neutral(name): role for name in given})
        return names

    def face_of(self, name: str) -> str:
        """The face (仿宋) of a font's name; the name itself when it is none of the standard's."""
        return self.face_names.get(neutral(name), name or "?")


def neutral(name: str) -> str:
    """A font's name without what makes no difference."""
    return NEUTRAL.sub("", name).lower()


def read_item(entry: Mapping[str, Any], standard: str) -> Item:
    """A measurement of its declaration."""
    return Item(
        Bilingual(entry["zh"], entry["en"]),
        f"{standard} {entry['clause']}",
        float(entry.get("tolerance", 0)),
        entry.get("unit", ""),
        entry["code"],
        bool(entry.get("habit")),
    )


def standard_of(subject: Subject) -> Standard:
    """What a subject is held to: its kind's layout, or the standard's own for a document of other origin."""
    from reportgen.model.kind import load_base

    kind = subject.kind
    if kind:
        return Standard(subject.layout, kind.fonts, kind.texts, own=True)
    return Standard(subject.layout, load_base("fonts"), load_base("text"), own=False)

"""The fonts of a build: a kind's declaration in; a set of faces that knows coverage, widths and names out."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import MissingError
from reportgen.render.font.coverage import Coverage
from reportgen.render.font.faces import DerivedFace, Progress, Recipe, make_coverages, make_faces, silent
from reportgen.render.font.files import FontFile, Shelf, default_roots
from reportgen.render.font.fontconfig import fontconfig
from reportgen.render.font.outlines import EM, Contour, read_outline
from reportgen.render.font.roles import OWN, Declaration, Role, find_sources, read_declaration
from reportgen.render.font.store import Store, default_folders

Number = TypeVar("Number", Decimal, Fraction)
SPACE = frozenset({0x20})


@dataclass(frozen=True, slots=True)
class Places:
    """Where fonts are searched and where derived faces are kept."""

    roots: tuple[Path, ...]
    store: Store


@dataclass(frozen=True, slots=True)
class Face:
    """What one role is set in: its derived face, and the one made for the rarer characters of a document.

    `own` is the one of the letters and digits its Chinese font draws itself (宋体半角数字).
    """

    role: Role
    main: DerivedFace
    rare: DerivedFace | None = None
    own: DerivedFace | None = None

    @property
    def path(self) -> Path:
        """The file of the derived face."""
        return self.main.path

    @property
    def rare_family(self) -> str:
        """The family name of the face for rarer characters."""
        return f"{self.role.family}-rare"

    @property
    def own_family(self) -> str:
        """The family name of the face for letters and digits of its own."""
        return self.role.family + OWN

    @property
    def derived(self) -> tuple[tuple[str, DerivedFace], ...]:
        """The faces there are, with their family names."""
        made = {self.role.family: self.main, self.rare_family: self.rare, self.own_family: self.own}
        return tuple((family, face) for family, face in made.items() if face)

    def families(self, *, own: bool = False) -> tuple[str, ...]:
        """The families a text is set in, as they are asked: first that of `own` letters and digits."""
        first = (self.own_family,) if own and self.own else ()
        return first + tuple(family for family, _ in self.derived if family != self.own_family)


@dataclass(frozen=True, slots=True)
class FontSet:
    """The faces of a build by role. All have one line box: mixed on a line, they do not change its height."""

    roles: Mapping[str, Face]
    store: Store

    def missing(self, text: str, role: str) -> tuple[str, ...]:
        """The characters that no font of the role's chain has, each once, in order; controls are left out."""
        face = self.roles[role]
        wanted = dict.fromkeys(filter(is_shown, text))
        return tuple(
            c for c in wanted if ord(c) not in face.main.coverage and self.source(ord(c), face) is None
        )

    def source(self, code: int, face: Face) -> FontFile | None:
        """The font of a role's chain that gives a rarer character."""
        return next((font for font in face.role.chain if code in coverage_of(self.store, font)), None)

    def advance(self, character: str, role: str) -> int:
        """The advance of a character in units of `EM`; a whole em where no font has it."""
        face, code = self.roles[role], ord(character)
        known = face.main.coverage.advance(code)
        if known is None:
            source = self.source(code, face)
            known = coverage_of(self.store, source).advance(code) if source else None
        return EM if known is None else known

    def width(self, text: str, role: str, size: Number, letter_spacing: Number | int = 0) -> Number:
        """The exact length of a text on one line, in the size's unit; the spacing follows every character."""
        units = sum(self.advance(character, role) for character in text)
        return size * units / EM + letter_spacing * len(text)

    def outline(self, character: str, role: str) -> tuple[Contour, ...]:
        """The outline of a character: closed quadratic contours in units of `EM`, y upwards.

        Nothing when no face has it; a rarer character is drawn by a set from `with_rare`.
        """
        for _, derived in self.roles[role].derived:
            if ord(character) in derived.coverage:
                return read_outline(derived.path, 1 + derived.coverage.rank(ord(character)))
        return ()

    def with_rare(self, text: str, progress: Progress = silent) -> FontSet:
        """This set with faces for the rarer characters of a document's text, kept like the others.

        Raises FileError when they have to be made and nothing can be written.
        """
        wanted = {}
        used = frozenset(ord(character) for character in set(text) if is_shown(character))
        for name, face in self.roles.items():
            codes = frozenset(code for code in used if code not in face.main.coverage)
            if any(self.source(code, face) for code in codes):
                wanted[name] = rare_recipe(face, codes)
        made = dict(zip(wanted, make_faces(self.store, wanted.values(), progress), strict=True))
        return replace(
            self, roles={name: replace(face, rare=made.get(name)) for name, face in self.roles.items()}
        )

    def stack(self, role: str, own: bool = False) -> str:
        """The CSS `font-family` of a role; with the letters and digits of its Chinese font where `own`."""
        return ", ".join(self.roles[role].families(own=own))

    def isolate(self, folder: Path) -> Mapping[str, str]:
        """Write a fontconfig file that offers these faces and nothing else; returns the variables to set.

        They count for what loads fontconfig's configuration after that. Office names stand for the derived
        faces in it, so that a Word file is set in the same outlines.
        """
        kept = next((kept for kept in self.store.folders if os.access(kept, os.W_OK)), folder)
        places = {derived.path.parent for face in self.roles.values() for _, derived in face.derived}
        asked = {face.own_family: face.families(own=True) for face in self.roles.values() if face.own}
        names = {**self.office_names(), **asked}  # what a small face lacks comes from the one it belongs to
        file = folder.absolute() / "fonts.conf"
        file.write_text(fontconfig(sorted(places), kept / "fontconfig", names), "utf-8")
        return {"FONTCONFIG_FILE": str(file)}

    def office_names(self) -> Mapping[str, tuple[str, ...]]:
        """The families that stand for each font name of the Word file."""
        names: dict[str, tuple[str, ...]] = {}
        for face in self.roles.values():
            for office in filter(None, (face.role.office, face.role.office_latin)):
                names.setdefault(office, face.families())
        return names

    def own_letters(self) -> Mapping[str, str]:
        """The family that stands for each font of the Word file where it is the one of Latin letters too."""
        return {face.role.office: face.own_family for face in self.roles.values() if face.own}

    def own_files(self, folder: Path) -> frozenset[Path]:
        """The files of a user's folder that a role is set in."""
        roles = [face.role for face in self.roles.values()]
        used = {font.path for role in roles for font in (*role.chain, role.latin) if font}
        return frozenset(path for path in used if path.is_relative_to(folder))

    def files(self) -> tuple[Path, ...]:
        """The source files of all roles."""
        roles = [face.role for face in self.roles.values()]
        return tuple(sorted({font.path for role in roles for font in (*role.chain, role.latin) if font}))

    def families(self) -> frozenset[str]:
        """The names that may stand in a PDF after the subset's prefix."""
        return frozenset(family for face in self.roles.values() for family, _ in face.derived)

    def versions(self) -> Mapping[str, tuple[Mapping[str, str], ...]]:
        """For the manifest: by role the source files with their SHA-256, without folders."""
        roles = {name: face.role for name, face in self.roles.items()}
        return {
            name: tuple(stated(font) for font in (*role.chain, role.latin) if font)
            for name, role in roles.items()
        }


def is_shown(character: str) -> bool:
    """Whether a character is to be drawn at all: controls such as a line's end are not."""
    return unicodedata.category(character) != "Cc"


def stated(font: FontFile) -> Mapping[str, str]:
    """A source file as the manifest names it."""
    return {"file": font.path.name, "sha256": font.sha256}


@lru_cache(maxsize=64)
def coverage_of(store: Store, font: FontFile) -> Coverage:
    """What a source font covers, read once."""
    return make_coverages(store, (font,))[font]


def main_recipe(role: Role, declaration: Declaration) -> Recipe:
    """How the face of a role is made: Latin slots first, then the common characters by the chain."""
    letters = declaration.latin if role.latin else frozenset[int]()
    characters = declaration.characters | declaration.latin
    return Recipe(role.family, role.chain, characters, role.latin, letters, common=True)


def own_recipe(role: Role) -> Recipe:
    """How the face of the letters and digits of a role's Chinese font is made."""
    return Recipe(role.family + OWN, role.chain, role.own, half=True)


def rare_recipe(face: Face, codes: frozenset[int]) -> Recipe:
    """How the face of a role's rarer characters is made.

    It has the space too: Pango sets the one between two rarer characters in their face without asking.
    """
    latin = face.role.latin
    return Recipe(face.rare_family, face.role.chain, codes | SPACE, latin, SPACE if latin else frozenset())


def load_fonts(
    parsed: Mapping[str, object],
    user_folder: Path | None = None,
    progress: Progress = silent,
    places: Places | None = None,
) -> FontSet:
    """The fonts that a parsed fonts.yaml declares, a user's own first; faces not kept yet are derived.

    Raises KindError on a malformed declaration, MissingError when a declared file is not there or is no font,
    FileError when faces have to be made and nothing can be written.
    """
    places = places or Places(default_roots(os.environ), Store(default_folders(os.environ)))
    declaration = read_declaration(parsed)
    roles, missing = find_sources(declaration, user_folder, Shelf(places.store), places.roots)
    if missing:
        raise MissingError(
            *(
                find(
                    "font-missing", Location(font.file), role=font.role, file=font.file, package=font.package
                )
                for font in missing
            )
        )
    with_own = tuple(role for role in roles if role.own)
    recipes = (*(main_recipe(role, declaration) for role in roles), *map(own_recipe, with_own))
    faces = make_faces(places.store, recipes, progress)
    own = dict(zip(with_own, faces[len(roles) :], strict=True))
    return FontSet(
        {role.name: Face(role, face, own=own.get(role)) for role, face in zip(roles, faces, strict=False)},
        places.store,
    )

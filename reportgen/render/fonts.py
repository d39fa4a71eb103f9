"""The fonts of a build: a kind's declaration in; a set of faces that knows coverage, widths and its own names out."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TypeVar

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import MissingError
from reportgen.render.coverage import Coverage
from reportgen.render.face_store import Store, default_folders
from reportgen.render.faces import DerivedFace, Progress, Recipe, make_coverages, make_faces
from reportgen.render.font_files import FontFile, Shelf, default_roots
from reportgen.render.font_roles import Declaration, Role, find_sources, read_declaration
from reportgen.render.outlines import EM, Contour, read_outline

Number = TypeVar("Number", Decimal, Fraction)


@dataclass(frozen=True, slots=True)
class Places:
    """Where fonts are searched and where derived faces are kept."""

    roots: tuple[Path, ...]
    store: Store


@dataclass(frozen=True, slots=True)
class Face:
    """What one role is set in: its derived face, and the one made for the rarer characters of a document."""

    role: Role
    main: DerivedFace
    rare: DerivedFace | None = None

    @property
    def rare_family(self) -> str:
        """The family name of the face for rarer characters."""
        return f"{self.role.family}-rare"

    @property
    def derived(self) -> tuple[tuple[str, DerivedFace], ...]:
        """The faces there are, with their family names."""
        main = (self.role.family, self.main)
        return (main, (self.rare_family, self.rare)) if self.rare else (main,)


@dataclass(frozen=True, slots=True)
class FontSet:
    """The faces of a build by role. All have one line box, so faces may be mixed on a line without changing its height."""

    roles: Mapping[str, Face]
    store: Store

    def missing(self, text: str, role: str) -> tuple[str, ...]:
        """The characters that no font of the role's chain has, each once, in order; control characters are not judged."""
        face = self.roles[role]
        wanted = dict.fromkeys(character for character in text if unicodedata.category(character) != "Cc")
        return tuple(c for c in wanted if ord(c) not in face.main.coverage and self.source(ord(c), face) is None)

    def source(self, code: int, face: Face) -> FontFile | None:
        """The font of a role's chain that gives a rarer character."""
        return next((font for font in face.role.chain if code in coverage_of(self.store, font)), None)

    def runs(self, text: str, role: str) -> tuple[tuple[str, bool], ...]:
        """The text cut where it changes between the role's own face and the one for rarer characters (true)."""
        coverage = self.roles[role].main.coverage
        cut: list[tuple[str, bool]] = []
        for character in text:
            rare = ord(character) not in coverage and unicodedata.category(character) != "Cc"
            if cut and cut[-1][1] == rare:
                cut[-1] = (cut[-1][0] + character, rare)
            else:
                cut.append((character, rare))
        return tuple(cut)

    def advance(self, character: str, role: str) -> int:
        """The advance of a character in units of `EM`; a whole em where no font has it."""
        face, code = self.roles[role], ord(character)
        known = face.main.coverage.advance(code)
        if known is None:
            source = self.source(code, face)
            known = coverage_of(self.store, source).advance(code) if source else None
        return EM if known is None else known

    def width(self, text: str, role: str, size: Number, letter_spacing: Number | int = 0) -> Number:
        """The exact length of a text on one line, in the unit of the size (points); the spacing follows every character."""
        units = sum(self.advance(character, role) for character in text)
        return size * units / EM + letter_spacing * len(text)

    def outline(self, character: str, role: str) -> tuple[Contour, ...]:
        """The outline of a character: closed quadratic contours in units of `EM`, y upwards, nothing when no face has it.

        A rarer character is drawn by a set from `with_rare`.
        """
        for _, derived in self.roles[role].derived:
            if ord(character) in derived.coverage:
                return read_outline(derived.path, 1 + derived.coverage.rank(ord(character)))
        return ()

    def with_rare(self, text: str, progress: Progress = lambda done, total: None) -> FontSet:
        """This set with faces for the rarer characters of a document's text, kept like the others.

        Raises FileError when they have to be made and nothing can be written.
        """
        wanted = {}
        for name, face in self.roles.items():
            codes = frozenset(ord(c) for c in text if ord(c) not in face.main.coverage)
            if any(self.source(code, face) for code in codes):
                wanted[name] = Recipe(face.rare_family, face.role.chain, codes)
        made = dict(zip(wanted, make_faces(self.store, wanted.values(), progress), strict=True))
        return replace(self, roles={name: replace(face, rare=made.get(name)) for name, face in self.roles.items()})

    def stack(self, role: str) -> str:
        """The CSS `font-family` of a role."""
        return ", ".join(family for family, _ in self.roles[role].derived)

    def css(self) -> str:
        """`@font-face` rules with file URLs. Not needed, and slower, where `isolate` already offers the faces."""
        faces = (derived for face in self.roles.values() for derived in face.derived)
        return "\n".join(
            f'@font-face {{ font-family: {family}; src: url("{derived.path.absolute().as_uri()}") }}'
            for family, derived in faces
        )

    def isolate(self, folder: Path) -> Mapping[str, str]:
        """Write a fontconfig file that offers these faces and nothing of the system; returns the variables that select it.

        They must be set before the process loads fontconfig. Office names stand for the derived faces in it, so that a
        Word file is set in the same outlines.
        """
        kept = next((kept for kept in self.store.folders if os.access(kept, os.W_OK)), folder)
        places = sorted({derived.path.parent for face in self.roles.values() for _, derived in face.derived})
        lines = ['<?xml version="1.0"?>', '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">', "<fontconfig>"]
        lines += [f"<dir>{escape(str(place.absolute()))}</dir>" for place in places]
        lines += [f"<cachedir>{escape(str(kept.absolute() / 'fontconfig'))}</cachedir>"]
        lines += [alias(face.role.office, tuple(name for name, _ in face.derived)) for face in self.roles.values()]
        file = folder.absolute() / "fonts.conf"
        file.write_text("\n".join([*lines, "</fontconfig>", ""]), "utf-8")
        return {"FONTCONFIG_FILE": str(file)}

    def families(self) -> frozenset[str]:
        """The names that may stand in a PDF after the subset's prefix."""
        return frozenset(family for face in self.roles.values() for family, _ in face.derived)

    def versions(self) -> Mapping[str, tuple[Mapping[str, str], ...]]:
        """For the manifest: by role the source files with their SHA-256, without folders."""
        return {name: tuple(stated(font) for font in sources_of(face.role)) for name, face in self.roles.items()}


def sources_of(role: Role) -> tuple[FontFile, ...]:
    """All files a role's faces are made of."""
    return (*role.chain, role.latin) if role.latin else role.chain


def stated(font: FontFile) -> Mapping[str, str]:
    """A source file as the manifest names it."""
    return {"file": font.path.name, "sha256": font.sha256}


def alias(office: str, families: tuple[str, ...]) -> str:
    """A fontconfig rule: who asks for the office font gets these families."""
    strings = "".join(f"<string>{escape(family)}</string>" for family in families)
    return (
        f'<match target="pattern"><test name="family"><string>{escape(office)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong">{strings}</edit></match>'
    )


@lru_cache(maxsize=64)
def coverage_of(store: Store, font: FontFile) -> Coverage:
    """What a source font covers, read once."""
    return make_coverages(store, (font,))[font]


def main_recipe(role: Role, declaration: Declaration) -> Recipe:
    """How the face of a role is made: Latin slots first, then the common characters by the chain."""
    letters = declaration.latin if role.latin else frozenset[int]()
    characters = declaration.characters | declaration.latin
    return Recipe(role.family, role.chain, characters, role.latin, letters, common=True)


def load_fonts(
    parsed: Mapping[str, object],
    user_folder: Path | None = None,
    progress: Progress = lambda done, total: None,
    places: Places | None = None,
) -> FontSet:
    """The fonts that a parsed fonts.yaml declares, a user's own first; faces are derived when they are not kept yet.

    Raises KindError on a malformed declaration, MissingError when a declared file is not there or is no font,
    FileError when faces have to be made and nothing can be written.
    """
    places = places or Places(default_roots(os.environ), Store(default_folders(os.environ)))
    declaration = read_declaration(parsed)
    roles, missing = find_sources(declaration, user_folder, Shelf(places.store), places.roots)
    if missing:
        raise MissingError(
            *(
                find("font-missing", Location(font.file), role=font.role, file=font.file, package=font.package)
                for font in missing
            )
        )
    faces = make_faces(places.store, (main_recipe(role, declaration) for role in roles), progress)
    return FontSet({role.name: Face(role, face) for role, face in zip(roles, faces, strict=True)}, places.store)

"""Where fonts lie: file names or font names in; files with the right face, its names and its SHA-256 out."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.render.font.outlines import unheard
from reportgen.render.font.store import Store, seal

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

SUFFIXES: Final = frozenset({".ttf", ".otf", ".ttc", ".otc"})
USER_FILES: Final = 500
"""How many files of a user's folder are looked at."""

DESCRIPTIONS: Final = "files.json"


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face of a font file; `licence` is what the declaration says of it, empty for a user's own."""

    path: Path
    index: int
    sha256: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """What is to be known of a file: its SHA-256, and of each face the names it goes by, lower case."""

    sha256: str
    faces: tuple[tuple[str, ...], ...]

    def index(self, name: str) -> int | None:
        """The face that bears a name."""
        return next((number for number, names in enumerate(self.faces) if name.casefold() in names), None)


def default_roots(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Folders searched for declared files, in order: beside the installation, the user's, the system's."""
    home = Path(environment.get("HOME") or "~").expanduser()
    return (
        Path(sys.prefix) / "share" / "reportgen" / "fonts",
        home / ".local" / "share" / "fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )


def locate(file: str, folder: str, roots: tuple[Path, ...]) -> Path | None:
    """The first file of that name: where it is expected, else anywhere below the roots, in sorted order."""
    for root in roots:
        for expected in (root / file, root / folder / file):
            if expected.is_file():
                return expected
    return next((found for root in roots for found in sorted(root.rglob(file)) if found.is_file()), None)


class Shelf:
    """Descriptions of font files, remembered by path, size and time so that a file is read only once."""

    def __init__(self, store: Store) -> None:
        """Open the descriptions remembered in a store."""
        remembered = store.recall(DESCRIPTIONS)
        self._store = store
        self._known: dict[str, list[object]] = dict(remembered) if isinstance(remembered, dict) else {}
        self._changed = False

    def describe(self, path: Path) -> Description | None:
        """What a font file is, nothing when it is none."""
        status = path.stat()
        stamp = [status.st_size, status.st_mtime_ns]
        known = self._known.get(str(path.absolute()))
        if known is None or known[:2] != stamp:
            known = [*stamp, *read_description(path)]
            self._known[str(path.absolute())] = known
            self._changed = True
        _, _, digest, names = known
        if not isinstance(names, list) or not names:
            return None
        return Description(str(digest), tuple(tuple(map(str, face)) for face in names))

    def save(self) -> None:
        """Remember what was learnt."""
        if self._changed:
            self._store.remember(DESCRIPTIONS, seal(self._known))
            self._changed = False

    def find_face(self, path: Path | None, face: str, licence: str) -> FontFile | None:
        """The face of that name in a file; the first one when no name is asked for."""
        description = self.describe(path) if path else None
        if path is None or description is None:
            return None
        index = description.index(face) if face else 0
        return None if index is None else FontFile(path, index, description.sha256, licence)

    def find_named(self, names: tuple[str, ...], files: tuple[Path, ...]) -> FontFile | None:
        """Among a user's files the face that bears the earliest of these names; of equals the first file."""
        for name in names:
            for path in files:
                if font := self.find_face(path, name, ""):
                    return font
        return None


def user_files(folder: Path | None) -> tuple[Path, ...]:
    """The font files of a user's folder, in sorted order."""
    if folder is None:
        return ()
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders.sort()
        found.extend(Path(parent) / name for name in names if Path(name).suffix.lower() in SUFFIXES)
        if len(found) > USER_FILES:
            break
    return tuple(sorted(found)[:USER_FILES])


def read_description(path: Path) -> tuple[str, list[list[str]]]:
    """SHA-256 and the names of each face of a file; no faces when it cannot be read as a font."""
    from fontTools.ttLib import TTCollection, TTFont

    with unheard(), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        is_collection = file.read(4) == b"ttcf"
        file.seek(0)
        try:
            fonts = TTCollection(file, lazy=True).fonts if is_collection else [TTFont(file, lazy=True)]
            return digest, [names_of(font) for font in fonts]
        except Exception:  # noqa: BLE001 (a broken font file raises anything; it then is no font)
            return digest, []


def names_of(font: TTFont) -> list[str]:
    """The full and PostScript names of a face in any language, of a regular one its family's; lower case."""
    regular = 250 <= font["OS/2"].usWeightClass <= 500 and not font["OS/2"].fsSelection & 1
    wanted = (1, 4, 6, 16) if regular else (4, 6)
    names = (record.toUnicode(errors="replace") for record in font["name"].names if record.nameID in wanted)
    return sorted({name.strip().casefold() for name in names if name.strip()})

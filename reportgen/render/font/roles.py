"""A kind's fonts.yaml: its parsed form in; roles with the files of this machine, or what is missing, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportgen.catalogue import find
from reportgen.diagnostics import Location
from reportgen.errors import KindError
from reportgen.render.font.characters import parse_ranges
from reportgen.render.font.files import FontFile, Shelf, locate, user_files

OWN: Final = "-own"
"""The end of the family of a role's second face, that of the letters and digits its Chinese font draws."""

FILE_KEYS: Final = ("file", "folder", "face", "package", "licence")


@dataclass(frozen=True, slots=True)
class DeclaredFile:
    """A font file as a kind names it; `names` are those of a user's own font that may stand for it."""

    file: str
    folder: str
    face: str
    package: str
    licence: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeclaredRole:
    """A role of type as a kind declares it: `chain` and `latin` are keys of the declared files.

    `own` are the code points its Chinese font draws itself where a style asks for that (`latin: own`).
    """

    name: str
    office: str
    family: str
    names: tuple[str, ...]
    chain: tuple[str, ...]
    latin: str
    own: frozenset[int]


@dataclass(frozen=True, slots=True)
class Declaration:
    """Everything a kind says of its fonts."""

    files: Mapping[str, DeclaredFile]
    roles: tuple[DeclaredRole, ...]
    latin: frozenset[int]
    characters: frozenset[int]


@dataclass(frozen=True, slots=True)
class Role:
    """A role with its fonts: the chain draws what is Chinese, `latin` (if there is one) letters and digits.

    `office` and `office_latin` are the names the Word file calls them by, `family` is the derived face's own.
    `own` are the letters and digits of the chain itself, half as wide as characters, for styles that ask.
    """

    name: str
    office: str
    family: str
    chain: tuple[FontFile, ...]
    latin: FontFile | None
    office_latin: str
    own: frozenset[int]


@dataclass(frozen=True, slots=True)
class MissingFont:
    """A declared font file that is not on this machine, with the Debian package that has it."""

    role: str
    file: str
    package: str


def read_declaration(parsed: Mapping[str, object]) -> Declaration:
    """The declaration of a parsed fonts.yaml; raises KindError when it is malformed."""
    try:
        files = {key: read_file(value) for key, value in mapping(parsed["files"]).items()}
        roles = tuple(read_role(name, value, files) for name, value in mapping(parsed["roles"]).items())
        latin = parse_ranges(texts(parsed.get("latin", [])))
        characters = frozenset(map(ord, "".join(text(parsed, "characters").split())))
    except (KeyError, TypeError, ValueError) as error:
        reason = str(error.args[0]) if error.args else type(error).__name__
        raise KindError(find("fonts-malformed", Location("fonts.yaml"), reason=reason)) from error
    return Declaration(files, roles, latin, characters)


def read_file(value: object) -> DeclaredFile:
    """One entry of `files`."""
    entry = mapping(value)
    if not text(entry, "file") or Path(text(entry, "file")).name != text(entry, "file"):
        raise ValueError("file")
    file, folder, face, package, licence = (text(entry, key) for key in FILE_KEYS)
    return DeclaredFile(file, folder, face, package, licence, texts(entry.get("names", [])))


def read_role(name: str, value: object, files: Mapping[str, DeclaredFile]) -> DeclaredRole:
    """One entry of `roles`."""
    entry = mapping(value)
    role = DeclaredRole(
        name, text(entry, "office"), text(entry, "family"), texts(entry.get("names", [])),
        texts(entry["chain"]), text(entry, "latin"), parse_ranges(texts(entry.get("own", []))),
    )  # fmt: skip
    unknown = [key for key in (*role.chain, role.latin) if key and key not in files]
    if unknown or not role.chain or not role.family.isascii() or not role.family.replace("-", "").isalnum():
        raise ValueError(f"roles.{name}")
    return role


def mapping(value: object) -> Mapping[str, object]:
    """A value that has to be a mapping."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r:.40}")
    return value


def text(entry: Mapping[str, object], key: str) -> str:
    """The text under a key, empty when there is none."""
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise TypeError(key)
    return value


def texts(value: object) -> tuple[str, ...]:
    """A value that has to be a list of texts; figures such as 00A0 may come as numbers."""
    if not isinstance(value, list) or not all(isinstance(item, str | int) for item in value):
        raise TypeError(f"{value!r:.40}")
    return tuple(str(item) for item in value)


def find_sources(
    declaration: Declaration, user_folder: Path | None, shelf: Shelf, roots: tuple[Path, ...]
) -> tuple[tuple[Role, ...], tuple[MissingFont, ...]]:
    """The roles with the files of this machine, a user's own fonts first, and what is missing."""
    own = user_files(user_folder)
    found = {
        key: shelf.find_face(locate(declared.file, declared.folder, roots), declared.face, declared.licence)
        for key, declared in declaration.files.items()
    }
    roles, missing = [], []
    for role in declaration.roles:
        used = (*role.chain, role.latin) if role.latin else role.chain
        missing += [
            MissingFont(role.name, declaration.files[key].file, declaration.files[key].package)
            for key in used
            if found[key] is None
        ]
        mine = shelf.find_named(role.names, own)
        chain = (mine, *(found[key] for key in role.chain))
        names = declaration.files[role.latin].names if role.latin else ()
        latin = shelf.find_named(names, own) or found.get(role.latin)
        files = tuple(file for file in chain if file)
        roles.append(
            Role(role.name, role.office, role.family, files, latin, names[0] if names else "", role.own)
        )
    shelf.save()
    return tuple(roles), tuple(missing)

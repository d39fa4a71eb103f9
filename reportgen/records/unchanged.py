"""What a set of documents was made from, noted beside it, in; whether it would be made the same again out.

The note names every file that was looked at, with its SHA-256, font files with size and time (as the program
knows them everywhere), the names in the folders that were searched, the options, and the program itself.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import reportgen
from reportgen.errors import FileError
from reportgen.files.folders import Places, is_folder
from reportgen.files.reading import digest, digest_file, read_file
from reportgen.records.manifest import NAME, read_manifest, unaltered

LONGEST: Final = 48 * 1024
"""Bytes that a note may take; a set made from more is made again every time."""
NOTE_LIMIT: Final = 64 * 1024
MOST_NAMES: Final = 5000

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at to make a set: files that were read, with their SHA-256, and others it was held
    against (also those not there), font files, folders that were searched.
    """

    read: Mapping[str, str]
    files: tuple[Path, ...]
    fonts: tuple[Path, ...]
    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A set that stands as making it again would leave it; `told` is how many findings there were."""

    folder: Path
    names: tuple[str, ...]
    told: int


def note_state(looked: Looked, options: Mapping[str, Any], manifest: bytes, told: int) -> State:
    """What to note beside a set; empty when that would be too long."""
    state = {
        "options": digest(json.dumps(dict(options), sort_keys=True).encode()),
        "program": program_digest(),
        "manifest": digest(manifest),
        "told": told,
        "files": {**{str(path): content_of(path) for path in looked.files}, **looked.read},
        "fonts": {str(path): stamp_of(path) for path in dict.fromkeys(looked.fonts)},
        "folders": {str(path): names_of(path) for path in dict.fromkeys(looked.folders)},
    }
    return state if len(json.dumps(state)) <= LONGEST else {}


def find_unchanged(report: Path, parent: Path, options: Mapping[str, Any]) -> Unchanged | None:
    """The set of a report, when it stands there whole and nothing it was made from is other; else None."""
    places = Places(parent, report.stem, report.stem)
    state = noted_state(places)
    folder = places.final
    if not state or str(report.absolute()) not in state["files"] or not is_clear(places):
        return None
    recorded = read_manifest(folder)
    if recorded is None or set(unaltered(folder, recorded)) != {*recorded.outputs, NAME}:
        return None
    if content_of(folder / NAME) != state["manifest"] or not holds(state, options):
        return None
    return Unchanged(folder, (*sorted(recorded.outputs), NAME), int(state["told"]))


def noted_state(places: Places) -> dict[str, Any]:
    """The state noted for a set; empty when there is none that can be read."""
    try:
        state = json.loads(read_file(places.lock, NOTE_LIMIT))["state"]
    except (FileError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    wanted = {"options": str, "program": str, "manifest": str, "told": int}
    wanted |= dict.fromkeys(("files", "fonts", "folders"), dict)
    sound = isinstance(state, dict) and all(isinstance(state.get(key), kind) for key, kind in wanted.items())
    return state if sound else {}


def is_clear(places: Places) -> bool:
    """Whether nothing lies beside a set that a build would put right."""
    aside = (places.making, places.ready, places.old, *places.parent.glob(f"{places.stem}.未通过"))
    return is_folder(places.final) and not any(os.path.lexists(path) for path in aside)


def holds(state: State, options: Mapping[str, Any]) -> bool:
    """Whether options, program and everything that was looked at are the same."""
    return (
        state["options"] == digest(json.dumps(dict(options), sort_keys=True).encode())
        and state["program"] == program_digest()
        and all(stamp_of(Path(path)) == stamp for path, stamp in state["fonts"].items())
        and all(names and names_of(Path(path)) == names for path, names in state["folders"].items())
        and all(content_of(Path(path)) == sha256 for path, sha256 in state["files"].items())
    )


def content_of(path: Path) -> str:
    """The SHA-256 of a file; empty when it is not there or cannot be read."""
    try:
        return digest_file(path)
    except FileError:
        return ""


def stamp_of(path: Path) -> list[int]:
    """Size and time of a file; empty when it is not there."""
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def names_of(folder: Path) -> str:
    """A digest of the names below a folder, hidden ones left out; empty when there are too many."""
    paths = [path.relative_to(folder) for path in islice(folder.rglob("*"), MOST_NAMES)]
    if len(paths) == MOST_NAMES:
        return ""
    shown = (path for path in paths if not any(part.startswith((".", "__")) for part in path.parts))
    return digest("\n".join(sorted(map(str, shown))).encode("utf-8", "surrogateescape"))


def program_digest() -> str:
    """What tells one state of the program from another: its version, its files by size and time, Python."""
    import sys

    told = hashlib.sha256(f"{reportgen.__version__} {sys.version}".encode())
    for line in sorted((*files_below(str(Path(reportgen.__file__).parent)), *libraries())):
        told.update(line.encode("utf-8", "surrogateescape"))
    return told.hexdigest()


def files_below(folder: str) -> Iterator[str]:
    """A line for each file below a folder, but for what Python makes of them; as quickly as can be."""
    with os.scandir(folder) as items:
        for item in items:
            if not item.is_dir(follow_symlinks=False):
                status = item.stat()
                yield f"{item.path} {status.st_size} {status.st_mtime_ns}\n"
            elif item.name != "__pycache__":
                yield from files_below(item.path)


def libraries() -> Iterator[str]:
    """A line for each library that is installed, with its version."""
    import sysconfig

    with os.scandir(sysconfig.get_paths()["purelib"]) as items:
        yield from (f"{item.name}\n" for item in items if item.name.endswith(".dist-info"))

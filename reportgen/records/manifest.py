"""What went into a build and what came out of it in, `manifest.json` out; and such a file read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reportgen.errors import FileError
from reportgen.files.reading import digest, digest_file, read_file
from reportgen.render.revision import Revision

NAME: Final = "manifest.json"
APART: Final = "manifest.json.p7s"
"""A signature of the manifest, in a file of its own beside it."""
FORMAT: Final = 1
LIMIT: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file by its relative name, SHA-256 and size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class FontRecord:
    """A font file that a role may draw from."""

    role: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was made, from what, with what. Nothing in it depends on the folder, the day or the machine.

    `report` names the report by its kind's own keys; `kind_sha256` is the digest of all files of the kind;
    `revision` is that of an issued report.
    """

    report: Mapping[str, str]
    date: str
    engine: str
    kind: str
    kind_version: str
    kind_sha256: str
    inputs: tuple[FileRecord, ...]
    outputs: tuple[FileRecord, ...]
    fonts: tuple[FontRecord, ...]
    libraries: Mapping[str, str]
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an earlier manifest says: the report, the SHA-256 of each output, and which outputs are signed."""

    report: Mapping[str, str]
    outputs: Mapping[str, str]
    signed: frozenset[str] = frozenset()


def record(name: str, content: bytes) -> FileRecord:
    """The record of a file's bytes."""
    return FileRecord(name, digest(content), len(content))


def write_manifest(manifest: Manifest) -> bytes:
    """The manifest as `manifest.json`: UTF-8, keys sorted, a newline at the end."""
    content = {
        "format": FORMAT,
        "report": dict(manifest.report),
        "date": manifest.date,
        "engine": {"name": "reportgen", "version": manifest.engine},
        "kind": {"name": manifest.kind, "version": manifest.kind_version, "sha256": manifest.kind_sha256},
        "inputs": files(manifest.inputs),
        "outputs": files(manifest.outputs),
        "fonts": fonts(manifest.fonts),
        "libraries": dict(manifest.libraries),
        **revised(manifest.revision),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def signed_manifest(manifest: Mapping[str, Any], name: str, before: bytes, after: bytes) -> bytes:
    """A manifest in which an output is now the signed one; `signed` says what it was when it was made."""
    witness = manifest.get("signed", {}).get(name) or files((record(name, before),))[name]
    content = {
        **manifest,
        "outputs": {**manifest["outputs"], **files((record(name, after),))},
        "signed": {**manifest.get("signed", {}), name: witness},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def revised(revision: Revision | None) -> dict[str, Any]:
    """Which revision it is and what its ledger entry follows; nothing when it was not issued."""
    return {"revision": {"number": revision.number, "previous": revision.previous}} if revision else {}


def files(records: tuple[FileRecord, ...]) -> dict[str, Any]:
    """The files by name."""
    return {item.name: {"sha256": item.sha256, "size": item.size} for item in records}


def fonts(records: tuple[FontRecord, ...]) -> dict[str, Any]:
    """The font files of each role, in the order in which they are tried."""
    roles: dict[str, list[dict[str, str]]] = {}
    for item in records:
        roles.setdefault(item.role, []).append({"file": item.file, "sha256": item.sha256})
    return roles


def read_manifest(folder: Path) -> Recorded | None:
    """What the manifest of a folder records; None when there is none or it is not one of ours."""
    try:
        content = json.loads(read_file(folder / NAME, LIMIT))
        outputs = {name: content["outputs"][name]["sha256"] for name in content["outputs"]}
        report = {str(key): str(value) for key, value in content["report"].items()}
        signed = frozenset(str(name) for name in content.get("signed", {}))
    except (FileError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if content.get("format") != FORMAT or not all(is_plain(name) for name in outputs):
        return None
    return Recorded(report, outputs, signed)


def is_plain(name: str) -> bool:
    """Whether it names a file of the folder itself; a manifest must not make us touch anything outside."""
    return Path(name).name == name and name not in ("", ".", "..", NAME) and "\0" not in name


def unaltered(folder: Path, recorded: Recorded | None) -> tuple[str, ...]:
    """The outputs that are still as they were made, and the manifest last."""
    if recorded is None:
        return ()
    names = (name for name, sha256 in sorted(recorded.outputs.items()) if is_same(folder / name, sha256))
    return (*names, NAME)


def is_same(path: Path, sha256: str) -> bool:
    """Whether a file is there and has that digest."""
    try:
        return not path.is_symlink() and digest_file(path) == sha256
    except FileError:
        return False


def ours(folder: Path) -> tuple[str, ...]:
    """What a folder holds that the program made and nobody altered; the manifest last."""
    return unaltered(folder, read_manifest(folder))

"""An output folder and a new set in, what must not be overwritten there out."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.files.folders import Places, free_name
from reportgen.files.reading import digest
from reportgen.records.manifest import APART, NAME, Recorded, is_same, read_manifest, unaltered


@dataclass(frozen=True, slots=True)
class Parcel:
    """A set to be put in place: its files by name with `manifest.json`, and the report it was made from.

    `report` is the report's identity by its kind's own keys, as the manifest records it; `state` what the
    next build knows the set again by (`unchanged.py`).
    """

    stem: str
    files: Mapping[str, bytes]
    source: Path
    report: Mapping[str, str]
    state: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands under the final name: the outputs still as they were made, and the work of others.

    `kept` gives every file of others that is in the way a name under which it can stay; `objections` says
    why each is in the way.
    """

    unchanged: tuple[str, ...]
    kept: Mapping[str, str]
    objections: tuple[Diagnostic, ...]


def judge(parcel: Parcel, places: Places, note: bytes) -> Standing:
    """Find what a new set would overwrite."""
    recorded = read_manifest(places.final)
    unchanged = unaltered(places.final, recorded)
    other = other_report(parcel, places, recorded, note)
    named = set(recorded.outputs) if recorded else set()
    signed = recorded.signed if recorded else frozenset()
    spared = unchanged[-1:] if other else tuple(name for name in unchanged if name not in signed)
    outdated = signed_list(parcel, places.final) if recorded else ()
    spared = tuple(name for name in spared if name not in outdated)
    wanted = sorted({*named, *parcel.files, *outdated})
    touched = [name for name in wanted if in_the_way(places.final / name, spared)]
    kept = new_names(places.final, touched, frozenset(parcel.files))
    if other:
        return Standing(spared, kept, (another(places.final, other),))
    precious = frozenset({*(signed & set(unchanged)), *outdated})
    objections = (object_to(places.final, name, kept[name], named, precious) for name in touched)
    return Standing(spared, kept, tuple(objections))


def signed_list(parcel: Parcel, folder: Path) -> tuple[str, ...]:
    """The manifest and its signature, when somebody signed one that the new set would replace."""
    if not os.path.lexists(folder / APART) or is_same(folder / NAME, digest(parcel.files[NAME])):
        return ()
    return (NAME, APART)


def in_the_way(path: Path, spared: tuple[str, ...]) -> bool:
    """Whether something stands there that must be spared."""
    return path.name not in spared and os.path.lexists(path)


def new_names(folder: Path, touched: list[str], taken: frozenset[str]) -> dict[str, str]:
    """A free name for each of the files."""
    kept: dict[str, str] = {}
    for name in touched:
        kept[name] = free_name(folder / name, taken | set(kept.values())).name
    return kept


def object_to(folder: Path, name: str, kept: str, named: set[str], signed: frozenset[str]) -> Diagnostic:
    """The finding about one file of somebody's, or a signed one."""
    code = "output-altered" if name in named else "output-unknown"
    code = "output-signed" if name in signed else code
    return find(code, Location(str(folder / name)), name=folder / name, kept=kept)


def another(folder: Path, other: str) -> Diagnostic:
    """The finding about a folder of another report."""
    return find("output-of-another-report", Location(str(folder)), name=folder, other=other)


def other_report(parcel: Parcel, places: Places, recorded: Recorded | None, note: bytes) -> str:
    """Which other report's set stands there; empty when it is this report's or nobody's.

    The same file is the same report. A noted file that still exists and is another one is another report;
    when it is gone the report may have been moved, then its identity decides.
    """
    if recorded is None:
        return ""
    noted = read_note(note)
    if noted:
        path = places.parent / noted
        if path.exists() and not path.samefile(parcel.source):
            return os.path.normpath(path)
        if path.exists():
            return ""
    return "" if recorded.report == dict(parcel.report) else " ".join(recorded.report.values())


def write_note(source: Path, parent: Path, state: Mapping[str, Any]) -> bytes:
    """Which report a folder is made from, relative to the output folder so that both can move together."""
    note: dict[str, Any] = {"source": os.path.relpath(source.resolve(), parent.resolve())}
    return (json.dumps({**note, **({"state": dict(state)} if state else {})}) + "\n").encode()


def read_note(note: bytes) -> str:
    """The noted report, or an empty text when there is no note or half of one."""
    try:
        noted = json.loads(note)["source"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return noted if isinstance(noted, str) and "\0" not in noted else ""

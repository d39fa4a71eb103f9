"""A revision of a record in; its documents made again from what was frozen, and how they compare, out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.errors import VerificationError
from reportgen.model.report import Loaded, read_report
from reportgen.rebuilding import other_words, same_versions
from reportgen.records.dossier import Dossier, dossier_of
from reportgen.records.manifest import NAME
from reportgen.records.release import Desk, Released, release
from reportgen.records.restoring import holding, lay_out, revision_of, source_of, thaw
from reportgen.records.revisions import revision_of_entry
from reportgen.records.standing import Parcel
from reportgen.versions import readable

if TYPE_CHECKING:
    from reportgen.building import Build
    from reportgen.records.ledger import Entry
    from reportgen.render.revision import Revision

FOLDER: Final = "{stem}.第{revision}版"
"""Where the documents of an old revision are put."""

Make = Callable[["Loaded", "Path", "Revision"], "Build"]
"""Builds a report by the kinds of a folder, as that revision."""


@dataclass(frozen=True, slots=True)
class Remade:
    """A revision's documents made again; `same` are the names of those with the very bytes that were frozen.

    `findings` say what is other: nothing when the bytes are the same or only the versions of the program
    differ and the words do not.
    """

    entry: Entry
    files: Mapping[str, bytes]
    same: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    stem: str

    @property
    def is_equal(self) -> bool:
        """Whether every file has the bytes that were frozen."""
        return set(self.same) == set(self.files)


def remake(path: Path, number: int | None, make: Make) -> Remade:
    """Make a revision again from the frozen report, pictures and kind, the last one without a number.

    Raises FileError without a record, LedgerError when it does not hold, UsageError when it has no such
    revision, and what building raises.
    """
    dossier = dossier_of(path)
    entry = revision_of(holding(dossier), number)
    made = make_there(dossier, entry, make)
    kept = {item.file.name: thaw(dossier, item) for item in entry.named("output")}
    same = tuple(name for name in sorted(made.files) if made.files[name] == kept.get(name))
    stem = made.report.path.stem
    return Remade(entry, made.files, same, judge(dossier, kept, made), stem)


def make_there(dossier: Dossier, entry: Entry, make: Make) -> Build:
    """The build of a revision, in a folder of its own that is gone afterwards."""
    name, source = source_of(dossier, entry)
    with TemporaryDirectory(prefix="reportgen-") as folder:
        home, kinds = Path(folder, "report"), Path(folder, "kinds")
        home.mkdir()
        lay_out(dossier, (*entry.named("source"), *entry.named("input")), home)
        lay_out(dossier, entry.named("kind"), kinds)
        report = readable(read_report(source, home / name, kinds=(kinds,)))
        return make(Loaded(report, ()), kinds, revision_of_entry(entry, report.path.stem))


def judge(dossier: Dossier, kept: Mapping[str, bytes], made: Build) -> tuple[Diagnostic, ...]:
    """What is other in documents made again, when no other version of the program explains it."""
    other = [name for name in sorted(made.files) if made.files[name] != kept.get(name)]
    if not other:
        return ()
    if not same_versions(json.loads(kept[NAME]), made.files[NAME]):
        return other_words(kept, made.files)
    place = Location(str(dossier.folder))
    return tuple(find("remade-differs", place, name=name) for name in other)


def put(remade: Remade, dossier: Dossier, parent: Path) -> Released:
    """Write the documents into a folder of the revision; raises VerificationError when they differ."""
    if remade.findings:
        raise VerificationError(*remade.findings)
    folder = FOLDER.format(stem=remade.stem, revision=remade.entry.revision)
    return release(Parcel(folder, remade.files, dossier.ledger, remade.entry.report), parent, Desk())

"""A report file in; the report as typed values, and everything there is to say about it, out."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from reportgen.catalogue import engine_catalogue, find
from reportgen.diagnostics import Diagnostic, FindingType, Listed, Location, Severity, in_file_order
from reportgen.errors import KindError
from reportgen.files.reading import read_file
from reportgen.model import nodes
from reportgen.model.assembly import Assembly, TableNotes
from reportgen.model.consequences import suspects, without_consequences
from reportgen.model.kind import Kind, broken_kinds, list_kinds, load_kind
from reportgen.model.limits import FILE_BYTES
from reportgen.model.linked import find_lost
from reportgen.model.misshapes import describe_misshapes, plain
from reportgen.model.names import Names
from reportgen.model.review.demands import raise_levels
from reportgen.model.review.profiles import read_profile
from reportgen.model.review.references import NOTHING, Against, read_last, read_others
from reportgen.model.review.review import Review, review
from reportgen.model.review.waivers import apply_waivers, read_waivers
from reportgen.model.shape import MOST, find_misshapes
from reportgen.model.source import read_source
from reportgen.model.values import Value

__all__ = ["Loaded", "Report", "TableNotes", "load_report", "read_report", "validate"]


OTHER_ORGAN: Final = "last-year-other-organ"
DOCUMENTS: Final = (
    *("archive", "build", "conformance", "files", "fonts", "kind", "layout", "proofs", "render", "setting"),
    *("template", "twins", "usage", "verify", "word"),
)
"""Catalogues of what is found in making documents, when the report is long read."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report whose shape is right. What its figures and texts amount to, the findings beside it say.

    `values` holds every field that was given by its official key: prose evaluated, tables and groups of
    figures as nested mappings of cells, totals computed. `notes` holds the notes of every table, `source`
    the file as it was read,
    `names` what rules and expressions may speak of.
    """

    kind: Kind
    path: Path
    source: bytes
    root: nodes.Mapping
    values: Mapping[str, Value]
    notes: Mapping[str, TableNotes]
    names: Names
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """A report, None when its shape is not right, and every finding about the file, in file order."""

    report: Report | None
    diagnostics: tuple[Diagnostic, ...]


def load_report(
    path: Path | str,
    *,
    kinds: Sequence[Path] = (),
    kind: Kind | None = None,
    against: Against = NOTHING,
) -> Loaded:
    """The report of a file; `kinds` are folders to look for its kind in, unless `kind` is given.

    `against` names other reports and demands it is held against, besides those it names itself.

    Raises FileError when the file cannot be read and KindError when its kind is broken; whatever is wrong
    with the report itself is a finding.
    """
    with no_collector():
        loaded = read_report(read_file(Path(path), FILE_BYTES), Path(path), kinds=kinds, kind=kind)
        return reviewed(loaded, against, kinds)


@contextmanager
def no_collector() -> Iterator[None]:
    """While this lasts no garbage is looked for: a report is thousands of objects and no circle of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def reviewed(loaded: Loaded, against: Against, kinds: Sequence[Path], most: int | None = MOST) -> Loaded:
    """The same with what is wrong with the files the report names, and what a reviewer would object to.

    At `most` so many findings are given, all of them without.
    """
    report = loaded.report
    if report is None:
        return loaded
    waivers = read_waivers(report)
    renamed = any(waiver.code == OTHER_ORGAN and waiver.is_reasoned for waiver in waivers)
    last, noted = read_last(report, against, kinds, any_organ=renamed)
    others, lost = read_others(against, kinds)
    profile, misshapen = read_profile(report, against)
    subject = Review(report, last, others, profile)
    found = (*loaded.diagnostics, *find_lost(report), *noted, *lost, *misshapen, *review(subject))
    raised = raise_levels(subject, found)
    judged = apply_waivers(waivers, raised, reviewed_codes(report.kind)) if waivers else raised
    return replace(loaded, diagnostics=at_most(in_file_order(judged), str(report.path), most))


def reviewed_codes(kind: Kind) -> Mapping[str, FindingType]:
    """The codes that reading and reviewing a report can find, the kind's own among them."""
    return engine_catalogue(but=DOCUMENTS) | kind.catalogue


def validate(
    report: Report | Path | str,
    *,
    kinds: Sequence[Path] = (),
    kind: Kind | None = None,
    against: Against = NOTHING,
) -> tuple[Diagnostic, ...]:
    """Every finding about a report or a report file, in file order; raises as `load_report` does."""
    if isinstance(report, Report):
        return reviewed(read_report(report.source, report.path, kind=report.kind), against, kinds).diagnostics
    return load_report(report, kinds=kinds, kind=kind, against=against).diagnostics


def read_report(
    data: bytes,
    path: Path,
    *,
    kinds: Sequence[Path] = (),
    kind: Kind | None = None,
    most: int | None = MOST,
    likely: Kind | None = None,
) -> Loaded:
    """The report of a file's content; `path` is the name to show. Raises KindError.

    `likely` is the kind of the report it stands beside, read already: taken when this one names it too.
    """
    root, found = read_source(data, str(path))
    if root is None:
        return Loaded(None, found)
    if kind is None and likely is not None and is_of(root, likely):
        kind = likely
    if kind is None:
        chosen = choose_kind(root, kinds)
        if isinstance(chosen, Diagnostic):
            return Loaded(None, in_file_order((*found, chosen)))
        kind = load_kind(chosen, kinds)
    misshapes = find_misshapes(plain(root), kind.shape, kind.vocabulary)
    assembly = Assembly(kind, root, suspects(misshapes, found))
    values, notes, names = assembly.assemble()
    everything = without_consequences(
        (*found, *describe_misshapes(misshapes, root), *assembly.findings), misshapes
    )
    diagnostics = in_file_order(at_most(everything, root.location.file, most))
    if misshapes:
        return Loaded(None, diagnostics)
    return Loaded(Report(kind, path, data, root, values, notes, names, not assembly.is_final), diagnostics)


def at_most(diagnostics: tuple[Diagnostic, ...], file: str, most: int | None) -> tuple[Diagnostic, ...]:
    """The findings, errors before others, as far as anyone would read them."""
    if most is None or len(diagnostics) <= most:
        return diagnostics
    by_weight = sorted(in_file_order(diagnostics), key=lambda finding: finding.level is not Severity.ERROR)
    return (*by_weight[:most], find("too-many-findings", Location(file), limit=most))


def is_of(root: nodes.Mapping, kind: Kind) -> bool:
    """Whether a report names a kind."""
    node = root.get(kind.fields["kind"])
    return isinstance(node, nodes.Scalar) and node.text in (kind.title, kind.name)


def choose_kind(root: nodes.Mapping, folders: Sequence[Path]) -> Path | Diagnostic:
    """The folder of the kind a report names, by title or folder name, or what is wrong with the name."""
    entries = list_kinds(folders)
    first = root.entries[0].key.location if root.entries else root.location
    for key in dict.fromkeys(entry.key for entry in entries):
        node = root.get(key)
        if node is None:
            continue
        if not isinstance(node, nodes.Scalar):
            return find("text-expected", place_of(root, key), key)
        matching = next((entry.folder for entry in entries if node.text in (entry.title, entry.name)), None)
        if matching:
            return matching
        if not node.text.strip():
            return find("value-missing", node.location, key)
        if broken := broken_kinds(folders):  # the one that is meant may be among them
            raise KindError(*broken)
        known = Listed(entry.title for entry in entries)
        return find("unknown-kind", node.location, key, name=node.text[:40], known=known)
    key = entries[0].key if entries else ""
    return find("missing-key", first, key, key=key, case="certain")


def place_of(root: nodes.Mapping, key: str) -> Location:
    """Where a key stands."""
    scalar = root.key(key)
    return scalar.location if scalar else root.location

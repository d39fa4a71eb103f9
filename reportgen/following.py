"""A corrected report in; what next year's report has to correct with it, as findings, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.errors import ReportgenError
from reportgen.files.reading import read_file
from reportgen.model import nodes
from reportgen.model.changes.notice import carried_over
from reportgen.model.limits import FILE_BYTES
from reportgen.model.report import read_report
from reportgen.model.source import read_source
from reportgen.model.values import Cell
from reportgen.records.dossier import dossier_of

if TYPE_CHECKING:
    from reportgen.model.changes.change import Change
    from reportgen.model.report import Report

MOST_LOOKED_AT: Final = 500
"""Files of each neighbourhood that are looked at for next year's report."""


def find_followers(
    changes: Sequence[Change], report: Report, given: Path | None, kinds: Sequence[Path]
) -> tuple[Diagnostic, ...]:
    """What next year's report, given or found by the report it names, has to correct too.

    Raises what reading raises when the file was given.
    """
    moved = tuple(carried_over(changes, report))
    if not moved:
        return ()
    path = given or next_report(report)
    if path is None:
        return tuple(without_next(change, report) for change, _ in moved)
    loaded = read_report(read_file(path, FILE_BYTES), path, kinds=kinds)
    following = loaded.report
    return tuple(needed(change, target, path, following) for change, target in moved)


def next_report(report: Report) -> Path | None:
    """The report of the next year that names this one: beside it, or in a folder there or beside its own."""
    key = report.kind.fields.get("previous", "")
    home = report.path.absolute().parent
    near = (home.glob("*.y*ml"), home.glob("*/*.y*ml"), home.parent.glob("*/*.y*ml"))
    paths = (path for paths in near for path in sorted(islice(paths, MOST_LOOKED_AT)))
    return next((path for path in paths if names_it(path, key, report)), None)


def names_it(path: Path, key: str, report: Report) -> bool:
    """Whether a file names the report as last year's."""
    try:
        content = read_file(path, FILE_BYTES)
        if not key or key.encode() not in content:
            return False
        root, _ = read_source(content, str(path))
        named = root.get(key) if root else None
        return isinstance(named, nodes.Scalar) and (path.parent / named.text).samefile(report.path)
    except (ReportgenError, OSError, ValueError):
        return False


def needed(change: Change, target: str, path: Path, following: Report | None) -> Diagnostic:
    """What one figure means for next year's report; a hint when that says the new figure already."""
    cell = cell_at(following, target) if following else None
    place = cell.location if cell else Location(str(path))
    agrees = cell is not None and target != change.path and cell.written == change.after
    code = "next-year-agrees" if agrees else "next-year-differs"
    command = f"reportgen validate {path}"
    if dossier_of(path).folder.exists():
        command = f'reportgen correct {path} --reason "…"'
    return find(
        code,
        place,
        target,
        file=path.name,
        place=change.path,
        before=change.before,
        after=change.after,
        target=target,
        command=command,
    )


def cell_at(report: Report, path: str) -> Cell | None:
    """The figure at a path of another report."""
    node: object = report.values
    for step in path.split("."):
        node = node.get(step) if isinstance(node, Mapping) else None
    return node if isinstance(node, Cell) else None


def without_next(change: Change, report: Report) -> Diagnostic:
    """That next year's report goes on from a figure, when there is none yet."""
    cell = cell_at(report, change.path)
    place = cell.location if cell else Location(str(report.path), change.place.line, 1, change.place.line, 1)
    return find(
        "next-year-follows", place, change.path, place=change.path, before=change.before, after=change.after
    )


def followed(changes: Sequence[Change], report: Report) -> Iterator[str]:
    """The official terms of the figures that next year's report goes on from."""
    return iter(dict.fromkeys(change.term for change, _ in carried_over(changes, report)))

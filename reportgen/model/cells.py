"""The tree of a report and the tables of its kind in; a cell for each figure, a finding for each gap, out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, Listed, Location, Related, Severity, spoken
from reportgen.model import nodes
from reportgen.model.scalars import CHECKS, Words, read_figure
from reportgen.model.tables import FigureType, StatutoryTable
from reportgen.model.values import UNKNOWN, Cell, State

MOST_NAMED: Final = 30
ZERO: Final = "0"
TOTAL: Final[Mapping[str, Any]] = MappingProxyType({"case": "total"})


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a report by path. Those `misshapen` are unknown, and another finding says why."""

    cells: Mapping[str, Cell]
    misshapen: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What stands for a figure in the file: a scalar of its own, or one for the whole group around it."""

    scalar: nodes.Scalar
    path: str
    is_group: bool


@dataclass(frozen=True, slots=True)
class Absent:
    """A figure that the file does not name: the nearest mapping around it, and the name missing there."""

    location: Location
    path: str
    name: str


Reached: TypeAlias = "tuple[nodes.Mapping, Location] | Given | Absent | None"


@dataclass(slots=True)
class FigureReader:
    """Reads the figures of one report, table by table; in a report that `is_final` a gap is an error.

    What a mapping of `suspects` lacks may stand there under a misspelt key: it is unknown, not 0.
    """

    root: nodes.Mapping
    words: Words
    is_final: bool
    suspects: Collection[str] = ()
    cells: dict[str, Cell] = field(default_factory=dict)
    misshapen: set[str] = field(default_factory=set)
    findings: dict[str, Diagnostic] = field(default_factory=dict)
    absent: dict[str, dict[str, Absent]] = field(default_factory=dict)
    groups: dict[str, Reached] = field(default_factory=dict)
    open: dict[tuple[str, int], dict[str, Location]] = field(default_factory=dict)
    open_rests: dict[str, tuple[Location, list[str]]] = field(default_factory=dict)

    def finish(self) -> Figures:
        """Everything read; what is missing in one place, or left open in one line, is one finding."""
        for (group, line), figures in self.open.items():
            self._report_open(group, line, figures)
        for rest, (location, paths) in self.open_rests.items():
            related = tuple(Related(location, path) for path in paths)
            self._report("rest-unknown", location, rest, related=related, count=len(paths))
        for path, missing in self.absent.items():
            names = list(dict.fromkeys(figure.name for figure in missing.values()))
            few, dots = names[:MOST_NAMED], "…" if len(names) > MOST_NAMED else ""
            shown = Bilingual("、".join(few) + dots, spoken(Listed(few), "en") + dots)
            each = tuple(Related(figure.location, cell) for cell, figure in missing.items())
            self._report(
                "figures-missing", each[0].location, path, related=each, count=len(missing), names=shown
            )
        return Figures(self.cells, frozenset(self.misshapen), tuple(self.findings.values()))

    def read_table(self, table: StatutoryTable, totals: frozenset[str]) -> None:
        """The figures of a table; a total is read as far as it is given and is never a gap."""
        node = self.root.get(table.name)
        rest, open_rest = self._rest(node), self._open_rest(node)
        for path, figure in table.figures.items():
            place = trace(self.root, path, self.groups)
            if isinstance(place, Given):
                self._read(path, figure, place, is_total=path in totals)
            elif place is None:
                self._misread(path, self.root.location)
            elif path in totals or node is None:
                self._leave_open(path, place.location)
            elif place.path in self.suspects:
                self._misread(path, place.location)
            elif rest == ZERO:
                self.cells[path] = Cell(path, 0, ZERO, State.REST, place.location)
            elif rest:
                self._misread(path, place.location)
            else:
                self._leave_open(path, place.location)
                if open_rest:
                    key = f"{table.name}.{self.words['rest']}"
                    self.open_rests.setdefault(key, (open_rest, []))[1].append(path)
                else:
                    self.absent.setdefault(place.path, {})[path] = place

    def _rest(self, table: nodes.Node | None) -> str:
        """What the rest line of a table says; empty when there is none, or when it leaves the rest open."""
        rest = table.get(self.words["rest"]) if isinstance(table, nodes.Mapping) else None
        if rest is None or (isinstance(rest, nodes.Scalar) and rest.text in ("", self.words["unknown"])):
            return ""
        return rest.text if isinstance(rest, nodes.Scalar) else "?"

    def _open_rest(self, table: nodes.Node | None) -> Location | None:
        """Where a table says that what it does not name is still to be filled in."""
        rest = table.get(self.words["rest"]) if isinstance(table, nodes.Mapping) else None
        return rest.location if isinstance(rest, nodes.Scalar) and not self._rest(table) else None

    def _report_open(self, group: str, line: int, figures: Mapping[str, Location]) -> None:
        """A finding for a figure to be filled in, or one at their group for several in a line."""
        reached = self.groups.get(group)
        if len(figures) == 1 or not isinstance(reached, tuple) or reached[1].line != line:
            for path, location in figures.items():
                self._report("figure-unknown", location, path)
            return
        names = Listed([path.rpartition(".")[2] for path in figures])
        related = tuple(Related(reached[1], path) for path in figures)
        self._report("figures-unknown", reached[1], group, related=related, count=len(figures), names=names)

    def read_group(self, node: nodes.Node, path: str) -> None:
        """Figures under names of the author's own, in groups as deep as wanted."""
        if isinstance(node, nodes.Mapping):
            for entry in node:
                self.read_group(entry.value, f"{path}.{entry.key.text}")
        elif isinstance(node, nodes.Scalar):
            figure = FigureType(path, "figure", "", waivable=False)
            self._read(path, figure, Given(node, path, is_group=False), is_total=False)

    def _read(self, path: str, figure: FigureType, given: Given, *, is_total: bool) -> None:
        text, location = given.scalar.text, given.scalar.location
        if given.is_group and given.path in self.suspects:
            self._misread(path, location)
        elif given.scalar.empty or text == self.words["unknown"]:
            self._leave_open(path, location)
            if given.is_group:
                if is_total:
                    return
                name = path.removeprefix(f"{given.path}.").partition(".")[0]
                self.absent.setdefault(given.path, {})[path] = Absent(location, given.path, name)
            elif not is_total:
                self.open.setdefault((path.rpartition(".")[0], location.line), {})[path] = location
            elif self.is_final:
                self._report("figure-unknown", location, path, **TOTAL)
        elif text == self.words["not-applicable"] and figure.waivable:
            self.cells[path] = Cell(path, 0, text, State.ENTERED, location)
            self.findings[given.path] = find("figure-not-applicable", location, given.path, place=given.path)
        elif given.is_group or CHECKS[figure.form](text, {}, self.words):
            self._misread(path, location)
        else:
            self.cells[path] = Cell(path, read_figure(text), text, State.ENTERED, location)

    def _leave_open(self, path: str, location: Location) -> None:
        self.cells[path] = Cell(path, UNKNOWN, "", State.UNKNOWN, location)

    def _misread(self, path: str, location: Location) -> None:
        self.misshapen.add(path)
        self._leave_open(path, location)

    def _report(
        self, code: str, location: Location, path: str, related: tuple[Related, ...] = (), **arguments: Any
    ) -> None:
        severity = Severity.ERROR if self.is_final else None
        self.findings[path] = find(
            code, location, path, related=related, severity=severity, place=path, **arguments
        )


def trace(root: nodes.Mapping, path: str, groups: dict[str, Reached]) -> Given | Absent | None:
    """What the file says of a figure; None when something else stands in its place.

    `groups` remembers what was found of groups, which have a dozen figures each.
    """
    group, _, name = path.rpartition(".")
    if group not in groups:
        groups[group] = reach(root, group)
    reached = groups[group]
    if not isinstance(reached, tuple):
        return reached
    node, location = reached
    entry = node.entry(name)
    if entry is None:
        return Absent(location, group, name)
    return Given(entry.value, path, is_group=False) if isinstance(entry.value, nodes.Scalar) else None


def reach(root: nodes.Mapping, group: str) -> Reached:
    """The mapping of a group with the place of its key, or what the file says of all its figures instead."""
    steps = group.split(".")
    node, location = root, root.entries[0].key.location if root.entries else root.location
    for number, step in enumerate(steps):
        entry = node.entry(step)
        if entry is None:
            return Absent(location, ".".join(steps[:number]), step)
        location = entry.key.location
        if isinstance(entry.value, nodes.Scalar):
            return Given(entry.value, ".".join(steps[: number + 1]), is_group=True)
        if isinstance(entry.value, nodes.Sequence):
            return None
        node = entry.value
    return node, location

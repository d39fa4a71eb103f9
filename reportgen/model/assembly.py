"""The tree of a report and its kind in; typed values, and what figures, texts and rules have to say, out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.diagnostics import Diagnostic, Location
from reportgen.model import nodes
from reportgen.model.blocks import read_attachments, read_blocks
from reportgen.model.cells import FigureReader, Figures
from reportgen.model.fields import find_gaps, read_fields
from reportgen.model.formulas import Totals, add_up
from reportgen.model.kind import Kind
from reportgen.model.misshapes import locate
from reportgen.model.names import Leaf, Names, Tree
from reportgen.model.prose import evaluate_prose
from reportgen.model.rules import Subject, hold_against
from reportgen.model.values import UNKNOWN, Cell, Date, Mark, Prose, Value


@dataclass(frozen=True, slots=True)
class TableNotes:
    """The notes of a statutory table: those printed inside it and those below it."""

    inside: tuple[Prose, ...] = ()
    below: tuple[Prose, ...] = ()


class Assembly:
    """One report being put together; `findings` grow as it goes, in no order that matters."""

    def __init__(self, kind: Kind, root: nodes.Mapping, suspects: Collection[str] = ()) -> None:
        """Take the tree and the kind to read it by; `suspects` are paths of mappings with a misspelt key."""
        self.kind, self.root, self.words = kind, root, kind.vocabulary
        self.suspects = suspects
        self.findings: list[Diagnostic] = []
        status = root.get(kind.fields["status"])
        self.is_final = isinstance(status, nodes.Scalar) and status.text == self.words["final"]

    def assemble(self) -> tuple[Mapping[str, Value], Mapping[str, TableNotes], Names]:
        """The values of the given fields in the schema's order, the notes of every table, the names."""
        plain = read_fields(self.root, self.kind.schema, "", self.words)
        self.findings += find_gaps(plain, "", is_final=self.is_final)
        totals = self._figures()
        known = {**plain, **nest(totals.cells)}
        names = self._names(known)
        is_sound = totals.corrected is totals.cells
        corrected = names if is_sound else self._names({**plain, **nest(totals.corrected)})
        subject = Subject(names, corrected, totals.cells, short_texts(plain), self._place)
        self.findings += hold_against([c for c in self.kind.checks if not c.across_years], subject)
        known |= self._prose(names)
        values = {
            key: known[key] for key in self.kind.schema["properties"] if key in known and self.root.get(key)
        }
        return values, {name: self._notes(name, names) for name in self.kind.tables}, names

    def _place(self, key: str) -> Location:
        """Where a field stands; the file's first key when it is not given."""
        return locate(self.root, (key,) if self.root.get(key) else ())

    def _figures(self) -> Totals:
        """Every figure by its path, totals computed."""
        totals = frozenset(formula.total for formula in self.kind.formulas)
        reader = FigureReader(self.root, self.words, self.is_final, self.suspects)
        for table in self.kind.tables.values():
            reader.read_table(table, totals)
        for key in self.kind.fields_of_type("figures"):
            node = self.root.get(key)
            if node is not None:
                reader.read_group(node, key)
        read: Figures = reader.finish()
        summed = add_up(read.cells, self.kind.formulas, self.kind.catalogue, read.misshapen)
        self.findings += (*read.diagnostics, *summed.diagnostics)
        return summed

    def _names(self, known: Mapping[str, Value]) -> Names:
        """What expressions may name: figures, dates, short texts; None is what is not given."""
        properties = self.kind.schema["properties"]
        prose = self.kind.fields_of_type("blocks", "prose", "attachments", "lines", "flag", "file")
        tree = {
            key: _leaf(known.get(key))
            for key, form in properties.items()
            if key not in prose and "items" not in form
        }
        return Names(tree, self.words["unknown"], self.kind.texts["date"], self.is_final)

    def _prose(self, names: Names) -> dict[str, Value]:
        """The fields of prose, evaluated."""
        values: dict[str, Value] = {}
        for key, form in self.kind.schema["properties"].items():
            node = self.root.get(key)
            value = None if node is None else self._evaluate(node, key, form.get("x-type"), names)
            if value is not None:
                values[key] = value
        return values

    def _evaluate(self, node: nodes.Node, key: str, form: str | None, names: Names) -> Value:
        kind, width = self.kind, type_area_width(self.kind)
        match form:
            case "blocks":
                blocks, found = read_blocks(node, key, kind.blocks, self.words, names, width)
                self.findings += found
                return blocks
            case "attachments":
                attachments, found = read_attachments(node, key, kind.blocks, self.words, names, width)
                self.findings += found
                return attachments
            case "prose" if isinstance(node, nodes.Scalar):
                prose, found = evaluate_prose(node, key, names)
                self.findings += found
                return prose
        return None

    def _notes(self, table: str, names: Names) -> TableNotes:
        """The notes of a table; without a word of where, they stand below it."""
        node, key = self.root.get(table), self.words["note"]
        notes = node.get(key) if isinstance(node, nodes.Mapping) else None
        path = f"{table}.{key}"
        if not isinstance(notes, nodes.Mapping):
            return TableNotes((), self._texts(notes, path, names))
        sides = (self.words["inside"], self.words["below"])
        return TableNotes(*(self._texts(notes.get(side), f"{path}.{side}", names) for side in sides))

    def _texts(self, node: nodes.Node | None, path: str, names: Names) -> tuple[Prose, ...]:
        items = node.items if isinstance(node, nodes.Sequence) else (node,)
        texts = []
        for number, item in enumerate(items):
            if isinstance(item, nodes.Scalar):
                at = f"{path}[{number}]" if isinstance(node, nodes.Sequence) else path
                prose, found = evaluate_prose(item, at, names)
                self.findings += found
                texts.append(prose)
        return tuple(texts)


def type_area_width(kind: Kind) -> Decimal:
    """The width of the kind's type area in mm."""
    page, margins = kind.layout["page"], kind.layout["margins"]
    return Decimal(str(page["width"])) - Decimal(str(margins["left"])) - Decimal(str(margins["right"]))


def nest(cells: Mapping[str, Cell]) -> dict[str, Value]:
    """Figures by path, as nested mappings."""
    root: dict[str, Value] = {}
    for path, cell in cells.items():
        *groups, name = path.split(".")
        node = root
        for group in groups:
            inner = node.setdefault(group, {})
            node = inner if isinstance(inner, dict) else {}
        node[name] = cell
    return root


def short_texts(values: Mapping[str, Value]) -> dict[str, str]:
    """What the conditions of rules compare fields with."""
    return {
        key: value.written if isinstance(value, Cell) else str(value)
        for key, value in values.items()
        if isinstance(value, Cell | Prose)
    }


def _leaf(value: Value) -> Tree | Leaf | None:
    """What an expression sees of a value."""
    match value:
        case Cell() | Date():
            return value
        case Prose(segments=segments):
            return UNKNOWN if segments and segments[0].mark is Mark.GAP else str(value)
        case Mapping():
            return {key: _leaf(inner) for key, inner in value.items()}
    return None

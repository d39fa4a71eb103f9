"""A node of a block in; the typed part it should be out, with findings for whatever it is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.model import nodes
from reportgen.model.names import Names
from reportgen.model.nodes import Node, Scalar, Sequence
from reportgen.model.prose import evaluate_figure, evaluate_paragraphs, evaluate_prose
from reportgen.model.scalars import check_amount, check_file, check_flag, read_figure
from reportgen.model.shape import nearest
from reportgen.model.values import UNKNOWN, Figure, Prose

Words = Mapping[str, Mapping[str, Any]]
"""The kind's keys of blocks: block -> part -> key."""

NO_PROSE = Prose("", (), Location(""))


@dataclass(slots=True)
class Reader:
    """Reads the parts of blocks with the kind's words; `findings` grow as it goes. Lengths are in mm."""

    words: Words
    vocabulary: Mapping[str, str]
    names: Names
    width: Decimal
    findings: list[Diagnostic] = field(default_factory=list)

    def report(self, code: str, location: Location, path: str, **arguments: object) -> None:
        """Add a finding."""
        self.findings.append(find(code, location, path, **arguments))

    def prose(self, node: Node, path: str) -> Prose:
        """The prose of a text of one paragraph."""
        if not isinstance(node, Scalar):
            self.report("text-expected", node.location, path)
            return NO_PROSE
        prose, found = evaluate_prose(node, path, self.names)
        self.findings.extend(found)
        return prose

    def paragraphs(self, scalar: Scalar, path: str) -> tuple[Prose, ...]:
        """The prose of a text of one or more paragraphs."""
        prose, found = evaluate_paragraphs(scalar, path, self.names)
        self.findings.extend(found)
        return prose

    def texts(self, node: Node | None, path: str) -> tuple[Prose, ...]:
        """The prose of a text or of a list of texts."""
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return tuple(self.prose(item, at) for at, item in self.items(node, path))
        return (self.prose(node, path),)

    def items(self, node: Node, path: str) -> Iterator[tuple[str, Node]]:
        """The items of a list with their paths; none, with a finding, when it is no list or an empty one."""
        if not isinstance(node, Sequence):
            self.report("list-expected", node.location, path)
            return
        if not node.items:
            self.report("empty-list", node.location, path)
        for number, item in enumerate(node.items):
            yield f"{path}[{number}]", item

    def parts(self, node: Node, path: str, keys: Mapping[str, str], needed: tuple[str, ...]) -> dict[str, Node]:
        """The parts of a mapping by role; `keys` gives each role its key, `needed` the roles that must be there."""
        if not isinstance(node, nodes.Mapping):
            self.report("mapping-expected", node.location, path)
            return {}
        roles = {key: role for role, key in keys.items()}
        given = {roles[entry.key.text]: entry.value for entry in node if entry.key.text in roles}
        for entry in node:
            if entry.key.text not in roles:
                left = [key for key, role in roles.items() if role not in given] or list(roles)
                allowed = "、".join(nearest(entry.key.text, left))
                self.report("unknown-key", entry.key.location, path, key=entry.key.text[:40], allowed=allowed)
        for role in needed:
            if role not in given:
                self.report("missing-key", node.location, path, key=keys[role])
        return given

    def text(self, node: Node, path: str) -> str | None:
        """The text of a node that is one line, None when left empty or when the node is none."""
        if isinstance(node, Scalar):
            return None if node.empty else node.text
        self.report("text-expected", node.location, path)
        return None

    def flag(self, node: Node | None, path: str) -> bool:
        """是 or 否; 否 when it is missing."""
        if node is None:
            return False
        value = self.text(node, path)
        if isinstance(node, Scalar) and (wrong := check_flag(value, {}, self.vocabulary)):
            self.report(wrong.code, node.location, path, **wrong.arguments)
        return value == self.vocabulary["yes"]

    def file(self, node: Node, path: str) -> str:
        """The relative name of a file beside the report or below it; empty when it is none."""
        value = self.text(node, path)
        if not isinstance(node, Scalar):
            return ""
        wrong = check_file(value, {}, self.vocabulary)
        if wrong:
            self.report(wrong.code, node.location, path, **wrong.arguments)
        elif ".." in str(value).split("/"):
            self.report("file-outside", node.location, path, value=str(value)[:80])
        else:
            return str(value)
        return ""

    def length(self, node: Node, path: str) -> Decimal | None:
        """A length in mm that fits the type area; None when it is none."""
        value = self.text(node, path)
        if value is None or check_amount(value, {}, self.vocabulary) or not 0 < read_length(value) <= self.width:
            if isinstance(node, Scalar):
                self.report("length-out-of-range", node.location, path, value=str(value)[:40], most=self.width)
            return None
        return read_length(value)

    def figure(self, node: Node, path: str) -> Figure | None:
        """A figure of a chart: a number, one expression, or 待填; None when it is none of them."""
        if not isinstance(node, Scalar):
            self.report("text-expected", node.location, path)
            return None
        text = node.text.strip()
        if "{{" in text:
            figure, found = evaluate_figure(node, path, self.names)
            self.findings.extend(found)
            return figure
        if not text or text == self.names.unknown:
            self.findings.extend(evaluate_prose(node, path, self.names)[1])
            return UNKNOWN
        wrong = check_amount(text.removeprefix("-"), {}, self.vocabulary)
        if wrong:
            self.report(wrong.code, node.location, path, **wrong.arguments)
            return None
        return read_figure(text)


def read_length(text: str) -> Decimal:
    """The number of a length whose form was found right, 0 for 待填."""
    return Decimal(text) if text[:1].isdigit() else Decimal(0)

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
from reportgen.model.scalars import check_amount, check_file, check_flag, check_text, flaw, read_figure
from reportgen.model.strays import LONGEST_NAME, NEAR, close, judge_key
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

    def report(self, code: str, location: Location, path: str, **arguments: Any) -> None:
        """Add a finding."""
        self.findings.append(find(code, location, path, **arguments))

    def prose(self, node: Node, path: str) -> Prose:
        """The prose of a text of one paragraph."""
        if not isinstance(node, Scalar):
            self.report("text-expected", start_of(node), path)
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
            self.report("list-expected", start_of(node), path)
            return
        if not node.items:
            self.report("empty-list", start_of(node), path)
        for number, item in enumerate(node.items):
            yield f"{path}[{number}]", item

    def parts(
        self,
        node: Node,
        path: str,
        keys: Mapping[str, str],
        needed: tuple[str, ...],
        place: Location | None = None,
    ) -> dict[str, Node]:
        """The parts of a mapping by role; `keys` gives each role its key, `needed` the roles it must have.

        A missing part is found at `place`, else at the mapping itself.
        """
        if not isinstance(node, nodes.Mapping):
            self.report("mapping-expected", start_of(node), path)
            return {}
        roles = {key: role for role, key in keys.items()}
        given = {roles[entry.key.text]: entry.value for entry in node if entry.key.text in roles}
        left = [key for key, role in roles.items() if role not in given] or list(roles)
        strays = [entry.key for entry in node if entry.key.text not in roles]
        for key in strays:
            self.report_key(key, path, left)
        meant = {near for key in strays for near in close(key.text, left)[:1]}
        for role in needed:
            if role not in given and keys[role] not in meant:
                self.report("missing-key", place or start_of(node), f"{path}.{keys[role]}", key=keys[role])
        return given

    def report_key(self, key: Scalar, path: str, allowed: list[str]) -> None:
        """Add the finding of a key that does not belong where it stands."""
        wrong = judge_key(key.text, allowed)
        self.report(wrong.code, key.location, f"{path}.{wrong.arguments['key']}", **wrong.arguments)

    def line(self, node: Node, path: str) -> str | None:
        """A text of one line without expressions; None, with a finding, when it is none."""
        if not isinstance(node, Scalar):
            self.report("text-expected", start_of(node), path)
            return None
        value = None if node.empty else node.text
        wrong = check_text(value, {}, self.vocabulary) if value is not None else flaw("value-missing")
        if wrong:
            self.report(wrong.code, node.location, path, **wrong.arguments)
            return None
        return node.text.strip()

    def choice(self, node: Node, path: str, allowed: Mapping[str, str]) -> str | None:
        """What one of the allowed words stands for; None, with a finding, when it is none of them."""
        value = self._text(node, path)
        if isinstance(node, Scalar) and (
            wrong := check_text(value, {"enum": tuple(allowed)}, self.vocabulary)
        ):
            self.report(wrong.code, node.location, path, **wrong.arguments)
        return allowed.get(value or "")

    def _text(self, node: Node, path: str) -> str | None:
        """The text of a scalar as the checks of scalars want it: None when it was left empty."""
        if isinstance(node, Scalar):
            return None if node.empty else node.text
        self.report("text-expected", start_of(node), path)
        return None

    def flag(self, node: Node | None, path: str) -> bool:
        """是 or 否; 否 when it is missing."""
        if node is None:
            return False
        value = self._text(node, path)
        if isinstance(node, Scalar) and (wrong := check_flag(value, {}, self.vocabulary)):
            self.report(wrong.code, node.location, path, **wrong.arguments)
        return value == self.vocabulary["yes"]

    def file(self, node: Node, path: str) -> str:
        """The relative name of a file beside the report or below it; empty when it is none."""
        value = self._text(node, path)
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
        value = self._text(node, path)
        if (
            value is None
            or check_amount(value, {}, self.vocabulary)
            or not 0 < read_length(value) <= self.width
        ):
            if isinstance(node, Scalar):
                self.report("length-out-of-range", node.location, path, value=value, most=self.width)
            return None
        return read_length(value)

    def figure(self, node: Node, path: str) -> Figure | None:
        """A figure of a chart: a number, one expression, or 待填; None when it is none of them."""
        if not isinstance(node, Scalar):
            self.report("text-expected", start_of(node), path)
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


def start_of(node: Node) -> Location:
    """The place to show for a node: a text itself, a mapping's first key, a list's first character."""
    if isinstance(node, Scalar):
        return node.location
    if isinstance(node, nodes.Mapping) and node.entries:
        return node.entries[0].key.location
    start = node.location
    return Location(start.file, start.line, start.column, start.line, start.column + 1)


def read_length(text: str) -> Decimal:
    """The number of a length whose form was found right, 0 for 待填."""
    return Decimal(text) if text[:1].isdigit() else Decimal(0)


def is_near(name: str, keys: list[str]) -> bool:
    """Whether a name may be one of the keys, mistyped."""
    from difflib import get_close_matches

    return len(name) <= LONGEST_NAME and bool(get_close_matches(name, keys, 1, NEAR))

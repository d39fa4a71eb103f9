"""What the tests of prose share: a report's data as expressions see it, and texts read from real YAML."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from reportgen.diagnostics import Diagnostic, Location
from reportgen.model import nodes
from reportgen.model.blocks import read_blocks
from reportgen.model.formats import parse_date
from reportgen.model.names import Names, Tree
from reportgen.model.source import read_source
from reportgen.model.values import UNKNOWN, Block, Cell, State

PATTERN = "{year}年{month}月{day}日"
UNKNOWN_WORD = "待填"
WIDTH = Decimal(156)

KIND: Any = yaml.safe_load(Path("templates/gbt9704/kind.yaml").read_text("utf-8"))


def cell(figure: int | Decimal, state: State = State.ENTERED) -> Cell:
    """A figure that stands somewhere."""
    return Cell("", figure, str(figure), state, Location("report.yaml"))


def unknown() -> Cell:
    """A figure still to be filled in."""
    return Cell("", UNKNOWN, "", State.UNKNOWN, Location("report.yaml"))


def tree(**values: Any) -> Tree:
    """Names with their values; a number becomes a figure."""
    return {key: tree(**value) if isinstance(value, dict) else _leaf(value) for key, value in values.items()}


def _leaf(value: Any) -> Any:
    return cell(value) if isinstance(value, int | Decimal) else value


def names(**values: Any) -> Names:
    """What expressions see."""
    return Names(tree(**values), UNKNOWN_WORD, PATTERN)


def read(text: str) -> nodes.Mapping:
    """The tree of a YAML text that is right."""
    root, findings = read_source(text.encode(), "report.yaml")
    assert root is not None, findings
    return root


def scalar(text: str) -> nodes.Scalar:
    """The value of the first key of a YAML text."""
    node = read(text).entries[0].value
    assert isinstance(node, nodes.Scalar)
    return node


def blocks(text: str, known: Names | None = None) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The blocks of the first key of a YAML text, and the findings."""
    entry = read(text).entries[0]
    return read_blocks(
        entry.value, entry.key.text, KIND["blocks"], KIND["vocabulary"], known or names(), WIDTH
    )


def value_of(text: str) -> Any:
    """A figure as a report writes it, a date or a text, as expressions see it."""
    if text == UNKNOWN_WORD:
        return unknown()
    if (day := parse_date(text)) is not None:
        return day
    return cell(Decimal(text) if "." in text else int(text)) if text.replace(".", "", 1).isdecimal() else text


def tree_of(node: nodes.Node) -> Any:
    """The names of a YAML tree, for documentation whose data stands in its own text."""
    if isinstance(node, nodes.Mapping):
        return {entry.key.text: tree_of(entry.value) for entry in node}
    assert isinstance(node, nodes.Scalar)
    return value_of(node.text)


def codes(findings: tuple[Diagnostic, ...]) -> list[str]:
    """The codes of findings, in order."""
    return [finding.code for finding in findings]


def marked(text: str, finding: Diagnostic) -> str:
    """What a finding points at in a text, which must lie on one line."""
    place = finding.location
    assert place.line == place.end_line
    return text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1]

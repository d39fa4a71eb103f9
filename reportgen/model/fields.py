"""The tree of a report in; the typed value of every field that holds no prose and no figures out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Severity
from reportgen.model import nodes
from reportgen.model.formats import parse_date
from reportgen.model.prose import plain_prose
from reportgen.model.scalars import CHECKS, Schema, Words
from reportgen.model.values import Cell, Mark, Prose, Segment, State, Value

Read = Callable[[nodes.Scalar, str, Words], Value]


def read_text(scalar: nodes.Scalar, path: str, words: Words) -> Prose:
    """A text as it stands; nothing in it is evaluated."""
    if _is_gap(scalar, words):
        return Prose(path, (Segment(words["unknown"], Mark.GAP),), scalar.location, scalar.text)
    return plain_prose(scalar, path)


def read_year(scalar: nodes.Scalar, path: str, _: Words) -> Cell:
    """A year, as a figure that expressions can count with."""
    return Cell(path, int(scalar.text), scalar.text, State.ENTERED, scalar.location)


def read_date(scalar: nodes.Scalar, path: str, words: Words) -> Value:
    """A date; a gap in prose while it is unknown."""
    return read_text(scalar, path, words) if _is_gap(scalar, words) else parse_date(scalar.text)


def read_flag(scalar: nodes.Scalar, _: str, words: Words) -> bool:
    """Whether it says 是."""
    return scalar.text == words["yes"]


READERS: Final[Mapping[str, Read]] = MappingProxyType(
    {"text": read_text, "file": read_text, "year": read_year, "date": read_date, "flag": read_flag}
)
"""How the value of each form of scalar is read, once its form was found right."""


def read_field(node: nodes.Node, schema: Schema, path: str, words: Words) -> Value:
    """The value of a field of a form of this module; None for what is misshapen."""
    form = schema.get("x-type", schema.get("type"))
    if form == "lines":
        lines = node.items if isinstance(node, nodes.Sequence) else (node,)
        return tuple(read_text(line, path, words) for line in lines if isinstance(line, nodes.Scalar))
    if form == "object" and isinstance(node, nodes.Mapping):
        return read_fields(node, schema, path, words)
    if form == "array" and isinstance(node, nodes.Sequence):
        items = (
            read_field(item, schema["items"], f"{path}[{n}]", words) for n, item in enumerate(node.items)
        )
        return {str(number): item for number, item in enumerate(items)}
    if form in READERS and isinstance(node, nodes.Scalar) and _is_sound(node, schema, words):
        return READERS[form](node, path, words)
    return None


def read_fields(root: nodes.Mapping, schema: Schema, path: str, words: Words) -> dict[str, Value]:
    """The fields of a mapping that the schema knows, in its order; prose and figures are read elsewhere."""
    given = {entry.key.text: entry.value for entry in root}
    prefix = f"{path}." if path else ""
    values = {
        key: read_field(given[key], form, prefix + key, words)
        for key, form in schema["properties"].items()
        if key in given
    }
    return {key: value for key, value in values.items() if value is not None}


def _is_sound(scalar: nodes.Scalar, schema: Schema, words: Words) -> bool:
    return CHECKS[schema["x-type"]](None if scalar.empty else scalar.text, schema, words) is None


def _is_gap(scalar: nodes.Scalar, words: Words) -> bool:
    return scalar.empty or scalar.text == words["unknown"]


def find_gaps(values: Any, path: str, *, is_final: bool) -> Iterator[Diagnostic]:
    """A finding for every text and date among the values that is still to be filled in."""
    if isinstance(values, Mapping):
        for key, value in values.items():
            yield from find_gaps(value, f"{path}.{key}".removeprefix("."), is_final=is_final)
    elif isinstance(values, tuple):
        for value in values:
            yield from find_gaps(value, path, is_final=is_final)
    elif isinstance(values, Prose) and values.segments and values.segments[0].mark is Mark.GAP:
        severity = Severity.ERROR if is_final else None
        yield find("value-unknown", values.location, values.path, severity=severity, place=values.path)

"""A plain value and the form it should have in; the flaws in it, each with its path inside the value, out."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from reportgen.diagnostics import Listed
from reportgen.model.scalars import CHECKS, Flaw, Schema, Words, flaw, is_unknown

Plain = Any
"""A tree of dict, list and text; None where a value was left empty."""

FIGURES: Final = ("count", "amount", "figure")
Steps = tuple[str | int, ...]
Flaws = Iterator[tuple[Steps, Flaw]]


def check_form(form: str, value: Plain, schema: Schema, words: Words) -> Flaws:
    """The flaws of a value of an `x-type`; blocks of prose are checked where they are read."""
    if form in COMPOUND:
        yield from COMPOUND[form](value, schema, words)
    elif form in CHECKS:
        yield from _check_scalar(form, value, schema, words)


def _check_scalar(form: str, value: Plain, schema: Schema, words: Words, at: Steps = ()) -> Flaws:
    if isinstance(value, dict | list):
        yield at, flaw("text-expected", case="figure" if form in FIGURES else "")
    elif not (schema.get("waivable") and value == words["not-applicable"]):
        wrong = CHECKS[form](value, schema, words)
        if wrong:
            yield at, wrong


def _check_group(value: Plain, schema: Schema, words: Words) -> Flaws:
    """A mapping of figures; unknown, or not applicable, as a whole."""
    waived = schema.get("waivable") and value == words["not-applicable"]
    if isinstance(value, list) or not (isinstance(value, dict) or waived or is_unknown(value, words)):
        columns = schema.get("properties", {})
        first = next(iter(columns), "")
        is_row = bool(first) and columns[first].get("x-type") in FIGURES
        yield (), flaw("mapping-expected", **({"case": "group", "first": first} if is_row else {}))


def _check_figures(value: Plain, schema: Schema, words: Words, at: Steps = ()) -> Flaws:
    """Figures under names of the author's own, in groups as deep as wanted."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _check_figures(inner, schema, words, (*at, name))
    elif at:
        yield from _check_scalar("figure", value, schema, words, at)
    else:
        yield from _check_group(value, schema, words)


def _check_lines(value: Plain, schema: Schema, words: Words) -> Flaws:
    """One text or several, one for each line."""
    if not isinstance(value, list):
        yield from _check_scalar("text", value, schema, words)
    elif not value:
        yield (), flaw("empty-list")
    else:
        for number, line in enumerate(value):
            yield from _check_scalar("text", line, schema, words, (number,))


def _check_notes(value: Plain, _: Schema, words: Words) -> Flaws:
    """A text, a list of texts, or such under 表内 and 表下."""
    sides = (words["inside"], words["below"])
    if not isinstance(value, dict):
        yield from _check_prose(value)
        return
    for key, inner in value.items():
        if key in sides:
            yield from _check_prose(inner, (key,))
        else:
            yield (), flaw("unknown-key", key=key, allowed=Listed(sides))


def _check_prose(value: Plain, at: Steps = ()) -> Flaws:
    """A text, or a list of texts; what stands in them is checked where they are evaluated."""
    if isinstance(value, dict):
        yield at, flaw("text-expected")
    elif isinstance(value, list):
        if not value:
            yield at, flaw("empty-list")
        for number, text in enumerate(value):
            if isinstance(text, dict | list):
                yield (*at, number), flaw("text-expected")


def _check_cell(value: Plain, _: Schema, __: Words) -> Flaws:
    """A cell as a table's declaration writes it: a text, or a mapping with its spans."""
    if isinstance(value, str):
        return
    if not isinstance(value, dict):
        yield (), flaw("text-expected")
        return
    for key, inner in value.items():
        if key not in CELL:
            yield (), flaw("unknown-key", key=key, allowed=Listed(CELL))
        elif inner not in CELL[key] and not (isinstance(inner, str) and not CELL[key]):
            yield (key,), flaw("value-refused", value=str(inner)[:40], keyword=key)


CELL: Final[Mapping[str, Container[object]]] = MappingProxyType(
    {
        "label": (),
        "figure": (),
        "rowspan": range(1, 301),
        "colspan": range(1, 61),
        "scope": ("col", "row", "colgroup", "rowgroup", "none"),
        "align": ("left", "center", "right"),
    }
)
"""The keys of a cell and what they may hold; where nothing is listed, any text."""

COMPOUND: Final[Mapping[str, Callable[[Plain, Schema, Words], Flaws]]] = MappingProxyType(
    {
        "group": _check_group,
        "figures": _check_figures,
        "lines": _check_lines,
        "notes": _check_notes,
        "cell": _check_cell,
    }
)
"""The check of each form of value that is more than one scalar."""

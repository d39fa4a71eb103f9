"""A kind in; an empty draft with every official label and what is counted, in comments, out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from reportgen.model.kind import Kind
from reportgen.model.quoting import write_scalar
from reportgen.model.tables import StatutoryTable


def write_skeleton(kind: Kind, year: str | None) -> bytes:
    """The file of a new draft, about a year if it is known: what must be there, the rest in comments."""
    lines = [*(f"# {text}" for text in kind.draft.get("preface", ()))]
    for key, form in kind.schema["properties"].items():
        lines += describe(key, form)
        lines += field_lines(kind, key, form, year)
    return ("\n".join(lines) + "\n").encode()


def describe(key: str, form: Any) -> Iterator[str]:
    """The comment above a key: what it is for, and what may stand there."""
    text = form.get("description", "")
    if "enum" in form:
        text = f"{text}（{'、'.join(form['enum'])}）" if text else "、".join(form["enum"])
    yield from [f"# {key}：{text}"] if text else []


def field_lines(kind: Kind, key: str, form: Any, year: str | None) -> list[str]:
    """A key with its value; what may be left out stands in a comment."""
    unknown = kind.vocabulary["unknown"]
    sample = kind.draft.get("skeleton", {}).get(key)
    if form.get("x-type") == "table":
        lines = [f"{key}:", *table_lines(kind, kind.tables[key])]
    elif sample is not None:
        lines = [f"{key}:", *(f"  {line}" for line in sample.rstrip("\n").split("\n"))]
    elif key in kind.schema.get("required", ()):
        lines = [f"{key}: {write_scalar(value_of(kind, key, form, year))}"]
    elif "properties" in form:
        lines = [f"{key}:", *(f"  {name}: {unknown}" for name in form["properties"])]
    elif "items" in form:
        names = form["items"].get("properties", {})
        lines = [f"{key}:", *(f"  {'  ' if n else '- '}{name}: {unknown}" for n, name in enumerate(names))]
    else:
        lines = [f"{key}: {form.get('default', unknown)}"]
    is_needed = key in kind.schema.get("required", ())
    return lines if is_needed else [f"# {line}" for line in lines]


def value_of(kind: Kind, key: str, form: Any, year: str | None) -> str:
    """What a key of one value begins with."""
    known = {
        kind.fields["kind"]: kind.title,
        kind.fields["year"]: year or kind.vocabulary["unknown"],
        kind.fields["status"]: kind.vocabulary["draft"],
    }
    first: str = (form.get("enum") or [kind.vocabulary["unknown"]])[0]
    return known.get(key, first)


def table_lines(kind: Kind, table: StatutoryTable) -> Iterator[str]:
    """The figures of a table, a row of the official table a line, under comments with its labels and help."""
    totals = {formula.total for formula in kind.formulas}
    unknown = kind.vocabulary["unknown"]
    if table.caption:
        yield f"  # {table.caption}"
    open_group = ""
    entered = [path.removeprefix(f"{table.name}.") for path in table.figures if path not in totals]
    for row, members in groupby(entered, lambda path: path.rpartition(".")[0]):
        names = [path.rpartition(".")[2] for path in members]
        group, _, name = row.rpartition(".")
        if group and group != open_group:
            yield from (
                f"  # {label}" for label in table.row_labels(f"{table.name}.{row}.{names[0]}")[:-1][-1:]
            )
            yield f"  {group}:"
        open_group, margin = group, "    " if group else "  "
        first = f"{row}.{names[0]}" if row else names[0]
        if row:
            yield from comments(kind, table, first, row, margin)
            inner = ", ".join(f"{each}: {unknown}" for each in names)
            yield f"{margin}{name}: {{{inner}}}"
        else:
            for each in names:
                yield from comments(kind, table, each, each, margin)
                yield f"{margin}{each}: {unknown}"


def comments(kind: Kind, table: StatutoryTable, path: str, row: str, margin: str) -> Iterator[str]:
    """The official labels of a row of figures, and what is counted there."""
    labels = table.row_labels(f"{table.name}.{path}")
    above = table.column_labels(f"{table.name}.{path}")[:-1]
    if labels or above:
        yield f"{margin}# {labels[-1] if labels else '　'.join(above)}"
    full = f"{table.name}.{row}"
    for named, text in kind.help.items():
        if named == full or full.endswith(f".{named}"):
            yield f"{margin}# 　{text}"

"""A kind's merged data files in; what does not fit in them out, and the tables they declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from reportgen.diagnostics import Listed
from reportgen.model.fixed_texts import check_texts
from reportgen.model.forms import Steps
from reportgen.model.kind_files import DATA
from reportgen.model.misfits import Misfit, misfit
from reportgen.model.shape import find_misshapes
from reportgen.model.strays import nearest
from reportgen.model.tables import StatutoryTable, TableError, read_table

Data = Mapping[str, Any]


def check_declarations(data: Data) -> tuple[Misfit, ...]:
    """What is wrong with the shape of the files, else what does not fit in kind.yaml and schema.yaml."""
    kind = data["kind"]
    if isinstance(kind, dict) and kind.get("abstract") is True:
        return (misfit("kind-abstract", ("kind", "abstract"), name=kind.get("name")),)
    misshapes = find_misshapes(dict(data), DATA, {})
    if misshapes:
        return tuple(
            Misfit(m.code, (*m.at, m.key) if m.key else m.at or ("kind",), m.arguments) for m in misshapes
        )
    return (
        *_check_fields(data),
        *_check_object(data["schema"], ("schema",)),
        *_check_table_fields(data),
        *check_texts(data["text"], list(data["schema"]["properties"])),
    )


def _check_fields(data: Data) -> Iterator[Misfit]:
    known = list(data["schema"]["properties"])
    for role, key in data["kind"]["fields"].items():
        if key not in known:
            yield _unknown(("kind", "fields", role), key, known)


def _check_object(schema: Data, at: Steps) -> Iterator[Misfit]:
    """Names of `required` and `order` that are no properties, and properties of no type, at any depth."""
    known = list(schema.get("properties", ()))
    for word in ("required", "order"):
        for number, key in enumerate(schema.get(word, ())):
            if key not in known:
                yield _unknown((*at, word, number), key, known)
    for key, value in schema.get("properties", {}).items():
        yield from _check_property(value, (*at, "properties", key))


def _check_property(schema: Data, at: Steps) -> Iterator[Misfit]:
    match schema.get("type"):
        case None if "x-type" not in schema:
            yield misfit("missing-key", at, key="x-type")
        case "object":
            yield from _check_object(schema, at)
        case "array" if "items" in schema:
            yield from _check_property(schema["items"], (*at, "items"))
        case "array":
            yield misfit("missing-key", at, key="items")


def _check_table_fields(data: Data) -> Iterator[Misfit]:
    declared = {key for key, value in data["schema"]["properties"].items() if value.get("x-type") == "table"}
    tables = data.get("tables", {})
    for key in declared - tables.keys():
        yield misfit("table-undeclared", ("schema", "properties", key), name=key)
    for key in tables.keys() - declared:
        yield misfit("table-unused", ("tables", key), name=key)


def _unknown(at: Steps, key: str, known: list[str]) -> Misfit:
    return misfit("kind-name-unknown", at, name=key, known=Listed(nearest(key, known)))


def check_tables(data: Data) -> tuple[Mapping[str, StatutoryTable], tuple[Misfit, ...]]:
    """The tables of tables.yaml, and what keeps a declaration from being a table as wide as the type area."""
    tables: dict[str, StatutoryTable] = {}
    misfits: list[Misfit] = []
    for name, declared in data.get("tables", {}).items():
        try:
            tables[name] = read_table(name, declared)
            misfits.extend(_check_width(tables[name], data["layout"]))
            misfits.extend(_check_table_names(tables[name], declared))
        except TableError as wrong:
            misfits.append(misfit(wrong.code, ("tables", name, *wrong.at), table=name, **wrong.arguments))
    return tables, tuple(misfits)


def _check_width(table: StatutoryTable, layout: Data) -> Iterator[Misfit]:
    margins = layout["margins"]
    width, left, right = (
        Decimal(str(length)) for length in (layout["page"]["width"], margins["left"], margins["right"])
    )
    total = sum(table.columns, Decimal(0))
    if total != width - left - right:
        yield misfit(
            "table-width",
            ("tables", table.name, "columns"),
            table=table.name,
            given=total,
            needed=width - left - right,
        )


def _check_table_names(table: StatutoryTable, declared: Data) -> Iterator[Misfit]:
    """Names of figures or groups that the declaration speaks of and the grid does not have."""
    paths = [path.removeprefix(f"{table.name}.") + "." for path in table.figures]
    for word in ("types", "units", "help", "not-applicable"):
        for name in declared.get(word, ()):
            if not any(path.startswith(f"{name}.") for path in paths):
                yield _unknown(("tables", table.name, word, name), name, [path[:-1] for path in paths])

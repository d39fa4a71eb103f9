"""A kind's declared schema and tables in; the schema of its reports, with every figure, out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen.model.scalars import Schema, Words
from reportgen.model.tables import StatutoryTable, waivable_groups


def expand_schema(declared: Schema, tables: Mapping[str, StatutoryTable], words: Words) -> dict[str, Any]:
    """The declared schema with tables spelt out and objects closed, as `find_misshapes` checks a report."""
    if declared.get("type") == "array":
        return {**declared, "items": expand_schema(declared["items"], {}, words)}
    if declared.get("type") != "object":
        return dict(declared)
    properties = {
        key: expand_table(tables[key], value, words)
        if value.get("x-type") == "table"
        else expand_schema(value, {}, words)
        for key, value in in_declared_order(declared).items()
    }
    return {**declared, "properties": properties, "additionalProperties": False}


def in_declared_order(declared: Schema) -> dict[str, Any]:
    """The properties of a schema in its `order`, those it does not name after them."""
    properties = declared["properties"]
    order = [*declared.get("order", ()), *properties]
    return {key: properties[key] for key in dict.fromkeys(order) if key in properties}


def expand_table(table: StatutoryTable, declared: Schema, words: Words) -> dict[str, Any]:
    """The schema of a table's figures, nested as their names are, with the rest line and the notes."""
    root: dict[str, Any] = {**declared, **_group()}
    root["properties"][words["rest"]] = {"x-type": "rest"}
    waivable = waivable_groups(table)
    for path, figure in table.figures.items():
        *groups, name = path.split(".")[1:]
        node, at = root, table.name
        for group in groups:
            at = f"{at}.{group}"
            node = node["properties"].setdefault(group, _group(waivable=at in waivable))
        node["properties"][name] = {"x-type": figure.form, "unit": figure.unit, "waivable": figure.waivable}
    root["properties"][words["note"]] = {"x-type": "notes"}
    return root


def _group(*, waivable: bool = False) -> dict[str, Any]:
    return {"x-type": "group", "waivable": waivable, "properties": {}, "additionalProperties": False}

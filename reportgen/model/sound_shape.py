"""A plain tree and a schema in; whether the tree's shape is surely right out.

Most shapes are right, and loading the library that judges the others takes a sixth of a whole `validate`.
What is not surely right, or stands under a keyword unknown here, goes to the judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from reportgen.model.forms import Plain, check_form
from reportgen.model.scalars import Schema, Words

TYPES: Final[Mapping[object, type]] = MappingProxyType({"object": dict, "array": list, "string": str})
JUDGED: Final = ("type", "x-type", "enum", "maxLength", "minItems", *("items", "required", "properties"))
SAYING: Final = ("description", "default", "order", "unit", "waivable")
"""Keywords that ask for nothing by themselves."""
KNOWN: Final = frozenset((*JUDGED, *SAYING, "additionalProperties"))


def is_sound(tree: Plain, schema: Schema, words: Words) -> bool:
    """Whether a tree surely is as the schema says."""
    if not schema.keys() <= KNOWN or ("type" in schema and not _is_of_type(tree, schema["type"])):
        return False
    if "x-type" in schema and any(check_form(schema["x-type"], tree, schema, words)):
        return False
    if "enum" in schema and not (isinstance(tree, str) and tree in schema["enum"]):
        return False
    match tree:
        case str():
            return "maxLength" not in schema or bool(len(tree) <= schema["maxLength"])
        case list():
            return _are_sound(tree, schema, words)
        case dict():
            return _has_keys(tree, schema) and _are_values_sound(tree, schema, words)
    return tree is None


def _is_of_type(tree: Plain, name: object) -> bool:
    return isinstance(name, str) and name in TYPES and isinstance(tree, TYPES[name])


def _are_sound(tree: list[Plain], schema: Schema, words: Words) -> bool:
    """Whether there are enough items and every one is as it should be."""
    items = schema.get("items", {})
    enough = len(tree) >= schema.get("minItems", 0) and isinstance(items, dict)
    return enough and all(is_sound(item, items, words) for item in tree)


def _has_keys(tree: dict[str, Plain], schema: Schema) -> bool:
    """Whether every required key is there and, in a closed mapping, none too many."""
    if not all(key in tree for key in schema.get("required", ())):
        return False
    if "additionalProperties" not in schema:
        return True
    return schema["additionalProperties"] is False and tree.keys() <= schema.get("properties", {}).keys()


def _are_values_sound(tree: dict[str, Plain], schema: Schema, words: Words) -> bool:
    declared = schema.get("properties", {})
    return all(is_sound(value, declared[key], words) for key, value in tree.items() if key in declared)

"""A kind in; the plain JSON Schema (Draft 7) by which an editor completes and checks its reports out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from reportgen.model.block_schema import block_schema
from reportgen.model.kind import Kind
from reportgen.model.scalars import DECIMALS, LARGEST, Schema
from reportgen.model.tables import StatutoryTable, waivable_groups

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
COUNT: Final = f"0|[1-9][0-9]{{0,{LARGEST - 1}}}"
AMOUNT: Final = rf"(0|[1-9][0-9]{{0,{LARGEST - 1}}})(\.[0-9]{{1,{DECIMALS}}})?"
DATE: Final = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
HIGHEST: Final = 10**LARGEST - 1

Plain = dict[str, Any]
Words = Mapping[str, str]


def json_schema(kind: Kind) -> str:
    """The schema as text. Editors take `012` for 12 and `5.0` for 5, all else they judge as the engine."""
    writer = Writer(kind)
    properties = {key: writer.field(key, form) for key, form in kind.schema["properties"].items()}
    schema = {
        "$schema": DRAFT,
        "title": kind.title,
        "description": f"{kind.description.zh}；{kind.standard}",
        **_closed(properties, kind.schema.get("required", ())),
        "definitions": block_schema(kind.blocks, kind.vocabulary) | writer.definitions(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


class Writer:
    """Writes the schemas of a kind's fields."""

    def __init__(self, kind: Kind) -> None:
        """Take the kind."""
        self.kind, self.words = kind, kind.vocabulary

    def definitions(self) -> Plain:
        """What fields of several keys refer to."""
        empty = {"type": "null"}
        return {
            "text": {"type": ["string", "number", "boolean", "null"], "pattern": r"\S"},
            "figures": self._group({}) | {"additionalProperties": {"$ref": "#/definitions/figure-or-group"}},
            "figure-or-group": {"anyOf": [_figure(AMOUNT, self.words), {"$ref": "#/definitions/figures"}]},
            "table-notes": {
                "anyOf": [
                    {"$ref": "#/definitions/notes"},
                    _closed(
                        {self.words[side]: {"$ref": "#/definitions/notes"} for side in ("inside", "below")}
                    ),
                    empty,
                ]
            },
        }

    def field(self, key: str, form: Schema) -> Plain:
        """The schema of one field with its title and what it is for."""
        said = {word: form[word] for word in ("description", "default") if word in form}
        if form.get("x-type") == "table":
            return {"title": self.kind.tables[key].caption, **said, **self._table(self.kind.tables[key])}
        return {"title": key, **said, **self._value(form)}

    def _value(self, form: Schema) -> Plain:
        if form.get("type") == "object":
            properties = {key: self.field(key, inner) for key, inner in form["properties"].items()}
            return _closed(properties, form.get("required", ()))
        if form.get("type") == "array":
            return {"type": "array", "items": self._value(form["items"])}
        if "enum" in form:
            return {"enum": list(form["enum"])}
        limits = {"maxLength": form["maxLength"]} if "maxLength" in form else {}
        return VALUES[form["x-type"]](self.words) | limits

    def _table(self, table: StatutoryTable) -> Plain:
        """The figures of a table under their official labels, the rest line and the notes."""
        root = self._group({self.words["rest"]: self._rest()})
        labels, waivable = table.labels(), waivable_groups(table)
        for path, figure in table.figures.items():
            *groups, name = path.split(".")[1:]
            node, at = root, table.name
            for group in groups:
                at = f"{at}.{group}"
                inner = self._say(labels[at], at) | self._group({}, at in waivable)
                node = node["properties"].setdefault(group, inner)
            value = _figure(COUNT if figure.form == "count" else AMOUNT, self.words, figure.waivable)
            node["properties"][name] = {**self._say(labels[path], path, figure.unit), **value}
        root["properties"][self.words["note"]] = {"$ref": "#/definitions/table-notes"}
        return root

    def _say(self, labels: Sequence[str], path: str, unit: str = "") -> Plain:
        """The title and description of a figure or of a group: its labels, its unit and what it counts."""
        name = path.rpartition(".")[2]
        described = (" · ".join(labels) or name) + (f"（单位：{unit}）" if unit else "")
        said = self.kind.help.get(path)
        return {"title": name, "description": f"{described}。{said}" if said else described}

    def _rest(self) -> Plain:
        description = "没有列出的各项都是0；不写这一行，没有列出的各项即为待填"
        return {
            "title": self.words["rest"],
            "description": description,
            "enum": [0, "0", self.words["unknown"], None],
        }

    def _group(self, properties: Plain, waivable: bool = False) -> Plain:
        whole = [self.words["unknown"], *([self.words["not-applicable"]] if waivable else [])]
        types = {"type": ["object", "string", "null"], "pattern": f"^({'|'.join(whole)})$"}
        return _closed(properties) | types


def _closed(properties: Plain, required: Sequence[str] = ()) -> Plain:
    closed: Plain = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**closed, "required": list(required)} if required else closed


def _figure(pattern: str, words: Words, waivable: bool = False) -> Plain:
    number = "integer" if pattern == COUNT else "number"
    allowed = [pattern, words["unknown"], *([words["not-applicable"]] if waivable else [])]
    texts = f"^({'|'.join(allowed)})$"
    return {"type": [number, "string", "null"], "minimum": 0, "maximum": HIGHEST, "pattern": texts}


def _year(_: Words) -> Plain:
    return {"type": ["integer", "string"], "minimum": 1000, "maximum": 2999, "pattern": "^[12][0-9]{3}$"}


def _date(words: Words) -> Plain:
    return {"type": ["string", "null"], "pattern": f"^({DATE}|{words['unknown']})$"}


def _file(words: Words) -> Plain:
    return {"type": "string", "pattern": rf"^(?![/~])(?!{words['unknown']}$)[^\\:]*[^\\:\s][^\\:]*$"}


def _lines(_: Words) -> Plain:
    text = {"$ref": "#/definitions/text"}
    return {"anyOf": [text, {"type": "array", "minItems": 1, "items": text}]}


def _refer(name: str) -> Callable[[Words], Plain]:
    return lambda _: {"$ref": f"#/definitions/{name}"}


def _optional(name: str) -> Callable[[Words], Plain]:
    return lambda _: {"anyOf": [{"$ref": f"#/definitions/{name}"}, {"type": "null"}]}


VALUES: Final[Mapping[str, Callable[[Words], Plain]]] = MappingProxyType(
    {
        "text": lambda _: {"type": ["string", "number", "boolean", "null"], "pattern": r"\S"},
        "lines": _lines,
        "prose": _optional("prose"),
        "blocks": _optional("blocks"),
        "attachments": _refer("attachments"),
        "figures": _refer("figures"),
        "count": lambda words: _figure(COUNT, words),
        "amount": lambda words: _figure(AMOUNT, words),
        "figure": lambda words: _figure(AMOUNT, words),
        "year": _year,
        "date": _date,
        "flag": lambda words: {"enum": [words["yes"], words["no"]]},
        "file": _file,
    }
)
"""The plain schema of each form of value."""

"""A kind's words for blocks in; the JSON Schema (Draft 7) out by which an editor checks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from reportgen.model.charts import MOST_CATEGORIES
from reportgen.model.exhibits import MOST_COLUMNS
from reportgen.model.reading import Words

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": ["string", "number"]}
"""A text; YAML that an editor reads makes a number of `2023`."""


HELP: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "heading": {"key": "小标题的文字，不写序号", "own-line": "小标题是否单独成行；默认否，正文接在后面"},
        "list": {"key": "逐条列出，序号由程序编排", "item": "有下一级的一条"},
        "chart": {
            "key": "由数据画成的图表",
            "form": "图表的类型",
            "title": "图表的标题",
            "data": "各项的名称和数据；几组数据时先写组名",
            "unit": "数据的单位",
            "alt": "图表的文字说明，供不能看图的读者",
        },
        "picture": {
            "key": "图片",
            "file": "图片文件，从报告所在的文件夹算起",
            "title": "图片的标题",
            "alt": "图片的文字说明，供不能看图的读者",
            "width": "宽度，单位毫米",
        },
        "table": {
            "key": "法定表格之外的表格",
            "title": "表格的标题",
            "header": "表头，一栏一项",
            "rows": "各行，每行的栏数与表头相同",
            "widths": "各栏的宽度，单位毫米；省略时自动分配",
            "height": "表头以外各行的最小高度，单位毫米，供签批、填写",
        },
        "page-break": {"key": "从这里另起一页"},
        "note": {"key": "注"},
        "attachment": {"title": "附件的标题"},
    }
)
"""What is said of the keys of blocks, by the part they play."""


def say(schema: Schema, words: Mapping[str, Any], role: str) -> Schema:
    """Describe the keys of a block, at any depth."""
    parts = {words[part]: text for part, text in HELP[role].items()}
    for key, inner in schema.get("properties", {}).items():
        if key in parts and "$ref" not in inner:
            schema["properties"][key] = {"description": parts[key], **say(inner, words, role)}
    return schema


def block_schema(words: Words, vocabulary: Mapping[str, str]) -> Schema:
    """The `definitions` a schema needs: `blocks` for fields of prose, `attachments`, `notes`."""
    flag = {"enum": [vocabulary["yes"], vocabulary["no"]]}
    listed = words["list"]
    kinds = {
        "heading": _heading(words["heading"], flag),
        "list": _object({listed["key"]: _refer("items")}, [listed["key"]]),
        "chart": _boxed(words["chart"], _chart(words["chart"])),
        "picture": _boxed(words["picture"], _picture(words["picture"])),
        "table": _boxed(words["table"], _table(words["table"])),
        "page-break": _object({words["page-break"]["key"]: {"anyOf": [flag, {"type": "null"}]}}, []),
        "note": _object({words["note"]["key"]: _refer("notes")}, [words["note"]["key"]]),
    }
    attached = say(_attachment(words["attachment"]), words["attachment"], "attachment")
    item = _object({listed["item"]: TEXT, listed["key"]: _texts()}, [listed["item"]])
    return {
        "prose": TEXT,
        "notes": {"anyOf": [TEXT, {"type": "array", "minItems": 1, "items": TEXT}]},
        "figure": {"type": ["number", "string"]},
        "items": _several({"anyOf": [TEXT, say(item, listed, "list")]}),
        "block": {"anyOf": [TEXT, *(say(schema, words[role], role) for role, schema in kinds.items())]},
        "blocks": {"anyOf": [TEXT, _several(_refer("block"))]},
        "attachments": {"anyOf": [TEXT, _several({"anyOf": [TEXT, attached]})]},
    }


def _refer(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _object(properties: Schema, required: Sequence[str]) -> Schema:
    closed: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**closed, "required": list(required)} if required else closed


def _several(item: Schema, most: int | None = None) -> Schema:
    array: Schema = {"type": "array", "minItems": 1, "items": item}
    return array if most is None else {**array, "maxItems": most}


def _texts(most: int | None = None) -> Schema:
    return _several(TEXT, most)


def _boxed(words: Mapping[str, Any], inner: Schema) -> Schema:
    return _object({words["key"]: inner}, [words["key"]])


def _heading(words: Mapping[str, Any], flag: Schema) -> Schema:
    properties = {words["key"]: TEXT, words["body"]: _refer("blocks"), words["own-line"]: flag}
    return _object(properties, [words["key"]])


def _chart(words: Mapping[str, Any]) -> Schema:
    row = {
        "type": "object",
        "minProperties": 1,
        "maxProperties": MOST_CATEGORIES,
        "additionalProperties": _refer("figure"),
    }
    series = {"type": "object", "minProperties": 1, "additionalProperties": row}
    properties = {
        words["form"]: {"enum": list(words["forms"])},
        words["title"]: TEXT,
        words["data"]: {"anyOf": [row, series]},
        words["unit"]: TEXT,
        words["alt"]: TEXT,
    }
    return _object(properties, [words[role] for role in ("form", "title", "data", "alt")])


def _picture(words: Mapping[str, Any]) -> Schema:
    width = {"type": "number", "exclusiveMinimum": 0}
    properties = {
        words["file"]: {"type": "string"},
        words["title"]: TEXT,
        words["alt"]: TEXT,
        words["width"]: width,
    }
    return _object(properties, [words["file"], words["alt"]])


def _table(words: Mapping[str, Any]) -> Schema:
    properties = {
        words["title"]: TEXT,
        words["header"]: _texts(MOST_COLUMNS),
        words["rows"]: _several(_texts(MOST_COLUMNS)),
        words["widths"]: _several({"type": "number", "exclusiveMinimum": 0}, MOST_COLUMNS),
        words["note"]: _refer("notes"),
    }
    if "height" in words:
        properties[words["height"]] = {"type": "number", "exclusiveMinimum": 0}
    return _object(properties, [words["header"], words["rows"]])


def _attachment(words: Mapping[str, Any]) -> Schema:
    return _object({words["title"]: TEXT, words["body"]: _refer("blocks")}, [words["title"]])

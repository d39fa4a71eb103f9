"""What an editor is told and what the engine says must be the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml

from reportgen.model.json_schema import json_schema
from reportgen.model.kind import load_kind
from tests.model.reports import DRAFT, FINAL, FIXTURES, codes, disclosure

STORED = disclosure().folder / "schema.json"
SCHEMA: Any = json.loads(json_schema(disclosure()))
VALID = sorted(path for path in FIXTURES.glob("*.yaml"))


class Editor(yaml.SafeLoader):
    """YAML 1.2's core schema, by which editors read a file."""


Editor.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", "[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), first)


def complaints(text: str) -> list[str]:
    """The places an editor marks."""
    found = jsonschema.Draft7Validator(SCHEMA).iter_errors(yaml.load(text, Loader=Editor))
    return sorted(".".join(map(str, error.absolute_path)) for error in found)


def test_the_stored_schema_is_fresh() -> None:
    command = "./run schema disclosure-annual > templates/disclosure-annual/schema.json"
    assert STORED.read_text("utf-8") == json_schema(disclosure()), f"mend it: {command}"


def test_it_is_a_draft_7_schema_of_plain_keywords() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert "x-type" not in STORED.read_text("utf-8")
    assert SCHEMA["additionalProperties"] is False


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_an_editor_accepts_every_fixture(path: Any) -> None:
    assert complaints(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("机关类型: 部门", "机关类型: 企业"),
        ("机关类型: 部门\n", ""),
        ("状态: 定稿", "状态: 初稿"),
        ("状态: 定稿", "状态:"),
        ("年度: 2023", "年度: 23"),
        ("年度: 2023", "年度: 待填"),
        ("2024-01-12", "2024年1月12日"),
        ("2024-01-12", "2024-13-12"),
        ("机关: 某市某局", "机关: [某市某局]"),
        ("机关: 某市某局", "机关: ' '"),
        ("机关: 某市某局", "机关: " + "某" * 61),
        ("{其余: 0}\n收", "{其余: 1}\n收"),
        ("{其余: 0}\n收", "{其余: 0, 行政许可: 5.5}\n收"),
        ("{其余: 0}\n收", "{其余: 0, 行政许可: -5}\n收"),
        ("{其余: 0}\n收", "{其余: 0, 行政许可: '1,023'}\n收"),
        ("{其余: 0}\n收", "{其余: 0, 行政许可: 二十}\n收"),
        ("{其余: 0}\n收", "{其余: 0, 行政许可: /}\n收"),
        ("{其余: 0}\n收", "{其余: 0, 行政许可: '1234567890123456'}\n收"),
        ("{其余: 0}\n收", "{其余: 0, 行政事业性收费: '1.1234567'}\n收"),
        ("{其余: 0}\n收", "{其余: 0, 行政许可: {数量: 1}}\n收"),
        ("{其余: 0}\n复", "{其余: 0, 本年新收: 5}\n复"),
        ("{其余: 0}\n复", "{其余: 0, 本年新收: {自然人: 0, 法人: 0}}\n复"),
        ("{其余: 0}\n复", "{其余: 0, 不予公开: {自然人: 0}}\n复"),
        ("{其余: 0}\n存", "{其余: 0, 注: {表中: 甲}}\n存"),
        ("无。\n", "无。\n盖章: yes\n"),
        ("无。\n", "无。\n署名: []\n"),
        ("无。\n", "无。\n其他数据: {甲: {乙: 若干}}\n"),
        ("无。\n", "无。\n上年报告: /tmp/report.yaml\n"),
        ("无。\n", "无。\n核对说明: [{代码: early}]\n"),
        ("无。\n", "无。\n联系方式: {传真: 1}\n"),
        ("无。\n", "无。\n备注: 无\n"),
        ("总体情况: 全年工作平稳。", "总体情况: [{小标题: 一, 正文: 二, 三: 四}]"),
        ("总体情况: 全年工作平稳。", "总体情况: []"),
        ("总体情况: 全年工作平稳。", "总体情况: {小标题: 一}"),
    ],
)
def test_editor_and_engine_refuse_the_same(old: str, new: str) -> None:
    text = FINAL.replace(old, new)
    assert text != FINAL
    assert complaints(text) != []
    assert codes(text) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2024-01-12", "待填"),
        ("机关: 某市某局", "机关:"),
        ("{其余: 0}\n收", "{其余: 待填}\n收"),
        ("{其余: 0}\n收", "待填\n收"),
        ("{其余: 0}\n收", "\n收"),
        ("{其余: 0}\n收", "{其余: 0, 规章: /, 行政许可: '22', 行政事业性收费: 18.8710}\n收"),
        (
            "{其余: 0}\n复",
            "{其余: 0, 本年新收: , 上年结转: 待填, 不予公开: {属于国家秘密: {自然人: 0, 总计: 0}}}\n复",
        ),
        ("{其余: 0}\n存", "{其余: 0, 注: [甲, 乙]}\n存"),
        ("{其余: 0}\n存", "{其余: 0, 注: {表内: 甲, 表下: [乙]}}\n存"),
        ("无。\n", "无。\n盖章: 是\n署名: [甲局, 乙局]\n附件: [登记表, {标题: 指南, 正文: 略}]\n"),
        ("无。\n", "无。\n其他数据: {甲: {乙: 3, 丙: 0.5, 丁: 待填}}\n上年报告: ../2022/report.yaml\n"),
        ("无。\n", "无。\n联系方式: {电话: 12345, 邮政编码: '529000'}\n标题: 一行\n"),
    ],
)
def test_what_an_editor_accepts_has_no_error_in_a_draft(old: str, new: str) -> None:
    text = DRAFT.replace(old, new)
    assert text != DRAFT
    assert complaints(text) == []
    assert [code for code in codes(text) if code not in WARNINGS] == []


WARNINGS = (
    "figure-unknown",
    "figures-unknown",
    "rest-unknown",
    "figures-missing",
    "value-unknown",
    "figure-not-applicable",
)


def test_hover_texts_are_the_official_labels() -> None:
    rows = SCHEMA["properties"]["收到和处理申请"]["properties"]
    assert rows["本年新收"]["description"] == "一、本年新收政府信息公开申请数量"
    assert rows["不予公开"]["properties"]["属于国家秘密"]["description"].endswith(
        "（三）不予公开 · 1.属于国家秘密"
    )
    assert (
        "国办公开办函〔2016〕201号"
        in SCHEMA["properties"]["复议诉讼"]["properties"]["复议后起诉"]["description"]
    )
    assert SCHEMA["properties"]["机关"] == {
        "title": "机关",
        "description": "报告机关全称",
        "type": ["string", "number", "boolean", "null"],
        "pattern": r"\S",
        "maxLength": 60,
    }


def described(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """The keys an editor has nothing to say about."""
    for key, inner in schema.get("properties", {}).items():
        if "$ref" not in inner and not inner.get("description"):
            yield f"{path}.{key}"
        yield from described(inner, f"{path}.{key}")
    for word in ("anyOf", "items"):
        inside = schema.get(word, [])
        for part in inside if isinstance(inside, list) else [inside]:
            yield from described(part, path)


def test_editors_have_a_chinese_text_for_every_key() -> None:
    schema = json.loads(json_schema(load_kind("disclosure-annual")))
    silent = [*described(schema)]
    for name, definition in schema["definitions"].items():
        silent += described(definition, name)
    assert silent == []

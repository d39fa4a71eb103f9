"""The schema by which editors check blocks agrees with what is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from reportgen.model.block_schema import block_schema
from tests.model.writing import KIND

SCHEMA: Any = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "definitions": block_schema(KIND["blocks"], KIND["vocabulary"]),
    "properties": {"正文": {"$ref": "#/definitions/blocks"}, "附件": {"$ref": "#/definitions/attachments"}},
}


def is_valid(text: str) -> bool:
    return Draft7Validator(SCHEMA).is_valid(yaml.safe_load(text))


def test_it_is_plain_draft_7() -> None:
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "正文: 一段",
        "正文: [一, 二]",
        "正文: [分页, {分页: }, {分页: 是}]",
        "正文: [{小标题: 题}, {小标题: 题, 正文: [一, {小标题: 题}], 另起一行: 是}]",
        "正文: [{列表: [一, {项: 二, 列表: [三]}]}]",
        "正文: [{图表: {类型: 饼图, 标题: 题, 说明: 说, 数据: {甲: 1, 乙: '{{ 数 }}'}}}]",
        "正文: [{图表: {类型: 折线图, 标题: 题, 说明: 说, 单位: 件, 数据: {今年: {甲: 1.5}}}}]",
        "正文: [{图片: {文件: 甲.png, 说明: 说, 宽度: 100}}]",
        "正文: [{附表: {表头: [甲, 乙], 行: [[1, '']], 列宽: [20, 30], 注: [一]}}]",
        "正文: [{注: 一}]",
        "附件: [甲, {标题: 乙, 正文: [一]}]",
    ],
)
def test_right_blocks(text: str) -> None:
    assert is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "正文: []",
        "正文: {甲: 乙}",
        "正文: [{正文: 一}]",
        "正文: [{小标题: 题, 正纹: 一}]",
        "正文: [{小标题: 题, 另起一行: 对}]",
        "正文: [{列表: 一}]",
        "正文: [{图表: {类型: 圆图, 标题: 题, 说明: 说, 数据: {甲: 1}}}]",
        "正文: [{图表: {类型: 饼图, 标题: 题, 说明: 说}}]",
        "正文: [{图片: {文件: 甲.png}}]",
        "正文: [{附表: {表头: [甲]}}]",
        "附件: [{正文: 一}]",
    ],
)
def test_wrong_blocks(text: str) -> None:
    assert not is_valid(text)


def test_the_fixture_with_every_block_is_valid() -> None:
    report = yaml.load(Path("fixtures/everything-2024.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    validator = Draft7Validator({**SCHEMA, "$ref": "#/definitions/blocks"})
    for key in ("引言", "总体情况", "存在的主要问题及改进"):
        assert validator.is_valid(_numbers(report[key]))


def _numbers(node: Any) -> Any:
    """The tree with its numbers as an editor reads them; everything else stays text."""
    if isinstance(node, dict):
        return {key: _numbers(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_numbers(item) for item in node]
    return float(node) if node.replace(".", "", 1).isdecimal() else node

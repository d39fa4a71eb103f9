"""The copy of a report that goes out: comments and remarks are gone, everything else is as it was written."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportgen.records.published_source import publish_source

REMARKS = frozenset({"核对说明"})

CASES = {
    "whole lines": ("# 头\n甲: 1\n  # 中\n乙: 2\n# 尾\n", "甲: 1\n乙: 2\n"),
    "ends of lines": ("甲: 1 # 一\n乙: [1, # 二\n  2]\t#三\n", "甲: 1\n乙: [1,\n  2]\n"),
    "no break at the end": ("甲: 1\n# 尾", "甲: 1\n"),
    "hashes in values": (
        "甲: a#b\n乙: '# 不是'\n丙: \"x # y\" # 是\n丁: |\n  # 正文\n戊: >- # 是\n  #正文\n",
        "甲: a#b\n乙: '# 不是'\n丙: \"x # y\"\n丁: |\n  # 正文\n戊: >-\n  #正文\n",
    ),
    "windows breaks": ("甲: 1 # 一\r\n# 二\r\n乙: 2\r\n", "甲: 1\r\n乙: 2\r\n"),
    "byte order mark": ("\ufeff# 头\n甲: 1\n", "\ufeff甲: 1\n"),
    "kept blank lines": ("甲: |+\n  文\n\n# 界\n\n乙: 1\n", "甲: |+\n  文\n\n#\n\n乙: 1\n"),
    "remarks first": ("核对说明:\n- 代码: a # 注\n甲: 1\n", "甲: 1\n"),
    "remarks in the middle": ("甲: 1\n核对说明:\n  - {代码: a}\n\n乙: 2\n", "甲: 1\n乙: 2\n"),
    "remarks last": ("甲: 1\n核对说明:\n  - 代码: a\n    理由: |\n      # 长\n\n", "甲: 1\n"),
    "remarks empty": ("甲: 1\n核对说明:\n", "甲: 1\n"),
    "remarks quoted": ("甲: 1\n'核对说明': []\n乙: 2\n", "甲: 1\n乙: 2\n"),
    "remarks alone": ("核对说明: []\n", ""),
    "remarks below": ("甲: {核对说明: 留}\n", "甲: {核对说明: 留}\n"),
    "document marks": ("---\n甲: 1\n核对说明: []\n...\n", "---\n甲: 1\n...\n"),
    "flow, first": ("{核对说明: [], 甲: 1}\n", "{甲: 1}\n"),
    "flow, last": ("{甲: 1, 核对说明: []}\n", "{甲: 1}\n"),
    "flow, over lines": ("{甲: 1, # 一\n 核对说明: [], 乙: 2}\n", "{甲: 1,\n 乙: 2}\n"),
    "flow, alone": ("{核对说明: []}\n", "{}\n"),
    "nothing to do": ("甲: '1'\n乙:\n  - 2\n", "甲: '1'\n乙:\n  - 2\n"),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_what_goes_out(before: str, after: str) -> None:
    assert publish_source(before.encode(), REMARKS).decode() == after


texts = st.text("文字ab#|:>-'\"\n \t{}[],&*!%@`0é𫟹", max_size=12)
styles = st.sampled_from([None, "'", '"', "|", ">"])
tails = st.sampled_from(["", " # 尾", "\n# 行", "\n\n   # 缩进\n"])


@st.composite
def reports(draw: st.DrawFn) -> str:
    """A YAML text of odd values in every style, with comments after its entries."""
    lines = []
    for key in draw(st.lists(st.sampled_from(["甲", "乙", "核对说明", "丁"]), unique=True)):
        value = draw(texts | st.lists(texts, max_size=3) | st.dictionaries(st.sampled_from("abc"), texts))
        style = draw(styles)
        if draw(st.booleans()):
            lines += [f"{key}: {json.dumps(value, ensure_ascii=False)}", draw(tails), "\n"]
        else:
            dumped = yaml.safe_dump(
                {key: value}, allow_unicode=True, default_style=style, default_flow_style=False
            )
            lines += [dumped, draw(tails).lstrip(" ").lstrip("\n"), "\n"]
    return "".join(lines)


@given(reports())
def test_every_value_stays(text: str) -> None:
    published = publish_source(text.encode(), REMARKS)
    before = yaml.safe_load(text) or {}
    before.pop("核对说明", None)
    assert (yaml.safe_load(published) or {}) == before
    assert "尾" not in published.decode()
    assert "# 行" not in published.decode()

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.kind import load_kind
from reportgen.model.misshapes import plain
from reportgen.model.shape import judge
from reportgen.model.sound_shape import is_sound
from reportgen.model.source import read_source
from tests.amount import tried

FIXTURES = Path(__file__).parents[2] / "fixtures"
KIND = load_kind("disclosure-annual")
WORDS = KIND.vocabulary

KEYS = ("甲", "乙", "收到和处理申请", "本年新收", "自然人", "状态", "表内")
TEXTS = st.sampled_from(
    ("", "1", "01", "1.5", "待填", "/", "定稿", "是", "2023", "2023-02-30", "一\n二", "一\t二")
)
PLAIN: st.SearchStrategy[Any] = st.recursive(
    st.none() | TEXTS | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
FORMS = (
    "text",
    "lines",
    "notes",
    "group",
    "figures",
    "count",
    "amount",
    "year",
    "date",
    "flag",
    "file",
    "rest",
)
KEYWORDS: dict[str, st.SearchStrategy[Any]] = {
    "x-type": st.sampled_from(FORMS),
    "type": st.sampled_from(("object", "array", "string", "null", ["string", "null"])),
    "enum": st.lists(TEXTS, min_size=1, max_size=3),
    "maxLength": st.integers(0, 2),
    "minLength": st.integers(0, 2),
    "minItems": st.integers(1, 2),
    "required": st.lists(st.sampled_from(KEYS), min_size=1, max_size=2, unique=True),
    "additionalProperties": st.booleans() | st.just({"type": "string"}),
    "properties": st.dictionaries(st.sampled_from(KEYS), st.just({"x-type": "count"}), max_size=3),
    "items": st.booleans() | st.just({"x-type": "text"}) | st.just([{"x-type": "text"}]),
    "waivable": st.just(True),
}


def schemas(deeper: st.SearchStrategy[Any] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Schemas of one, two or three keywords: with more, no tree would ever be right."""
    words = KEYWORDS
    if deeper is not None:
        words = words | {"properties": st.dictionaries(st.sampled_from(KEYS), deeper, max_size=3)}
    chosen = st.lists(st.sampled_from(sorted(words)), min_size=1, max_size=3, unique=True)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: words[name] for name in names}))


SCHEMAS = schemas(schemas())


@tried(500)
@given(PLAIN, SCHEMAS)
@pytest.mark.slow
def test_what_is_called_sound_is_right_for_the_judge(tree: Any, schema: dict[str, Any]) -> None:
    assert not (is_sound(tree, schema, WORDS) and judge(tree, schema, WORDS))


def test_nothing_is_sound_under_a_keyword_that_only_the_judge_knows() -> None:
    assert is_sound("文", {"maxLength": 1}, WORDS)
    assert not is_sound("文", {"maxLength": 1, "minLength": 1}, WORDS)


@given(st.data())
def test_a_changed_report_is_not_called_sound_when_the_judge_objects(
    data: st.DataObject,
) -> None:
    tree = read("suqian-city-2023")
    node = tree
    while True:
        key = data.draw(st.sampled_from(list(node)))
        if not isinstance(node[key], dict) or not node[key] or data.draw(st.booleans()):
            break
        node = node[key]
    name = data.draw(st.just(key) | st.sampled_from(KEYS))
    node[name] = data.draw(PLAIN)
    assert not (is_sound(tree, KIND.shape, WORDS) and judge(tree, KIND.shape, WORDS))


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.yaml")), ids=lambda path: path.stem)
def test_right_reports_are_called_sound_at_once(path: Path) -> None:
    tree = read(path.stem)
    assert is_sound(tree, KIND.shape, WORDS)
    assert judge(tree, KIND.shape, WORDS) == ()


def read(stem: str) -> Any:
    root, _ = read_source((FIXTURES / f"{stem}.yaml").read_bytes(), stem)
    assert root is not None
    return plain(root)

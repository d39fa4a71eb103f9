"""Every example of the users' guide to prose does what the guide says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.model.filters import FILTERS
from reportgen.model.names import Names
from reportgen.model.nodes import Scalar
from reportgen.model.prose import evaluate_prose
from tests.model.writing import PATTERN, UNKNOWN_WORD, blocks, codes, read, scalar, tree_of

GUIDE = Path("docs/users/正文与表达式.md").read_text("utf-8")
DATA, *EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
ROWS = [
    (text.replace(r"\|", "|"), told)
    for text, told in re.findall(r"^\| `(.*)` \| (.*) \|$", GUIDE, re.MULTILINE)
]


def known() -> Names:
    return Names(tree_of(read(DATA)), UNKNOWN_WORD, PATTERN)


def quoted(text: str) -> Scalar:
    return scalar("k: '" + text.replace("'", "''") + "'")


@pytest.mark.parametrize(("text", "printed"), [row for row in ROWS if not re.fullmatch("[a-z-]+", row[1])])
def test_what_is_printed(text: str, printed: str) -> None:
    prose, findings = evaluate_prose(quoted(text), "正文", known())
    assert str(prose) == printed
    assert codes(findings) in ([], ["prose-gap"])


@pytest.mark.parametrize(("text", "code"), [row for row in ROWS if re.fullmatch("[a-z-]+", row[1])])
def test_what_is_found(text: str, code: str) -> None:
    _, findings = evaluate_prose(quoted(text), "正文", known())
    assert code in codes(findings)


@pytest.mark.parametrize("example", EXAMPLES)
def test_blocks_of_the_guide_are_right(example: str) -> None:
    found, findings = blocks("正文:\n" + "".join(f"  {line}\n" for line in example.splitlines()), known())
    assert codes(findings) == []
    assert found


def test_every_filter_is_in_the_guide() -> None:
    shown = {name for text, _ in ROWS for name in re.findall(r"\| ([^ (}]+)", text)}
    assert shown >= FILTERS.keys()

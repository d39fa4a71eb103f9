"""What two outlines have otherwise at one spot, and what is equal, gone and new in two lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from reportgen.verify.outline.elements import Spot

LOOKED_AT: Final = 1000
"""Characters of a text that tell whether it is alike another; lists that are longer are compared roughly."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what both outlines have at a spot, None where one has nothing.

    `form` is that of a difference: `text`, `missing`, `order`, `level`, `caption`, `head`, `cell`, `merge`,
    `label`, `row`, `columns`; `row` and `column` count from 1, 0 for what is in no cell.
    """

    form: str
    one: str | None
    other: str | None
    spot: Spot
    path: str = ""
    row: int = 0
    column: int = 0


def matched(
    keys: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]]
) -> Sequence[tuple[str, int, int, int, int]]:
    """What is equal, gone and new in two lists, as stretches; in bounded time, however long and alike."""
    rough = max(len(keys), len(others)) > LOOKED_AT
    return SequenceMatcher(None, keys, others, autojunk=rough).get_opcodes()

"""签发人 stand two in a line, name below name, beside the document number (GB/T 9704-2012 7.2.5, 7.2.6)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.signers import INSET, SPACE, SignerBlock, arrange_signers, signers_fit, spaced
from reportgen.model.widths import text_width

LABEL, NUMBER, ROOM = "签发人：", "某司报〔2025〕3号", Decimal(28)
NAMES = st.lists(st.text("林远山欧阳文静", min_size=2, max_size=5).map(spaced), min_size=1, max_size=7)


def arrange(*names: str, number: str = NUMBER) -> SignerBlock:
    return arrange_signers(names, number, LABEL, ROOM)


def printed(names: list[str], block: SignerBlock) -> list[str]:
    """The lines of names as they are written."""
    rest = iter(names)
    return ["".join(SPACE * gap + next(rest) for gap in row.gaps) for row in block.rows]


@pytest.mark.parametrize(
    ("name", "said"),
    [("周宁", "周　宁"), ("周  宁", "周　宁"), ("周　宁", "周　宁"), ("林远山", "林远山"), ("Li", "Li")],
)
def test_a_name_of_two_characters_is_as_wide_as_one_of_three(name: str, said: str) -> None:
    assert spaced(name) == said


@given(NAMES)
def test_names_stand_below_names_and_lines_end_together(names: list[str]) -> None:
    block = arrange(*names)
    rows = printed(names, block)
    assert [len(row.gaps) for row in block.rows] == [2] * (len(names) // 2) + [1] * (len(names) % 2)
    assert {text_width(row) + line.right for row, line in zip(rows, block.rows, strict=True)} == {block.width}
    seconds = {text_width(row) - text_width(name) for row, name in zip(rows, names[1::2], strict=False)}
    assert len(seconds) <= 1
    assert all(line.right >= 0 for line in block.rows)


def test_names_too_long_for_two_in_a_line_stand_one_in_a_line() -> None:
    names = ["阿卜杜热合曼·买买提江", "欧阳文静"]
    block = arrange(*names)
    assert printed(names, block) == names
    assert [line.right for line in block.rows] == [0, block.width - 4]


def test_the_number_has_room_beside_the_last_names() -> None:
    assert signers_fit(arrange("林远山", "周　宁"), NUMBER, LABEL, ROOM)
    name = "某" * 12
    width = text_width(name) + text_width(NUMBER) + 1 + INSET
    assert signers_fit(arrange("林远山", name), NUMBER, LABEL, width)
    assert not signers_fit(arrange("林远山", name), NUMBER, LABEL, width - 1)

"""署名 and 成文日期 stand where GB/T 9704-2012 7.3.5 puts them, with and without a seal."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.kind import load_kind
from reportgen.model.widths import text_width
from reportgen.render.geometry import POINTS_PER_MM
from reportgen.render.signature import GAP, Line, SignaturePlacement, place_signature, share_rows

LAYOUT: dict[str, Any] = dict(load_kind("disclosure-annual").layout)
CHARACTER = Decimal("15.75")
AREA = 156 * POINTS_PER_MM
DATE = "2024年1月12日"


def measure(text: str) -> Decimal:
    return text_width(text) * CHARACTER


def placed(*names: str, sealed: bool, date: str = DATE) -> SignaturePlacement:
    return place_signature(names, date, sealed, measure, LAYOUT)


def left(text: str, line: Line) -> Decimal:
    """Where a line begins, from the left edge of the type area."""
    return AREA - line.right - measure(text)


def test_without_a_seal_the_date_starts_two_characters_after_the_name() -> None:
    name = "江门市发展和改革局"
    placement = placed(name, sealed=False)
    assert placement.names == (Line(2 * CHARACTER, 1),)
    assert left(DATE, placement.date) - left(name, placement.names[0]) == 2 * CHARACTER
    assert placement.date.before == 0


def test_without_a_seal_a_date_longer_than_the_name_stands_two_characters_in() -> None:
    placement = placed("某局", sealed=False)
    assert placement.date.right == 2 * CHARACTER
    assert left(DATE, placement.date) - left("某局", placement.names[0]) == 2 * CHARACTER


def test_under_a_seal_the_name_is_centred_on_a_date_four_characters_in() -> None:
    name = "江门市发展和改革局"
    placement = placed(name, sealed=True)
    assert placement.date.right == 4 * CHARACTER
    middle = placement.date.right + measure(DATE) / 2
    assert placement.names == (Line(middle - measure(name) / 2, 2),)


def test_under_a_seal_a_name_as_wide_as_the_page_moves_the_date() -> None:
    name = "某" * 27
    placement = placed(name, sealed=True)
    assert placement.names[0].right == 0
    assert placement.date.right == (measure(name) - measure(DATE)) / 2


@pytest.mark.parametrize("sealed", [True, False])
def test_under_a_name_of_two_lines_the_date_keeps_its_room(sealed: bool) -> None:
    placement = placed("某" * 47, sealed=sealed)
    assert left(DATE, placement.date) >= 0
    assert placement.date.right == (2 * CHARACTER if not sealed else (AREA - measure(DATE)) / 2)


def test_names_too_long_for_a_row_stand_below_each_other_and_their_seals_do_not_touch() -> None:
    first, second = placed("甲" * 14, "乙局", sealed=True).names
    assert (first.before, second.before) == (2, 4)
    assert (second.before + 1) * Decimal("28.95") > 42 * POINTS_PER_MM


def in_rows(names: list[str]) -> list[str]:
    """The rows of a joint signature, as they are written."""
    rest = iter(names)
    return ["".join(GAP * gap + next(rest) for gap in row) for row in share_rows(names, LAYOUT)]


def centres(rows: list[str]) -> list[list[tuple[Decimal, Decimal]]]:
    """The middle of every name, row by row, from the left and from the first row."""
    placement = place_signature(rows, DATE, True, measure, LAYOUT)
    found, down = [], Decimal(0)
    for number, (row, line) in enumerate(zip(rows, placement.names, strict=True)):
        down += (line.before + 1) * Decimal("28.95") if number else 0
        at, places = left(row, line), []
        for part in re.findall(f"{GAP}+|[^{GAP}]+", row):
            if not part.startswith(GAP):
                places.append((at + measure(part) / 2, down))
            at += measure(part)
        found.append(places)
    return found


@pytest.mark.parametrize(
    ("lengths", "rows"),
    [
        ([4, 4], [2]),
        ([4, 4, 4], [3]),
        ([4, 4, 4, 6], [3, 1]),
        ([8] * 7, [3, 3, 1]),
        ([9, 4, 4], [2, 1]),
        ([13, 4, 4, 6, 5], [2, 2, 1]),
        ([14, 4], [1, 1]),
    ],
)
def test_at_most_three_seals_stand_in_a_row_and_fewer_where_names_are_long(
    lengths: list[int], rows: list[int]
) -> None:
    assert [len(row) for row in share_rows(["某" * length for length in lengths], LAYOUT)] == rows


@given(st.lists(st.integers(1, 13), min_size=2, max_size=9))
def test_seals_of_several_organs_neither_touch_nor_leave_the_type_area(lengths: list[int]) -> None:
    rows = in_rows(["某" * length for length in lengths])
    places = [place for row in centres(rows) for place in row]
    seal = 42 * POINTS_PER_MM
    for number, (x, y) in enumerate(places):
        assert seal / 2 <= x <= AREA - seal / 2
        assert all((x - a) ** 2 + (y - b) ** 2 > seal**2 for a, b in places[:number])


@given(st.lists(st.integers(1, 13), min_size=2, max_size=9))
def test_the_rows_stand_in_the_middle_and_the_date_below_the_last_name(lengths: list[int]) -> None:
    rows = in_rows(["某" * length for length in lengths])
    found = centres(rows)
    for row in found:
        assert abs(row[0][0] + row[-1][0] - AREA) < Decimal("0.01")
    date = place_signature(rows, DATE, True, measure, LAYOUT).date
    assert abs(left(DATE, date) + measure(DATE) / 2 - found[-1][-1][0]) < Decimal("0.01")


def test_equal_names_stand_equally_far_apart() -> None:
    (row,) = in_rows(["市司法局", "市财政局", "市公安局"])
    assert row == f"市司法局{GAP * 5}市财政局{GAP * 5}市公安局"


def test_several_organs_without_a_seal_stand_below_each_other() -> None:
    names = placed("甲发展和改革委员会", "乙局", sealed=False).names
    assert [line.before for line in names] == [1, 0]
    assert names[0].right == 2 * CHARACTER


@pytest.mark.parametrize("sealed", [True, False])
@given(st.lists(st.integers(1, 40), min_size=1, max_size=4), st.sampled_from([DATE, "2024年12月31日"]))
def test_nothing_that_fits_a_line_leaves_the_type_area(sealed: bool, lengths: list[int], date: str) -> None:
    names = ["某" * length for length in lengths]
    placement = placed(*names, sealed=sealed, date=date)
    for name, line in zip((*names, date), (*placement.names, placement.date), strict=True):
        assert line.right >= 0
        if measure(name) <= AREA:
            assert left(name, line) >= 0

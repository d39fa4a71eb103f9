from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.font.coverage import Coverage

advances = st.dictionaries(
    st.integers(0, 400) | st.integers(0x4E00, 0x4F00), st.sampled_from((0, 1024, 2048))
)


@given(advances, st.integers(0, 0x5000))
def test_a_coverage_knows_what_it_was_made_of(known: dict[int, int], code: int) -> None:
    coverage = Coverage.of(known)
    assert coverage.advance(code) == known.get(code)
    assert (code in coverage) == (code in known)
    assert all(coverage.advance(one) == advance for one, advance in known.items())


@given(advances)
def test_runs_are_in_order_and_as_few_as_can_be(known: dict[int, int]) -> None:
    runs = Coverage.of(known).runs
    for (_, last, advance), (first, _, next_advance) in pairwise(runs):
        assert last < first
        assert last + 1 < first or advance != next_advance


@given(advances, st.integers(0, 0x5000))
def test_the_rank_counts_what_stands_before(known: dict[int, int], code: int) -> None:
    assert Coverage.of(known).rank(code) == sum(one < code for one in known)


@given(advances)
def test_the_written_form_reads_back(known: dict[int, int]) -> None:
    coverage = Coverage.of(known)
    assert Coverage.read(json.loads(json.dumps(coverage.runs))) == coverage


def test_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="unpack"):
        Coverage.read([[1, 2]])

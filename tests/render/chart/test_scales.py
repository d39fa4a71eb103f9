from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.render.chart.scales import fit_scale, plain

figures = st.decimals(-(10**12), 10**12, allow_nan=False, places=4) | st.integers(0, 10**9).map(Decimal)


@given(st.lists(figures, max_size=12))
def test_a_scale_holds_every_figure_and_zero_in_few_round_steps(values: list[Decimal]) -> None:
    scale = fit_scale(values, 55, 0)
    assert scale.low <= min([*values, Decimal(0)])
    assert scale.high >= max([*values, Decimal(0)])
    assert Decimal(0) in scale.ticks
    assert 2 <= len(scale.ticks) <= 7
    assert scale.step.normalize().as_tuple().digits in ((1,), (2,), (5,))
    assert scale.ticks[-1] == scale.high


@given(st.lists(st.integers(0, 10**6).map(Decimal), min_size=1, max_size=12))
def test_whole_figures_have_whole_steps(values: list[Decimal]) -> None:
    assert fit_scale(values, 55, 0).step >= 1


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([], "0 1"),
        ([0], "0 1"),
        ([3], "0 1 2 3"),
        ([118], "0 20 40 60 80 100 120"),
        (["18.8710"], "0 5 10 15 20"),
        (["-12.5", "3.2"], "-15 -10 -5 0 5"),
        (["0.003"], "0 0.0005 0.001 0.0015 0.002 0.0025 0.003"),
        (["740740734"], "0 200000000 400000000 600000000 800000000"),
    ],
)
def test_the_steps_are_the_round_ones(values: list[str], ticks: str) -> None:
    assert " ".join(map(plain, fit_scale(map(Decimal, values), 55, 0).ticks)) == ticks


def test_heights_lie_between_bottom_and_top() -> None:
    scale = fit_scale([Decimal(100)], 55, 5)
    assert [scale.height(Decimal(value)) for value in (0, 50, 100)] == [55, 30, 5]

"""Whole reports as offices write them: right ones raise nothing, a slip in one of their figures is found."""

from __future__ import annotations

import pytest

from benchmarks.offices import Office, changes, read_offices, unmarked
from tests.model.reports import disclosure

OFFICES = {office.case.name: office for office in read_offices(disclosure())}


@pytest.mark.parametrize("office", OFFICES.values(), ids=OFFICES)
def test_a_right_report_raises_nothing(office: Office) -> None:
    assert office.case.findings(office.case.text) == []


def test_a_slip_in_a_figure_is_found() -> None:
    office = OFFICES["weather-bureau-2024.yaml"]
    missed = [change for _, change in changes(office) if not office.case.news(change.text)]
    assert missed == []


def test_marks_are_taken_out_and_their_places_kept() -> None:
    text, figures = unmarked("新收⟦14⟧件，办结⟦1,3⟧件。")
    assert text == "新收14件，办结1,3件。"
    assert [text[start:end] for start, end in figures] == ["14", "1,3"]

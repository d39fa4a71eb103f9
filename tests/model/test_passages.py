"""Every text of a report as it is printed, and where each stretch of it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Location
from reportgen.model.report import Report, load_report
from reportgen.model.review.passages import Passage, read_passages

FIXTURES = Path(__file__).parents[2] / "fixtures"


def written(report: Report, place: Location) -> str:
    """What the file holds at a place, lines joined."""
    lines = report.source.decode().splitlines()[place.line - 1 : place.end_line]
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "".join(line.strip() for line in lines)


@pytest.fixture(scope="module", params=sorted(path.stem for path in FIXTURES.glob("*.yaml")))
def report(request: pytest.FixtureRequest) -> Report:
    found = load_report(FIXTURES / f"{request.param}.yaml").report
    assert found
    return found


def test_every_character_that_was_typed_is_found_where_it_is_written(report: Report) -> None:
    passages = read_passages(report)
    assert len(passages) > 5
    for passage in passages:
        for offset, character in enumerate(passage.text):
            names = passage.names(offset, offset + 1)
            if names is None and passage.prose.origins and character not in " 待填":
                assert written(report, passage.place(offset, offset + 1)) in (character, "'" + character)


def test_what_an_expression_made_is_placed_at_the_expression_and_knows_its_names() -> None:
    report = load_report(FIXTURES / "suqian-city-2023.yaml").report
    assert report
    passage = next(p for p in read_passages(report) if "新收政府信息公开申请" in p.text)
    start = passage.text.index("3511")
    assert passage.names(start, start + 4) == ("收到和处理申请.本年新收.总计",)
    assert written(report, passage.place(start, start + 4)) == "{{ 收到和处理申请.本年新收.总计 }}"
    assert passage.headings == ("依申请公开方面",)
    assert (passage.field, passage.role) == ("总体情况", "paragraph")
    assert passage.names(0, 3) is None


@given(st.data())
@pytest.mark.slow
def test_a_stretch_over_several_origins_runs_from_the_first_to_the_last(data: st.DataObject) -> None:
    report = load_report(FIXTURES / "suqian-city-2023.yaml").report
    assert report
    passage: Passage = data.draw(st.sampled_from(read_passages(report)))
    start = data.draw(st.integers(0, len(passage.text) - 1))
    end = data.draw(st.integers(start + 1, len(passage.text)))
    place = passage.place(start, end)
    first, last = passage.place(start, start + 1), passage.place(end - 1, end)
    assert (place.line, place.column) == (first.line, first.column)
    assert (place.end_line, place.end_column) == (last.end_line, last.end_column)

"""What a page of ours says above the document and of the heads of authors' tables: right ones and others."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from reportgen import load_report
from reportgen.model.report import Report
from reportgen.verify.conformance.own_page import other_notes, other_scopes

FIXTURES = Path(__file__).parents[2] / "fixtures"
TABLE = "<table><caption>附</caption><thead><tr><th {}>甲</th></tr></thead><tr><th {}>乙</th></tr></table>"


@cache
def report() -> Report:
    """A report with notes for its page."""
    loaded = load_report(FIXTURES / "everything-2024.yaml").report
    assert loaded
    return loaded


def page(body: str) -> etree._Element:
    """A page with a body."""
    return etree.fromstring(f"<html><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("above", "found"),
    [
        ("<dl><dt>索引号</dt><dd>530000/2025-00008</dd></dl>", []),
        ("<dd>2025年1月15日</dd><a>下载Word</a><a>下载PDF</a>", []),
        ("<p>本报告为第2版，于2025年2月1日更正，替代第1版。更正理由：统计有误。 <a>更正说明</a></p>", []),
        ("<p>草稿</p>", []),
        ("<p>已经市政府审定</p>", ["已经市政府审定"]),
        ("<dd>530000/2025-00009</dd>", ["530000/2025-00009"]),
        ("<dt>索引号</dt>又", ["又"]),
    ],
)
def test_above_the_document_stands_what_the_report_says(above: str, found: list[str]) -> None:
    assert list(other_notes(page(f"<header>{above}</header><main/>"), report())) == found


@pytest.mark.parametrize(
    ("head", "row", "found"),
    [
        ('scope="col"', 'scope="row"', []),
        ('scope="row"', 'scope="row"', [(1, "甲", "row", "col")]),
        ("", 'scope="row"', [(1, "甲", "", "col")]),
    ],
)
def test_the_head_of_an_authors_table_is_for_its_columns(
    head: str, row: str, found: list[tuple[int, str, str, str]]
) -> None:
    assert list(other_scopes(page(TABLE.format(head, row)), report())) == found

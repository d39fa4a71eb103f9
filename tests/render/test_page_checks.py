"""A page of a kind's own: whole, without anything that runs, leading nowhere."""

from __future__ import annotations

import pytest

from reportgen.errors import KindError
from reportgen.render.page_checks import check_page


def page(inside: str) -> str:
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{inside}</body></html>'


def refused(inside: str) -> list[tuple[str, str]]:
    with pytest.raises(KindError) as caught:
        check_page(page(inside), "report.html")
    return [(found.code, found.message("zh").partition("：")[2]) for found in caught.value.diagnostics]


@pytest.mark.parametrize(
    "inside",
    [
        "<p>一</p>",
        '<a href="report.pdf">二</a>',
        '<img src="data:image/png;base64,AA=="/>',
        '<a href="#t">三</a>',
    ],
)
def test_a_page_that_stands_for_itself_is_let_through(inside: str) -> None:
    check_page(page(inside), "report.html")


@pytest.mark.parametrize("inside", ["<p>一", "<p>一&nbsp;二</p>", "<p>一</b></p>"])
def test_a_page_that_is_not_whole_is_refused(inside: str) -> None:
    assert refused(inside) == [("html-malformed", page(inside)[:60])]


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<IFRAME/>", "<iframe>"),
        ('<p onclick="x()">一</p>', 'onclick="x()"'),
        ('<a href="https://example.org/">一</a>', 'href="https://example.org/"'),
        ('<a href="java\tscript:x()">一</a>', 'href="java script:x()"'),
        ('<img src="//example.org/a.png"/>', 'src="//example.org/a.png"'),
    ],
)
def test_what_runs_or_leads_elsewhere_is_refused(inside: str, named: str) -> None:
    assert refused(inside) == [("html-active", named)]

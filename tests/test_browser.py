"""The web page in a real browser: on a telephone, on a desk, and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests import documents
from tests.browser import Browser, browser
from tests.documents import Document

document = documents.document

pytestmark = pytest.mark.slow

OVERFLOWING = """
[...document.querySelectorAll('body *')].filter(element => {
  const box = element.getBoundingClientRect();
  return box.width > 1 && !element.closest('.wide, caption') &&
    (box.right > document.documentElement.clientWidth + 0.5 || box.left < -0.5);
}).map(element => element.outerHTML.slice(0, 120))
"""
CUT = """
[...document.querySelectorAll('.wide')].filter(box =>
  box.scrollWidth > box.clientWidth && getComputedStyle(box).overflowX !== 'auto'
).length
"""
TYPE_AREA = 590
"""156 mm in CSS pixels."""
TOO_WIDE = """
[...document.querySelectorAll('.figure')].filter(cell => cell.scrollWidth > cell.clientWidth)
  .map(cell => cell.innerText)
"""
TORN = """
[...document.querySelectorAll('.label-square')].filter(cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return new Set([...range.getClientRects()].map(line => line.top)).size > 2;
}).map(cell => cell.innerText)
"""
BROKEN_LINES = """
[...document.querySelectorAll('h1 .line')].filter(line => {
  const range = document.createRange();
  range.selectNodeContents(line);
  return new Set([...range.getClientRects()].map(box => box.top)).size > 1;
}).map(line => line.innerText)
"""
WORDS = "document.querySelector('main').innerText"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_page_fits_the_screen_and_fetches_nothing(
    document: Document, window: Browser, width: int, tmp_path: Path
) -> None:
    address = document.file("html").as_uri()
    window.open(address, width, 800)
    (tmp_path / f"{width}.png").write_bytes(window.picture())
    assert window.value("document.documentElement.scrollWidth") <= width
    assert window.value(OVERFLOWING) == []
    assert window.value(CUT) == 0
    assert window.value("matchMedia('screen').matches")
    asked = {event["request"]["url"] for event in window.told("Network.requestWillBeSent")}
    assert {url for url in asked if not url.startswith("data:")} == {address}
    assert window.told("Log.entryAdded") == []
    assert window.told("Runtime.exceptionThrown") == []
    assert window.told("Runtime.consoleAPICalled") == []


def test_a_telephone_shows_letters_that_can_be_read(document: Document, window: Browser) -> None:
    window.open(document.file("html").as_uri(), 360, 800)
    sizes = "[...document.querySelectorAll('p, th, td')].map(x => parseFloat(getComputedStyle(x).fontSize))"
    assert min(window.value(sizes)) >= 14


@pytest.mark.parametrize("width", [360, 1280])
def test_lines_of_the_title_end_as_on_paper(document: Document, window: Browser, width: int) -> None:
    window.open(document.file("html").as_uri(), width, 800)
    assert window.value("document.querySelectorAll('h1 .line').length") > 1
    assert window.value(BROKEN_LINES) == []


def test_the_printed_page_is_a4_and_holds_every_word(document: Document, window: Browser) -> None:
    window.open(document.file("html").as_uri(), 1280, 800)
    words = squeezed(window.value(WORDS))
    printed = pypdfium2.PdfDocument(window.paper())
    try:
        assert {tuple(round(side, 0) for side in page.get_size()) for page in printed} == {(595.0, 842.0)}
        text = squeezed("".join(page.get_textpage().get_text_range() for page in printed))
    finally:
        printed.close()
    assert sorted(set(words) - set(text)) == []
    assert len(text) >= len(words)


def test_printed_figures_stay_inside_their_cells(document: Document, window: Browser) -> None:
    window.tell("Emulation.setEmulatedMedia", media="print")
    try:
        window.open(document.file("html").as_uri(), TYPE_AREA, 900)
        assert window.value("matchMedia('print').matches")
        assert window.value(TOO_WIDE) == []
        assert window.value(TORN) == []
    finally:
        window.tell("Emulation.setEmulatedMedia", media="")


def squeezed(text: str) -> str:
    """A text without blanks and without the marks that a reader of PDFs puts at the ends of lines."""
    return re.sub(r"[\s\ufffe\u00ad\x02]+", "", text)

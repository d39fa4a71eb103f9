"""The PDF writer: files that other programs read, each object once."""

from __future__ import annotations

import logging
from io import BytesIO
from pathlib import Path

import pikepdf
import pydyf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import KindError, ReportError
from reportgen.render.pdf_records import fault, listening
from reportgen.render.pdf_writer import encode, serialise

KEY = bytes(range(16))


def made(*streams: bytes, title: str = "报告") -> tuple[bytes, list[int]]:
    """A file of one empty page with these streams beside it, and the numbers of their objects."""
    pdf = pydyf.PDF()
    pdf.info["Title"] = pydyf.String(title)
    page = {"Type": "/Page", "Parent": pdf.pages.reference, "Resources": "<<>>"}
    pdf.add_page(pydyf.Dictionary({**page, "MediaBox": pydyf.Array([0, 0, 100, 100])}))
    objects = [pydyf.Stream([content]) for content in streams]
    for item in objects:
        pdf.add_object(item)
    return serialise(pdf, KEY), [item.number for item in objects]


@given(st.lists(st.binary(max_size=300), max_size=20), st.text(max_size=20))
def test_every_stream_reads_back(streams: list[bytes], title: str) -> None:
    content, numbers = made(*streams, title=title.replace("\r", ""))
    with pikepdf.open(BytesIO(content)) as pdf:
        assert [pdf.get_object(number, 0).read_bytes() for number in numbers] == streams
        assert bytes(pdf.trailer.ID[0]) == bytes(pdf.trailer.ID[1]) == KEY
        assert pdf.check_pdf_syntax() == []


FRACTIONS = st.integers(-(10**6), 10**6).map(lambda number: number / 64)
NUMBERS = st.integers(-(10**9), 10**9) | FRACTIONS
SIMPLE = NUMBERS | st.text("aZ/09", min_size=1) | st.binary(max_size=9)
NESTED = st.recursive(
    SIMPLE | st.text(max_size=9).map(pydyf.String),
    lambda inner: (
        st.lists(inner, max_size=5).map(pydyf.Array)
        | st.dictionaries(st.text("AbC", min_size=1, max_size=4), inner, max_size=5).map(pydyf.Dictionary)
    ),
    max_leaves=12,
)


@given(NESTED)
def test_values_are_written_as_the_library_writes_them(value: object) -> None:
    assert encode(value) == pydyf._to_bytes(value)


@pytest.mark.slow
def test_more_objects_than_two_bytes_count_read_back() -> None:
    pdf = pydyf.PDF()
    for number in range(70_000):
        pdf.add_object(pydyf.Dictionary({"N": number}))
    with pikepdf.open(BytesIO(serialise(pdf, KEY))) as opened:
        assert opened.get_object(70_002, 0).N == 69_999


def test_objects_set_free_are_gone() -> None:
    pdf = pydyf.PDF()
    gone = pydyf.Dictionary({"N": 1})
    pdf.add_object(gone)
    gone.free = "f"
    with pikepdf.open(BytesIO(serialise(pdf, KEY))) as opened:
        assert opened.get_object(gone.number, 0) is None


def test_metadata_stays_readable() -> None:
    pdf = pydyf.PDF()
    stream = pydyf.Stream([b"<x:xmpmeta/>"], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(stream)
    assert b"<x:xmpmeta/>" in serialise(pdf, KEY)


def test_every_warning_of_the_library_is_kept_and_none_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.propagate, logger.level, list(logger.handlers))
    with listening() as records:
        logger.warning("Ignored `%s:%s` at %d:%d, %s.", "colour", "red", 3, 5, "unknown property")
        logger.info("progress")
    assert [record.levelname for record in records] == ["WARNING"]
    assert (logger.propagate, logger.level, list(logger.handlers)) == before
    assert capsys.readouterr() == ("", "")
    (finding,) = fault(records, [Path("kind")]).diagnostics
    assert finding.arguments == {"what": "colour:red", "line": "3", "column": "5"}


def test_glyphs_that_are_missing_are_named_once() -> None:
    with listening() as records:
        for _ in range(3):
            logging.getLogger("weasyprint").warning('.notdef glyph … "%s" (U+%04X)', "\U0010fffd", 0x10FFFD)
    error = fault(records, [Path("kind")])
    assert isinstance(error, ReportError)
    assert [finding.arguments["point"] for finding in error.diagnostics] == ["10FFFD"]


def test_what_cannot_be_loaded_is_named() -> None:
    with listening() as records:
        logging.getLogger("weasyprint").error("Failed to load image at %r: %s", "http://a/b.png", "refused")
    error = fault(records, [Path("kind")])
    assert isinstance(error, KindError)
    assert error.diagnostics[0].arguments == {"name": "http://a/b.png"}


def said(message: str, *arguments: object) -> tuple[str, str]:
    """The code of what a record of the PDF engine means, and its message."""
    record = logging.LogRecord("weasyprint", logging.WARNING, "", 0, message, arguments, None)
    (found,) = fault([record], [Path("kind")]).diagnostics
    return found.code, found.message()


def test_no_words_of_the_engine_reach_the_user() -> None:
    code, message = said("Anchor defined twice: %r", "t3-1-1")
    assert (code, message) == ("html-id-repeated", "网页里的标识“t3-1-1”重复")
    code, message = said("Ignored `%s` at %d:%d", "Error: EOF reached before {} block", 73, 7)
    assert (code, message) == ("html-sheet-refused", "样式表中的“这一条”不能用于 PDF（第73行第7列）")

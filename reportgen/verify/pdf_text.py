"""A PDF in; the text of each page, in the order in which it is drawn, out."""

from __future__ import annotations

import pypdfium2


def pdf_pages(pdf: bytes) -> tuple[str, ...]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(document[number].get_textpage().get_text_range() for number in range(len(document)))
    finally:
        document.close()

"""The bytes of a PDF in; what a package has to know of it out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from reportgen.files.failures import stopped


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF has; 0 for what is none."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            return len(document.pages)
    except Exception:  # noqa: BLE001 (a hostile file may raise anything)
        return 0


def check_scan(scan: bytes, path: Path) -> None:
    """See that a scan is a PDF of at least a page that opens without a password; raises FileError."""
    if not scan.startswith(b"%PDF-") or not count_pages(scan):
        raise stopped("scan-unusable", path)


def can_be_drawn(pdf: bytes) -> bool:
    """Whether every page of a PDF can be drawn."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
        for page in document:
            page.render(scale=0.1)
        return len(document) > 0
    except Exception:  # noqa: BLE001 (a hostile file may raise anything)
        return False


def is_encrypted(pdf: bytes) -> bool:
    """Whether a PDF is encrypted, with a password or without."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            return bool(document.is_encrypted)
    except pikepdf.PasswordError:
        return True
    except Exception:  # noqa: BLE001 (a hostile file may raise anything)
        return False

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

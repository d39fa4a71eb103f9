"""A workbook of openpyxl in; its file, the same bytes on every machine and day, out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)
MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
STAMP: Final = (1980, 1, 1, 0, 0, 0)


def settle(book: Any) -> bytes:
    """The file with fixed dates and its parts in one order."""
    book.properties.created = DAY.replace(tzinfo=None)
    draft, settled = BytesIO(), BytesIO()
    book.save(draft)
    stamp = DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(draft) as old, ZipFile(settled, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = MODIFIED.sub(rb"\g<1>" + stamp, old.read(name))
            entry = ZipInfo(name, STAMP)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, content)
    return settled.getvalue()

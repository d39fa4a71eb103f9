"""A bag in, one zip file out: stored, in the order of names, of one day; the same bytes for the same bag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from reportgen.records.archive.bag import INFO, read_info

IDENTIFIER: Final = "Internal-Sender-Identifier"
DATE: Final = "Bagging-Date"
DAY: Final = re.compile(r"(19[89]\d|20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
EARLIEST: Final = (1980, 1, 1)
"""No zip file can be older."""
PLAIN_FILE: Final = 0o100644 << 16
UNIX: Final = 3


def write_zip(bag: Mapping[str, bytes]) -> bytes:
    """The zip of a bag: its folder and its date are those that the bag's own metadata say."""
    info = read_info(bag.get(INFO, b""))
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name in sorted(bag):
            entry = ZipInfo(f"{info.get(IDENTIFIER, 'package')}/{name}", (*day(info.get(DATE, "")), 0, 0, 0))
            entry.create_system, entry.external_attr = UNIX, PLAIN_FILE
            archive.writestr(entry, bag[name])
    return target.getvalue()


def day(written: str) -> tuple[int, int, int]:
    """Year, month and day."""
    match = DAY.fullmatch(written)
    return (int(match[1]), int(match[2]), int(match[3])) if match else EARLIEST

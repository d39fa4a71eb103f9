"""The bytes of a file in, its text out, or the finding that names the encoding it is really in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Location
from reportgen.model.limits import FILE_BYTES
from reportgen.model.places import Places

MARKS: Final = (  # the longer mark first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
FORMATS: Final[Mapping[bytes, str]] = MappingProxyType(
    {
        b"PK\x03\x04": "Word/Excel/ZIP",
        b"\xd0\xcf\x11\xe0": "Word/Excel/WPS",
        b"%PDF-": "PDF",
        b"\x89PNG": "PNG",
        b"\xff\xd8\xff": "JPEG",
    }
)
"""How files begin that are sometimes taken for a report."""
SAMPLE: Final = 10_000
"""Bytes that an encoding is judged by; even."""
USUAL: Final = "[\t\r\n -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
"""A letter of Chinese and Latin texts; compiled only for bytes that may be of another encoding."""
CHINESE: Final = "gb18030"  # holds all of GBK and GB 2312


def decode(data: bytes, file: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of UTF-8 bytes without a leading byte order mark, or None and what is wrong with them."""
    if len(data) > FILE_BYTES:
        limit = f"{FILE_BYTES // 1_000_000}"
        return None, (find("source-too-large", Location(file), limit=limit, size=f"{len(data) / 1e6:.1f}"),)
    if name := next((name for mark, name in FORMATS.items() if data.startswith(mark)), None):
        return None, (find("other-format", Location(file), format=name),)
    if codec := wide_encoding(data):
        return None, (find("wrong-encoding", Location(file), encoding=codec[:6]),)
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode(), ()
    except UnicodeDecodeError as error:
        if looks_chinese(data):
            return None, (find("wrong-encoding", Location(file), encoding="GBK"),)
        return None, (broken_byte(data.removeprefix(codecs.BOM_UTF8), error.start, file),)


def wide_encoding(data: bytes) -> str | None:
    """The codec of an encoding of two or four bytes to a letter, when it is one."""
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    if marked or b"\0" not in data[:SAMPLE]:
        return marked
    return next((codec for codec in ("UTF-16-LE", "UTF-16-BE") if reads_well(data[:SAMPLE], codec)), None)


def reads_well(sample: bytes, codec: str) -> bool:
    """Whether bytes come out as Chinese and Latin letters, as those of UTF-16 without a mark do."""
    text = sample[: len(sample) // 2 * 2].decode(codec, "replace")
    return len(re.findall(USUAL, text)) * 10 > len(text) * 9


def looks_chinese(data: bytes) -> bool:
    """Whether the bytes are GBK or GB 18030: valid as that, and mostly not valid as UTF-8."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    foreign = sum(1 for letter in text[:100_000] if letter > "\x7f")
    if broken * 4 < foreign or not broken:
        return False
    try:
        data.decode(CHINESE)
    except UnicodeDecodeError:
        return False
    return True


def broken_byte(data: bytes, offset: int, file: str) -> Diagnostic:
    """The finding about the first byte that is not UTF-8, at the character it should be part of."""
    before = data[:offset].decode()
    places = Places(file, before + "\N{REPLACEMENT CHARACTER}")
    return find("not-utf8", places.span(len(before), len(before) + 1), byte=f"{data[offset]:02X}")


def readable(data: bytes) -> str:
    """The text to show lines of in messages, whatever the bytes are; places of findings refer to it."""
    data = data[:FILE_BYTES]
    codec = wide_encoding(data) or (CHINESE if looks_chinese(data) else "utf-8-sig")
    return data.decode(codec, "replace")

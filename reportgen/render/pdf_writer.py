"""A finished tree of PDF objects in; the bytes of the file out, every object serialised and deflated once.

The library's own writer does both twice when a file has an identifier, which PDF/A asks for, and deflates
at level 9, which costs a tenth of the whole rendering for the same size.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pydyf

LEVEL = 6
HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
METADATA = "/Metadata"


@dataclass(slots=True)
class Output:
    """The file so far, and where each object stands in it, as the rows of its cross-references."""

    parts: list[bytes] = field(default_factory=lambda: [HEADER])
    length: int = len(HEADER)
    places: dict[int, tuple[int, int, int]] = field(default_factory=dict)

    def put(self, number: int, data: bytes) -> int:
        """Write an object; returns its offset."""
        offset, record = self.length, b"%d 0 obj\n%b\nendobj\n" % (number, data)
        self.parts.append(record)
        self.length += len(record)
        self.places[number] = (1, offset, 0)
        return offset


def serialise(pdf: pydyf.PDF, identifier: bytes) -> bytes:
    """The file: streams, then all other objects in one object stream, then the cross-reference stream."""
    import pydyf

    if pdf.info:
        pdf.add_object(pdf.info)
    output = Output()
    written = [item for item in pdf.objects if item.free != "f"]
    for item in written:
        if isinstance(item, pydyf.Stream):
            output.put(item.number, stream_data(item))
    _put_others(output, [item for item in written if not isinstance(item, pydyf.Stream)], len(pdf.objects))
    _put_references(output, pdf, len(pdf.objects) + 1, identifier)
    return b"".join(output.parts)


def stream_data(item: pydyf.Stream) -> bytes:
    """A stream object, deflated unless it already is or is metadata, which archives want readable."""
    content = b"\n".join(map(encode, item.stream))
    return _stream(
        item.extra, content, deflate=item.extra.get("Type") != METADATA and "Filter" not in item.extra
    )


def encode(value: Any) -> bytes:
    """A value as it stands in the file; the library's own does the same, asking more of each."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("ascii")
    if isinstance(value, dict):
        return _entries(value)
    if isinstance(value, list):
        return b"[%b]" % b" ".join(map(encode, value))
    if isinstance(value, float):
        return f"{value:f}".rstrip("0").rstrip(".").encode("ascii")
    if isinstance(value, int):
        return b"%d" % value
    data: bytes = value.data
    return data


def _entries(values: dict[str, Any]) -> bytes:
    pairs = (b"/%b %b" % (key.encode("ascii"), encode(value)) for key, value in values.items())
    return b"<<%b>>" % b"".join(pairs)


def _stream(extra: dict[str, Any], content: bytes, *, deflate: bool = True) -> bytes:
    entries = dict(extra)
    if deflate:
        content = zlib.compress(content, LEVEL)
        entries["Filter"] = "/FlateDecode"
    entries["Length"] = len(content)
    return b"%b\nstream\n%b\nendstream" % (_entries(entries), content)


def _put_others(output: Output, items: Iterable[Any], number: int) -> None:
    index, bodies, position = [], [], 0
    for place, item in enumerate(items):
        data = encode(item)
        index.append(f"{item.number} {position}")
        bodies.append(data)
        position += len(data) + 1
        output.places[item.number] = (2, number, place)
    head = " ".join(index).encode()
    extra = {"Type": "/ObjStm", "N": len(bodies), "First": len(head) + 1}
    output.put(number, _stream(extra, b"\n".join((head, *bodies))))


def _put_references(output: Output, pdf: pydyf.PDF, number: int, identifier: bytes) -> None:
    start = output.length
    output.places[number] = (1, start, 0)
    rows = [output.places.get(index, (0, 0, 65535)) for index in range(number + 1)]
    widths = [1, *((max(column).bit_length() + 7) // 8 for column in list(zip(*rows, strict=True))[1:])]
    table = b"".join(
        value.to_bytes(width, "big") for row in rows for value, width in zip(row, widths, strict=True)
    )
    key = identifier.hex()
    extra = {
        "Type": "/XRef",
        "Size": number + 1,
        "W": f"[{widths[0]} {widths[1]} {widths[2]}]",
        "Root": pdf.catalog.reference,
        "ID": f"[<{key}> <{key}>]",
    }
    if pdf.info:
        extra["Info"] = pdf.info.reference
    output.put(number, _stream(extra, table))
    output.parts.append(b"startxref\n%d\n%%%%EOF\n" % start)

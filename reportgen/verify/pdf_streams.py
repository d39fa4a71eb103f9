"""A stream of a PDF in, its content out, never more of it than was asked for."""

from __future__ import annotations

import zlib
from typing import Any


def read_stream(stream: Any, limit: int) -> bytes:
    """The content of a stream of at most `limit` bytes.

    Raises ValueError when it is longer, or packed in a way other than the one we write (FlateDecode).
    """
    raw = bytes(stream.read_raw_bytes())
    filters = stream.get("/Filter", [])
    names = (
        [str(filters)]
        if not isinstance(filters, list) and "/" in str(filters)[:1]
        else list(map(str, filters))
    )
    if names == ["/FlateDecode"]:
        content = zlib.decompressobj().decompress(raw, limit + 1)
    elif not names:
        content = raw
    else:
        raise ValueError(f"filters {names}")
    if len(content) > limit:
        raise ValueError("too long")
    return content

"""A PDF in; its objects out as the library reads them, each object stream unpacked only once."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader

MOST_OBJECTS: Final = 200_000
"""Objects of one stream."""


class QuickReader(PdfFileReader):
    """The library's strict reader, which reads a stream of n objects in n steps and not in n times n."""

    def __init__(self, pdf: bytes) -> None:
        """Begin to read a file."""
        self._directories: dict[int, tuple[bytes, list[int], int]] = {}
        super().__init__(BytesIO(pdf))

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        """An object of an object stream by its number and its place; raises PdfReadError."""
        data, numbers, first = self.directory(stmnum)
        if not 0 <= idx < len(numbers) // 2 or numbers[2 * idx] != idnum:
            raise PdfReadError("an object is not where the file says")
        content = BytesIO(data)
        content.seek(first + numbers[2 * idx + 1])
        found = generic.read_object(content, generic.Reference(idnum, 0, self))
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            raise PdfReadError("an object stream holds what it must not")
        return found

    def directory(self, number: int) -> tuple[bytes, list[int], int]:
        """What an object stream holds, the numbers and places in it in turn, and where these count from."""
        if number not in self._directories:
            stream = generic.Reference(number, 0, self).get_object()
            if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
                raise PdfReadError("no object stream")
            data = stream.read_data(DecodePurpose.OBJECT_STREAM)
            count, first = int(stream["/N"]), int(stream["/First"])
            if not 0 <= count <= MOST_OBJECTS or not 0 <= first <= len(data):
                raise PdfReadError("no sound object stream")
            numbers = [int(word) for word in data[:first].split()[: 2 * count]]
            if len(numbers) != 2 * count or any(value < 0 for value in numbers):
                raise PdfReadError("no sound object stream")
            self._directories[number] = (data, numbers, first)
        return self._directories[number]

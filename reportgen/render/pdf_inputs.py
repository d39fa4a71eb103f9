"""What a PDF is made of besides its HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.render.fonts import FontSet
    from reportgen.render.revision import Revision


@dataclass(frozen=True, slots=True)
class PdfAttachment:
    """A file inside the PDF; `relationship` is `Source` or `Alternative` (ISO 32000-2 7.11.3)."""

    name: str
    data: bytes
    media: str
    description: str
    relationship: str


@dataclass(frozen=True, slots=True)
class PdfInputs:
    """Everything a PDF is made of besides its HTML.

    `pictures` are those the HTML names, media type and content by id; `folders` are all that may be read, the
    first is where relative addresses lead from; `attachments` are looked at only when the pages are laid
    out; `date`, in UTC, is the only time in the file; `revision` is that of an issued report. All of it must
    reach another process.
    """

    fonts: FontSet
    pictures: Mapping[str, tuple[str, bytes]]
    folders: Sequence[Path]
    attachments: Sequence[PdfAttachment]
    date: datetime
    revision: Revision | None = None

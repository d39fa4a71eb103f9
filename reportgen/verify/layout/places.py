"""A line of a finished document in; the place of the report it comes from out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.verify.subject import Subject


@dataclass(frozen=True)
class Places:
    """The places of a report by the words printed from them. Not slotted: the map is kept."""

    subject: Subject

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Every paragraph of the Word file without blanks, with its place."""
        if self.subject.report is None or "docx" not in self.subject.contents:
            return ()
        from lxml.etree import XMLSyntaxError

        from reportgen.render.package import PackageError, read_package
        from reportgen.render.properties import read_map

        try:
            bookmarks = read_map(read_package(self.subject.contents["docx"]))
        except (PackageError, XMLSyntaxError, KeyError, ValueError):
            return ()
        return tuple((bare(bookmark.text), bookmark.path) for bookmark in bookmarks if bookmark.path)

    def path(self, text: str) -> str:
        """The place a line was printed from; empty when it is not known."""
        wanted = bare(text)
        return next((path for words, path in self.texts if wanted and wanted in words), "")


def bare(text: str) -> str:
    """A text without blanks."""
    return "".join(text.split())

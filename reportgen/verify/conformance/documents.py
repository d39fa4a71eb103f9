"""What is to be verified in; each document read once, as the checks of conformance look at it, out."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from reportgen.diagnostics import Diagnostic
from reportgen.verify.subject import Subject

if TYPE_CHECKING:
    from lxml import etree

    from reportgen.render.package import Package
    from reportgen.verify.conformance.pdf_tree import PdfTree

MOST_CHARACTERS: Final = 64 * 1024 * 1024
"""Bytes of a web page that is read."""

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents that could be read, and a finding for each that could not."""

    tree: PdfTree | None
    package: Package | None
    page: etree._Element | None
    unreadable: tuple[Diagnostic, ...]


def read_documents(subject: Subject) -> Documents:
    """Read what there is."""
    found: list[Diagnostic] = []

    def attempt(form: str, read: Callable[[bytes], Read], code: str) -> Read | None:
        if form not in subject.contents:
            return None
        try:
            return read(subject.contents[form])
        except UnreadableError:
            found.append(subject.find(code, form))
            return None

    tree = attempt("pdf", read_pdf, "pdf-unreadable")
    package = attempt("docx", read_word, "docx-unreadable")
    page = attempt("html", read_page, "html-unreadable")
    return Documents(tree, package, page, tuple(found))


class UnreadableError(Exception):
    """A document cannot be read."""


def read_pdf(content: bytes) -> PdfTree:
    """The objects of a PDF."""
    from reportgen.verify.conformance.pdf_tree import PdfError, read_tree

    try:
        return read_tree(content)
    except PdfError as error:
        raise UnreadableError from error


def read_word(content: bytes) -> Package:
    """The parts of a Word file."""
    from reportgen.render.package import DOCUMENT, PackageError, read_package

    try:
        package = read_package(content)
    except (PackageError, zlib.error, OSError) as error:
        raise UnreadableError from error
    if DOCUMENT not in package.parts:
        raise UnreadableError
    return package


def read_page(content: bytes) -> etree._Element:
    """The tree of a web page; what is not well-formed is read as browsers read it."""
    from lxml import etree

    if len(content) > MOST_CHARACTERS:
        raise UnreadableError
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError from error
    if root is None or root.find(".//body") is None:
        raise UnreadableError
    return root

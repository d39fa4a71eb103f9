"""Documents in; whether they are what standards ask of archived files, Word files and web pages out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance.documents import Documents, read_documents
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, Verdict, judged

__all__ = ["check_conformance"]

Read = TypeVar("Read")
UNTOLD = Bilingual("文件打不开，无法判断", "the file cannot be read, so this cannot be told")


def check_conformance(subject: Subject, *, prove: bool) -> tuple[Check, ...]:
    """The checks made in the program itself, then those of other programs when `prove` asks for them."""
    from reportgen.verify.conformance.proofs import check_proofs

    return (*check_alone(subject), *check_proofs(subject, prove=prove))


def check_alone(subject: Subject) -> tuple[Check, ...]:
    """The checks that need no other program."""
    documents = read_documents(subject)
    checks = (*pdf_checks(subject, documents), *folder_checks(subject, documents))
    return (*checks, *word_checks(subject, documents), *page_checks(subject, documents))


def pdf_checks(subject: Subject, documents: Documents) -> Iterator[Check]:
    """What is asked of the PDF."""
    from reportgen.verify.conformance import archive_format, attachments, embedded_faces

    if "pdf" in subject.contents:
        yield first(
            archive_format.NAME, subject, documents, documents.tree, archive_format.check_archive_format
        )
        yield later(embedded_faces.NAME, subject, documents.tree, embedded_faces.check_embedded_faces)
        yield later(attachments.NAME, subject, documents.tree, attachments.check_attachments)


def folder_checks(subject: Subject, documents: Documents) -> Iterator[Check]:
    """What is asked of all files together."""
    from reportgen.verify.conformance import metadata, recorded_files

    if subject.manifest is not None or subject.folder is not None:
        yield recorded_files.check_recorded_files(subject)
    if subject.contents:
        yield metadata.check_metadata(subject, documents)


def word_checks(subject: Subject, documents: Documents) -> Iterator[Check]:
    """What is asked of the Word file."""
    from reportgen.verify.conformance import word_safety

    if "docx" in subject.contents:
        yield first(word_safety.NAME, subject, documents, documents.package, word_safety.check_word_safety)


def page_checks(subject: Subject, documents: Documents) -> Iterator[Check]:
    """What is asked of the web page."""
    from reportgen.verify.conformance import page_safety

    if "html" in subject.contents:
        yield first(page_safety.NAME, subject, documents, documents.page, page_safety.check_page_safety)


def first(
    name: str,
    subject: Subject,
    documents: Documents,
    read: Read | None,
    check: Callable[[Subject, Read], Check],
) -> Check:
    """The check that fails where its document cannot be read."""
    if read is None:
        codes = {"archive-format": "pdf", "word-safety": "docx", "page-safety": "html"}
        found = [item for item in documents.unreadable if item.code == f"{codes[name]}-unreadable"]
        return judged(name, found, UNTOLD)
    return check(subject, read)


def later(name: str, subject: Subject, read: Read | None, check: Callable[[Subject, Read], Check]) -> Check:
    """The check that cannot be told where its document cannot be read."""
    return Check(name, Verdict.UNTOLD, UNTOLD) if read is None else check(subject, read)

"""A PDF in; findings where it does not hold the report's source and the Word file as they went out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Any, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.verify.conformance.pdf_tree import REFERENCE, PdfTree
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, Measurement, Verdict, judged

NAME: Final = "attachments"
SOURCES: Final = (".yaml", ".yml")
SOURCE: Final = "/Source"
TWIN: Final = "/Alternative"
SUMMARY: Final = Bilingual("PDF内有{count}个附件：{names}", "the PDF holds {count} files: {names}")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a PDF: what it is to the document, and what it holds."""

    name: str
    relation: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Expected:
    """What should be attached: under which name, as what, and its SHA-256 where that is known."""

    name: str
    relation: str
    sha256: str


def check_attachments(subject: Subject, tree: PdfTree) -> Check:
    """The attachments, against the report, the Word file beside the PDF, and the manifest."""
    held = {item.name: item for item in attachments_of(tree)}
    wanted = tuple(expected(subject))
    found = [item for file in wanted for item in compare(subject, file, held.get(file.name))]
    if subject.report:
        twin = f"{PurePath(subject.report.path.name).stem}.docx"  # not beside a PDF that stands alone
        known = {twin, *(file.name for file in wanted)}
        found += [subject.find("attachment-strange", "pdf", name=name) for name in held if name not in known]
    if not wanted and not held:
        found.append(subject.find("pdf-no-source", "pdf"))
    names = {"count": str(len(held)), "names": ", ".join(held) or "—"}
    summary = Bilingual(SUMMARY.zh.format_map(names), SUMMARY.en.format_map(names))
    return judged(NAME, found, summary, tool="pikepdf", measurements=[row(file, held) for file in wanted])


def attachments_of(tree: PdfTree) -> Iterator[Attachment]:
    """The files that the name tree of the PDF lists."""
    for thing in name_tree(tree, tree.dictionary(tree.root.get("/Names")).get("/EmbeddedFiles")):
        streams = tree.dictionary(thing.get("/EF"))
        name = tree.text(thing.get("/UF")) or tree.text(thing.get("/F"))
        content = tree.stream(streams.get("/UF", streams.get("/F")))
        yield Attachment(name, str(thing.get("/AFRelationship", "")), content)


def name_tree(tree: PdfTree, top: Any) -> Iterator[Mapping[str, Any]]:
    """What a name tree leads to, in order."""
    waiting, seen = [top], set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, str) and REFERENCE.fullmatch(node):
            if node in seen:
                continue
            seen.add(node)
        entries = tree.dictionary(node)
        below, pairs = tree.value(entries.get("/Kids")), tree.value(entries.get("/Names"))
        waiting += reversed(below if isinstance(below, list) else [])
        yield from (tree.dictionary(item) for item in (pairs if isinstance(pairs, list) else [])[1::2])


def expected(subject: Subject) -> Iterator[Expected]:
    """What should be attached, as far as the report, the Word file or the manifest tell."""
    if subject.report:
        from reportgen.records.published_source import outgoing_source

        source = sha256(outgoing_source(subject.report)).hexdigest()
        yield Expected(subject.report.path.name, SOURCE, source)
    else:
        yield from (Expected(name, SOURCE, "") for name in source_names(subject))
    word = sha256(subject.contents["docx"]).hexdigest() if "docx" in subject.contents else ""
    recorded = [*recorded_files(subject, "outputs").items()]
    names = [(name, sha) for name, sha in recorded if name.endswith(".docx")]
    if not names and "docx" in subject.names:
        names = [(PurePath(subject.names["docx"]).name, word)]
    yield from (Expected(name, TWIN, sha or word) for name, sha in names)


def source_names(subject: Subject) -> Iterator[str]:
    """The report among the inputs that the manifest lists: the text that bears the outputs' name."""
    stems = {PurePath(name).stem for name in recorded_files(subject, "outputs")}
    for name in recorded_files(subject, "inputs"):
        if PurePath(name).stem in stems and name.endswith(SOURCES):
            yield name


def recorded_files(subject: Subject, group: str) -> Mapping[str, str]:
    """The names and SHA-256 of a group of files of the manifest."""
    files = (subject.manifest or {}).get(group)
    entries = files.items() if isinstance(files, dict) else ()
    return {name: str(entry.get("sha256", "")) for name, entry in entries if isinstance(entry, dict)}


def compare(subject: Subject, wanted: Expected, found: Attachment | None) -> Iterator[Diagnostic]:
    """What is wrong with one attachment."""
    if found is None:
        yield subject.find("attachment-missing", "pdf", name=wanted.name)
        return
    if found.relation != wanted.relation:
        shown = {"wanted": wanted.relation[1:], "found": found.relation[1:] or "—"}
        yield subject.find("attachment-relation", "pdf", name=wanted.name, **shown)
    if wanted.sha256 and sha256(found.content).hexdigest() != wanted.sha256:
        yield subject.find("attachment-differs", "pdf", name=wanted.name)


def row(wanted: Expected, held: Mapping[str, Attachment]) -> Measurement:
    """An attachment in the table of the report: its SHA-256."""
    found = held.get(wanted.name)
    digest = sha256(found.content).hexdigest() if found else "—"
    good = found is not None and wanted.sha256 in ("", digest)
    title = Bilingual(f"附件 {wanted.name}", f"attachment {wanted.name}")
    verdict = Verdict.HOLDS if good else Verdict.FAILS
    return Measurement(title, "ISO 19005-3:2012 6.8", wanted.sha256 or "—", digest, verdict=verdict)

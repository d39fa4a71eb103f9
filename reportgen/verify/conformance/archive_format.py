"""A PDF in; what PDF/A-3a and PDF/UA-1 find in its objects out: a lesser check than that of veraPDF."""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from reportgen.diagnostics import Bilingual, Diagnostic, Severity
from reportgen.verify.conformance import access_clauses, archive_clauses
from reportgen.verify.conformance.clauses import Clause, Material
from reportgen.verify.conformance.own_pdf import END, SIGNED, strange_parts
from reportgen.verify.conformance.pdf_tree import PdfError, PdfTree, read_tree
from reportgen.verify.conformance.structure import read_structure
from reportgen.verify.conformance.xmp import read_xmp
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, Measurement, Verdict, judged

NAME: Final = "archive-format"
CLAUSES: Final = (*archive_clauses.CLAUSES, *access_clauses.CLAUSES)
MOST: Final = 20
"""Findings of one clause: a document of another make may have thousands."""
SUMMARY: Final = Bilingual(
    "按 PDF/A-3a、PDF/UA-1 的{clauses}项条款检查了{objects}个对象。这是较轻的检查："
    "字形宽度、页面内容的语法、元数据的格式，只有 veraPDF 才逐条核验（加 --prove）",
    "{objects} objects held against {clauses} clauses of PDF/A-3a and PDF/UA-1. This is a lesser check: "
    "only veraPDF (with --prove) tells glyph widths, the syntax of pages and the forms of metadata",
)


def check_archive_format(subject: Subject, tree: PdfTree) -> Check:
    """Every clause with what it found, as a measurement and as findings."""
    material = Material(tree, read_structure(tree), read_xmp(tree.metadata))
    found, rows = [], []
    for clause in CLAUSES:
        breaches = breaches_of(clause, material, subject)
        found += breaches
        rows.append(row(clause, len(breaches)))
    if subject.report:
        strange = islice(dict.fromkeys(strange_parts(as_built(tree))), MOST)
        found += [
            subject.find("pdf-strange-part", "pdf", name=name, page=page or "—") for name, page in strange
        ]
    numbers = {"clauses": str(len(CLAUSES)), "objects": str(len(tree.objects))}
    summary = Bilingual(SUMMARY.zh.format_map(numbers), SUMMARY.en.format_map(numbers))
    return judged(NAME, found, summary, tool="pikepdf", measurements=rows)


def as_built(tree: PdfTree) -> PdfTree:
    """A signed PDF as it was before: signing only appends, and what it appends is judged as a signature."""
    if SIGNED not in tree.content:
        return tree
    end = tree.content.find(END) + len(END)
    line = len(tree.content[end : end + 2]) - len(tree.content[end : end + 2].lstrip(b"\r\n"))
    try:
        return read_tree(tree.content[: end + line])
    except PdfError:
        return tree


def breaches_of(clause: Clause, material: Material, subject: Subject) -> list[Diagnostic]:
    """What breaks a clause, each thing once."""
    values = dict.fromkeys(tuple(item.items()) for item in islice(clause.breaches(material), MOST))
    severity = Severity.WARNING if clause.code == "pdf-leads-away" and subject.report is None else None
    arguments: list[dict[str, Any]] = [{"clause": clause.number, **dict(value)} for value in values]
    return [subject.find(clause.code, "pdf", severity=severity, **value) for value in arguments]


def row(clause: Clause, breaches: int) -> Measurement:
    """A clause in the table of the report."""
    verdict = Verdict.FAILS if breaches else Verdict.HOLDS
    return Measurement(clause.asks, clause.number, "0", str(breaches), verdict=verdict)

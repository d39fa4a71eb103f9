"""A web page in; findings where it runs, fetches or cannot be read by everybody out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from reportgen.diagnostics import Bilingual, Diagnostic, Severity
from reportgen.verify.conformance.contrast import find_low_contrast
from reportgen.verify.conformance.hidden_text import hidden_texts, texts_outside
from reportgen.verify.conformance.own_page import other_notes, other_scopes, strange_attributes
from reportgen.verify.conformance.page_references import active_parts, broken_links, outside_references
from reportgen.verify.conformance.page_structure import (
    repeated_ids,
    skipped_headings,
    unheaded_tables,
    unnamed_tables,
    untold_pictures,
    without_main_heading,
)
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, judged

NAME: Final = "page-safety"
LEAST: Final = 4.5
"""WCAG 2.1, 1.4.3: the contrast of text with what is behind it."""
SUMMARY: Final = Bilingual(
    "检查了{elements}个元素：脚本、外部引用、隐藏的文字、标题、表格、替代文字、语言、对比度。"
    "没有 Java 时，以此代替 HTML 语法检查",
    "{elements} elements looked at: scripts, references, hidden text, headings, tables, texts for pictures, "
    "language, contrast. Without Java this stands in for the HTML checker",
)


def check_page_safety(subject: Subject, page: etree._Element) -> Check:
    """Everything a published page must not have, and everything it must say of itself."""
    found = [*safety(subject, page), *sight(subject, page), *access(subject, page)]
    count = {"elements": str(sum(1 for _ in page.iter()))}
    summary = Bilingual(SUMMARY.zh.format_map(count), SUMMARY.en.format_map(count))
    return judged(NAME, list({(x.code, x.message()): x for x in found}.values()), summary, tool="lxml")


def safety(subject: Subject, page: etree._Element) -> Iterator[Diagnostic]:
    """What runs or fetches."""
    yield from (subject.find("html-script", "html", name=name) for name in active_parts(page))
    for address, fetched in outside_references(page):
        severity = None if fetched or subject.report else Severity.WARNING
        yield subject.find("html-external", "html", severity=severity, address=address[:80])
    yield from (
        subject.find("html-link-broken", "html", address=name) for name in broken_links(page, subject.folder)
    )


def sight(subject: Subject, page: etree._Element) -> Iterator[Diagnostic]:
    """What a reader would not see as it is written; others may style their pages as they like."""
    if subject.report is None:
        return
    for cause, text in hidden_texts(page):
        yield subject.find("html-text-hidden", "html", cause=cause[:80], text=text)
    yield from (subject.find("html-text-outside", "html", text=text) for text in texts_outside(page))
    yield from (
        subject.find("html-note-differs", "html", text=text) for text in other_notes(page, subject.report)
    )
    for cause, text in strange_attributes(page):
        yield subject.find("html-strange-attribute", "html", cause=cause[:80], text=text[:30])
    for number, text, found, wanted in other_scopes(page, subject.report):
        told = {"text": text[:30], "found": found or "—", "wanted": wanted or "—"}
        yield subject.find("html-scope-differs", "html", number=number, **told)


def access(subject: Subject, page: etree._Element) -> Iterator[Diagnostic]:
    """What a reader who hears the page, or reads it on a small or a grey screen, would miss."""
    if not page.get("lang"):
        yield subject.find("html-no-language", "html")
    if not any(item.get("name") == "viewport" for item in page.iter("meta")):
        yield subject.find("html-no-viewport", "html")
    if without_main_heading(page):
        yield subject.find("html-no-main-heading", "html")
    for text, level, before in skipped_headings(page):
        yield subject.find("html-heading-skipped", "html", text=text[:30], level=level, before=before)
    for number in unnamed_tables(page, subject.report):
        yield subject.find("html-table-no-caption", "html", number=number)
    for number, text in unheaded_tables(page):
        yield subject.find("html-table-no-scope", "html", number=number, text=text[:30])
    yield from (subject.find("html-image-no-text", "html", number=number) for number in untold_pictures(page))
    yield from (subject.find("html-id-repeated", "html", name=name) for name in repeated_ids(page))
    for text, ratio in find_low_contrast(page, LEAST):
        severity = None if subject.report else Severity.WARNING
        yield subject.find(
            "html-low-contrast", "html", severity=severity, text=text[:30], ratio=f"{ratio:.1f}", least=LEAST
        )

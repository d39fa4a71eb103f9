"""A Word file in; what is wrong with its page numbers and the mark of a draft, as findings, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.render.bookmarks import paragraph_text
from reportgen.render.package import DOCUMENT, Package, parse
from reportgen.render.word.markup import Element, R, name
from reportgen.verify.furniture import draft_findings, draft_mark, number_form
from reportgen.verify.numberless import has_bare_end, has_letter
from reportgen.verify.outline.elements import squeezed
from reportgen.verify.subject import Subject

if TYPE_CHECKING:
    from reportgen.verify.twins import Readings

SIDES: Final = {"default": ("right", "end"), "even": ("left", "start", "both", "")}
"""Where the number of an odd and of an even page stands: outside (GB/T 9704-2012 7.5)."""
SHOWN: Final = {"default": Bilingual("单页", "odd"), "even": Bilingual("双页", "even")}
NUMBERS: Final = {"default": "1", "even": "2"}
"""The number of a page of each sort, as findings show it."""
DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands above and below the text of pages: `header` and `footer` by `default` and `even`."""

    parts: Mapping[tuple[str, str], Element]
    alignments: Mapping[str, str]

    def text(self, kind: str, pages: str) -> str:
        """What a header or footer says; a field of the page's number is `{}`."""
        part = self.parts.get((kind, pages))
        return "" if part is None else "".join(map(printed, part.iter(name("p"))))

    def side(self, pages: str) -> str:
        """How the paragraph of the page's number is aligned."""
        part = self.parts.get(("footer", pages))
        for paragraph in () if part is None else part.iter(name("p")):
            if "{}" in printed(paragraph):
                own = paragraph.find(f"{name('pPr')}/{name('jc')}")
                style = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
                if own is not None:
                    return str(own.get(name("val")))
                return self.alignments.get("" if style is None else str(style.get(name("val"))), "")
        return ""


def word_furniture(readings: Readings) -> Iterator[Diagnostic]:
    """Findings about the sections of a Word file: their numbers, their sides, the mark of a draft."""
    subject, package = readings.subject, readings.package
    sections = list(readings.parts[DOCUMENT].iter(name("sectPr")))
    known: dict[tuple[str, str], Element] = {}
    for at, section in enumerate(sections):
        known |= dict(references(package, section))
        yield from restarts(subject, section, at)
        margins = Margins(dict(known), alignments(package))
        if at == len(sections) - 1 and has_bare_end(subject, len(sections)):
            yield from judge_bare(subject, margins)
        else:
            yield from judge_section(subject, margins)
    settings = package.parts.get("word/settings.xml", b"")
    if ("footer", "even") in known and b"evenAndOddHeaders" not in settings:
        yield subject.find("word-page-number-inside", "docx", pages=SHOWN["even"], side="right")


def references(package: Package, section: Element) -> Iterator[tuple[tuple[str, str], Element]]:
    """The headers and footers a section names, by what they are and for which pages."""
    relations = package.relations.get(DOCUMENT, {})
    for kind in ("header", "footer"):
        for reference in section.iterchildren(name(f"{kind}Reference")):
            relation = relations.get(str(reference.get(f"{{{R}}}id")))
            if relation and relation.target in package.parts:
                yield (kind, str(reference.get(name("type")))), parse(package.parts[relation.target])


def restarts(subject: Subject, section: Element, at: int) -> Iterator[Diagnostic]:
    """A finding when a section counts its pages anew, in another form, or sets its first page apart."""
    numbers = section.find(name("pgNumType"))
    start = "" if numbers is None else str(numbers.get(name("start")) or "")
    form = "" if numbers is None else str(numbers.get(name("fmt")) or "")
    if (start and (at or start != "1")) or form not in ("", "decimal", "numberInDash"):
        yield subject.find("word-page-number-restarts", "docx", section=at + 1, start=start or form)
    first = section.find(name("titlePg"))
    apart = first is not None and first.get(name("val")) not in ("0", "false", "off")
    if apart and not (at == 0 and has_letter(subject)):
        yield subject.find("word-first-page-apart", "docx", section=at + 1)


def judge_bare(subject: Subject, margins: Margins) -> Iterator[Diagnostic]:
    """Findings about the empty page and 版记 after it: numbers where there are to be none."""
    for pages in SIDES:
        found = margins.text("footer", pages)
        if squeezed(found):
            yield subject.find(
                "word-page-number-differs", "docx", pages=SHOWN[pages], wanted="—", found=found
            )


def judge_section(subject: Subject, margins: Margins) -> Iterator[Diagnostic]:
    """Findings about the headers and footers in use in a section."""
    wanted, mark = squeezed(number_form(subject)), squeezed(draft_mark(subject))
    for pages, sides in SIDES.items():
        found = margins.text("footer", pages)
        if squeezed(found) != wanted:
            yield subject.find(
                "word-page-number-differs",
                "docx",
                pages=SHOWN[pages],
                wanted=number_form(subject).replace("{}", NUMBERS[pages]),
                found=found.replace("{}", NUMBERS[pages]) or "—",
            )
        elif margins.side(pages) not in sides:
            yield subject.find(
                "word-page-number-inside", "docx", pages=SHOWN[pages], side=margins.side(pages)
            )
        if mark and subject.report:
            has = mark in squeezed(margins.text("header", pages))
            yield from draft_findings(subject, "docx", has, SHOWN[pages])


def printed(paragraph: Element) -> str:
    """What a paragraph says, a field of the page's number as `{}`."""
    fields = [node for node in paragraph.iter(name("instrText")) if (node.text or "").split()[:1] == ["PAGE"]]
    simple = [
        node
        for node in paragraph.iter(name("fldSimple"))
        if str(node.get(name("instr"))).split()[:1] == ["PAGE"]
    ]
    if not fields and not simple:
        return paragraph_text(paragraph)
    pieces, inside = [], False
    for node in paragraph.iter(name("t"), name("fldChar"), name("fldSimple")):
        state = node.get(name("fldCharType"))
        if state == "begin" or node in simple:
            pieces.append("{}")
        inside = state != "end" if state else inside
        within = any(parent in simple for parent in node.iterancestors(name("fldSimple")))
        if node.tag == name("t") and not inside and not within:
            pieces.append(node.text or "")
    return "".join(pieces)


def alignments(package: Package) -> Mapping[str, str]:
    """How every paragraph style is aligned, also by the style it rests on."""
    found: dict[str, str] = {}
    bases: dict[str, str] = {}
    styles = package.parts.get("word/styles.xml")
    for style in () if styles is None else parse(styles).iterchildren(name("style")):
        key = str(style.get(name("styleId")))
        side, base = style.find(f"{name('pPr')}/{name('jc')}"), style.find(name("basedOn"))
        if side is not None:
            found[key] = str(side.get(name("val")))
        if base is not None:
            bases[key] = str(base.get(name("val")))
    for key in bases:
        above = key
        for _ in range(DEEPEST):
            if above in found:
                found.setdefault(key, found[above])
                break
            above = bases.get(above, "")
    return found

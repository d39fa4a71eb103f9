"""A sheet in; what stands around a report in its outer form out: 版头, 报送函, 版记."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.render.signer_lines import SIGNERS
from reportgen.render.word.blocks import either, loop, tag
from reportgen.render.word.ending import ending
from reportgen.render.word.markup import Element, paragraph, run, w
from reportgen.render.word.page import section
from reportgen.render.word.sheet import Sheet

References = Mapping[tuple[str, str], str]


LETTER_RULE: Final = ("letter-rule-thick", "letter-rule-gap", "letter-rule-thin")
LETTER_FOOT: Final = ("letter-foot-thin", "letter-foot-gap", "letter-foot-thick")
"""The double rules of a letter: without something between them word processors fill the gap as well."""


@dataclass(frozen=True, slots=True)
class Sections:
    """The relations of headers and footers by kind and pages: of the last section, and of those before."""

    last: References
    others: References


def masthead(sheet: Sheet) -> Iterator[Element]:
    """版头 of a document or of a letter; nothing above a plain report."""
    yield from either(
        sheet,
        ("masthead and masthead.form == 'document'", _document_head(sheet)),
        ("masthead", _letter_head(sheet)),
    )


def _document_head(sheet: Sheet) -> Iterator[Element]:
    """GB/T 9704-2012 7.2."""
    styles = (("marking.style == 'copy-number'", "copy-number"), ("", "marking"))
    yield from loop(
        sheet,
        "marking in masthead.markings",
        *either(sheet, *((when, [paragraph(sheet.id(css), "{{ marking.text }}")]) for when, css in styles)),
    )
    names, word = "{{ name.text }}", "{{ masthead.joint.word }}"
    styles, joint = sheet.layout["masthead"]["document"], sheet.layout["masthead"]["joint"]
    several = (
        *loop(sheet, "name in masthead.joint.names", *_in_style(sheet, "masthead.joint.style", joint, names)),
        *_in_style(sheet, "masthead.joint.style", joint, word),
    )
    yield from either(sheet, ("masthead.joint", several), ("", _issuer(sheet, styles)))
    plain = paragraph(sheet.id("document-number"), "{{ masthead.number }}")
    yield from either(sheet, ("masthead.signers", _signers(sheet)), ("", [plain]))
    yield paragraph(sheet.id("masthead-rule"))


def _signers(sheet: Sheet) -> Iterator[Element]:
    """The lines of 签发人; what is free behind their names the finisher knows."""
    first, below = (_signer_line(sheet, css) for css in SIGNERS)
    cases = either(sheet, (f"line.style == '{SIGNERS[0]}'", [first]), ("", [below]))
    return loop(sheet, "line in masthead.signers", *cases)


def _signer_line(sheet: Sheet, css: str) -> Element:
    names = run("{{ line.names }}", sheet.run("signer"))
    return paragraph(sheet.id(css), "{{ line.number }}", _tab(), run("{{ line.label }}"), names)


def _letter_head(sheet: Sheet) -> Iterator[Element]:
    """GB/T 9704-2012 10.1; the lower rule stands at its place of the page, whatever comes between."""
    yield from _issuer(sheet, sheet.layout["masthead"]["letter"])
    yield from (paragraph(sheet.id(css)) for css in LETTER_RULE)
    marked = run("{{ masthead.marking }}", sheet.run("marked"))
    yield paragraph(sheet.id("letter-number"), marked, _tab(), run("{{ masthead.number }}"))
    yield from loop(
        sheet,
        "marking in masthead.markings",
        paragraph(sheet.id("letter-marking"), "{{ marking.text }}"),
    )
    yield from (paragraph(sheet.id(css)) for css in (*LETTER_FOOT, "letter-space"))


def _issuer(sheet: Sheet, styles: Sequence[str]) -> Iterator[Element]:
    """发文机关标志 in the style it fits in."""
    return _in_style(sheet, "masthead.style", styles, "{{ masthead.issuer }}")


def _in_style(sheet: Sheet, chosen: str, styles: Sequence[str], text: str) -> Iterator[Element]:
    """A paragraph in the one of these styles that `chosen` names."""
    cases = [(f"{chosen} == '{css}'", css) for css in styles[:-1]]
    cases.append(("", styles[-1]))
    return either(sheet, *((when, [paragraph(sheet.id(css), text)]) for when, css in cases))


def letter(sheet: Sheet, body: str, sections: Sections) -> Iterator[Element]:
    """The text of the letter, a section of its own, and the mark and title of the report behind it."""
    yield tag(sheet, "{%p if enclosure %}")
    if body:
        yield tag(sheet, f"{{{{p items({body}) }}}}")
    yield ending(sheet)
    first = {**sections.others, ("header", "first"): sections.others["header", "default"]}
    yield _section_end(sheet, "letter-end", section(sheet.layout, first, sheet, first_apart=True))
    yield paragraph(sheet.id("attachment-mark"), "{{ enclosure.mark }}")
    yield from loop(sheet, "line in enclosure.title", paragraph(sheet.id("attachment-title"), "{{ line }}"))
    yield tag(sheet, "{%p endif %}")


def colophon(sheet: Sheet, sections: Sections) -> Iterator[Element]:
    """版记 on the lower edge of the last page (GB/T 9704-2012 7.4), on a new page where there is no room."""
    yield tag(sheet, "{%p if colophon %}")
    end = _section_end(sheet, "colophon-end", section(sheet.layout, sections.others, sheet))
    apart = (end, paragraph(sheet.id("colophon-end")))
    yield from either(sheet, ("colophon.apart", apart))
    yield from either(sheet, ("colophon.overleaf", [paragraph(sheet.id("page-break"))]))
    yield from either(sheet, ("colophon.ruled", [paragraph(sheet.id("colophon-first"))]))
    copied = paragraph(sheet.id("copied"), "{{ colophon.copied }}")
    between = either(sheet, ("colophon.ruled", [paragraph(sheet.id("colophon-middle"))]))
    yield from either(sheet, ("colophon.copied", (copied, *between)))
    line = paragraph(sheet.id("printed"), "{{ colophon.printer }}", _tab(), run("{{ colophon.printed }}"))
    yield from either(sheet, ("colophon.ruled", (line, paragraph(sheet.id("colophon-last")))))
    yield paragraph(sheet.id("colophon-end"))
    yield tag(sheet, "{%p endif %}")


def _section_end(sheet: Sheet, css: str, properties: Element) -> Element:
    """A paragraph too thin to be seen, with which a section ends."""
    end = paragraph(sheet.id(css))
    end[0].append(properties)
    return end


def _tab() -> Element:
    return w("r", w("tab"))

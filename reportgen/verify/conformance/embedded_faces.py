"""A PDF in; findings where a font is not in the file, or is none of the declared chain, out."""

from __future__ import annotations

from typing import Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance.pdf_tree import PdfTree
from reportgen.verify.embedded_fonts import check_fonts, fonts_of
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, Measurement, Verdict, judged

NAME: Final = "embedded-fonts"
CLAUSE: Final = "ISO 19005-3:2012 6.2.11.4"
SUMMARY: Final = Bilingual("PDF用到{count}种字体：{names}", "the PDF uses {count} fonts: {names}")
UNDECLARED: Final = Bilingual(
    "；没有报告数据，不知道应当用哪些字体，只核验是否嵌入",
    "; without the report it is not known which they should be: only whether they are embedded",
)
NAMELESS: Final = "—"


def check_embedded_faces(subject: Subject, tree: PdfTree) -> Check:
    """Every font of the PDF; without declared faces any that is embedded will do."""
    fonts = fonts_of(tree)
    allowed = subject.faces.families() if subject.faces else frozenset(font.name for font in fonts)
    found = check_fonts(fonts, allowed, subject.names["pdf"])
    rows = [
        Measurement(
            Bilingual(f"字体 {font.name}", f"font {font.name}"),
            CLAUSE,
            "√",
            "√" if font.embedded else "—",
            verdict=Verdict.HOLDS if font.embedded and font.name in allowed else Verdict.FAILS,
        )
        for font in fonts
    ]
    count = {"count": str(len(fonts)), "names": ", ".join(font.name or NAMELESS for font in fonts[:20])}
    more = Bilingual("", "") if subject.faces else UNDECLARED
    summary = Bilingual(SUMMARY.zh.format_map(count) + more.zh, SUMMARY.en.format_map(count) + more.en)
    return judged(NAME, found, summary, tool="pikepdf", measurements=rows)

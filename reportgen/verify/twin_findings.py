"""Differences between outlines in; findings in the words of those who read them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.verify.outline.difference import Difference
from reportgen.verify.subject import Subject

MOST: Final = 20
"""Differences of two outlines that are told one by one."""
SHOWN: Final = 30
BEFORE: Final = 10
CODES: Final = {
    "text": "twin-text-differs",
    "order": "twin-order-differs",
    "level": "twin-level-differs",
    "caption": "twin-caption-differs",
    "figure": "twin-picture-differs",
    "head": "twin-head-differs",
    "cell": "twin-cell-differs",
    "merge": "twin-merge-differs",
    "label": "twin-label-differs",
    "columns": "twin-columns-differ",
    "missing": "twin-text-missing",
    "row": "twin-row-missing",
}
NAMES: Final = {
    "docx": Bilingual("Word文件", "Word file"),
    "html": Bilingual("网页", "web page"),
    "pdf": Bilingual("PDF", "PDF"),
    "painted": Bilingual("PDF页面上", "painted PDF page"),
    "others": Bilingual("网页和PDF", "web page and PDF"),
    "report": Bilingual("报告", "report"),
}
LOOKALIKES: Final = frozenset(
    "\u00a0\u2002\u2003\u2009\u2010\u2011\u2013\u2212\uff0d" + "".join(map(chr, range(0xFF10, 0xFF1A)))
)
"""Blanks, dashes and digits that look like the usual ones."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the differences between two readings of a subject's documents, `one` and `other` by name.

    The finding is about the document of `form`; `paths` gives the place in the report of a text.
    """

    subject: Subject
    form: str
    one: str
    other: str
    paths: Mapping[str, str]

    def tell(self, differences: Iterable[Difference]) -> Iterator[Diagnostic]:
        """A finding for each of the first, and one with the number of the rest."""
        found = iter(differences)
        for difference in islice(found, MOST):
            yield self.finding(difference)
        rest = sum(1 for _ in found)
        if rest:
            yield self.subject.find("twin-more-differences", self.form, number=rest, **self.names())

    def finding(self, difference: Difference) -> Diagnostic:
        """The finding of one difference."""
        texts = excerpts(difference.one or "", difference.other or "")
        path = difference.path or self.paths.get(difference.one or difference.other or "", "")
        arguments = {"one": texts[0], "two": texts[1], **place_of(difference), **self.names()}
        if None in (difference.one, difference.other):
            arguments |= self.lacking(difference)
        return self.subject.find(CODES[difference.form], self.form, path, **arguments)

    def names(self) -> Mapping[str, str]:
        """What both readings are called."""
        one, other = NAMES[self.one], NAMES[self.other]
        return {"first": one.zh, "first_en": one.en, "second": other.zh, "second_en": other.en}

    def lacking(self, difference: Difference) -> Mapping[str, str]:
        """What has something and what has it not."""
        has, lacks = NAMES[self.one], NAMES[self.other]
        if difference.one is None:
            has, lacks = lacks, has
        text = shown(difference.one or difference.other or "")
        return {
            "has": has.zh,
            "has_en": has.en,
            "lacks": lacks.zh,
            "lacks_en": lacks.en,
            "text": cut(text, 0),
        }


def place_of(difference: Difference) -> Mapping[str, str]:
    """Where a difference is, as people see it."""
    spot = difference.spot
    if spot.paragraph == 0 and not difference.row and difference.form not in ("caption", "head"):
        zh, en = f"标题“{cut(spot.heading, 0)}”", f"heading “{cut(spot.heading, 0)}”"
    elif difference.row:
        zh = f"表{spot.table}第{difference.row}行" + (f"第{difference.column}列" if difference.column else "")
        en = f"table {spot.table}, row {difference.row}"
        en += f", column {difference.column}" if difference.column else ""
    elif difference.form in ("caption", "head"):
        zh, en = f"表{spot.table}", f"table {spot.table}"
    else:
        zh, en = f"第{spot.paragraph}段", f"paragraph {spot.paragraph}"
    if spot.heading and (difference.row or spot.paragraph):
        zh, en = f"“{cut(spot.heading, 0)}”{zh}", f"{en} under “{cut(spot.heading, 0)}”"
    if spot.page:
        zh, en = f"{zh}（PDF第{spot.page}页）", f"{en} (PDF page {spot.page})"
    return {"place": zh, "place_en": en}


def excerpts(one: str, other: str) -> tuple[str, str]:
    """Both texts from shortly before the place where they part, characters nobody sees by their numbers."""
    common = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    start = max(common - BEFORE, 0)
    return cut(one, start), cut(other, start)


def cut(text: str, start: int) -> str:
    """A stretch of a text, with a sign where it goes on."""
    piece = text[start : start + SHOWN]
    before, after = "…" if start else "", "…" if len(text) > start + SHOWN else ""
    return f"{before}{shown(piece)}{after}"


def shown(text: str) -> str:
    """A text with the characters that look like others, or like nothing, by their numbers."""
    return "".join(f"〔U+{ord(letter):04X}〕" if is_hidden(letter) else letter for letter in text)


def is_hidden(letter: str) -> bool:
    """Whether a character is seen by nobody, or is easily taken for another."""
    return letter in LOOKALIKES or (not letter.isprintable() and letter != "\n")

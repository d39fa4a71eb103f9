"""Findings in; lines for people out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from reportgen.diagnostics import Bilingual, Diagnostic, Language, Location, Severity, in_file_order, spoken
from reportgen.errors import ReportgenError
from reportgen.files.reading import read_file
from reportgen.model.encoding import readable
from reportgen.model.limits import FILE_BYTES
from reportgen.model.places import Places
from reportgen.reporters.excerpts import excerpt, shown

SEVERITIES: Final = MappingProxyType(
    {
        Severity.ERROR: Bilingual("错误", "error"),
        Severity.WARNING: Bilingual("警告", "warning"),
        Severity.HINT: Bilingual("提示", "hint"),
    }
)
COUNTS: Final = MappingProxyType(
    {
        Severity.ERROR: (
            Bilingual("{count} 处错误", "1 error"),
            Bilingual("{count} 处错误", "{count} errors"),
        ),
        Severity.WARNING: (
            Bilingual("{count} 处警告", "1 warning"),
            Bilingual("{count} 处警告", "{count} warnings"),
        ),
        Severity.HINT: (Bilingual("{count} 条提示", "1 hint"), Bilingual("{count} 条提示", "{count} hints")),
    }
)
"""For one, for several."""
REMEDY: Final = Bilingual("建议", "hint")
RELATED: Final = Bilingual("相关", "related")
MORE: Final = Bilingual("另有 {count} 处", "{count} more")
NONE: Final = Bilingual("没有发现问题", "nothing found")
REASONED: Final = Bilingual("问题都已说明", "everything found is explained")
TOTAL: Final = Bilingual("共 {counts}", "{counts}")
SEPARATOR: Final = Bilingual("、", ", ")
EXPLAINED: Final = Bilingual("已说明：", "Explained:")
REASON: Final = Bilingual("理由", "reason")

COLORS: Final = MappingProxyType({Severity.ERROR: "31", Severity.WARNING: "33", Severity.HINT: "36"})
MOST_RELATED: Final = 12
"""Related places listed; the rest is counted."""


@dataclass(slots=True)
class Sources:
    """The texts to show lines of: those given, else the files themselves; empty when they cannot be read."""

    given: Mapping[str, str] | None
    places: dict[str, Places] = field(default_factory=dict)

    def line(self, location: Location) -> str | None:
        """The line of a place, None when there is none to show."""
        if location.file not in self.places:
            self.places[location.file] = Places(location.file, self._text(location.file))
        places = self.places[location.file]
        return places.line(location.line) if location.line <= places.lines and places.text else None

    def _text(self, file: str) -> str:
        if self.given is not None:
            return self.given.get(file, "")
        try:
            return readable(read_file(Path(file), FILE_BYTES))
        except ReportgenError:
            return ""


def report_text(
    diagnostics: tuple[Diagnostic, ...],
    language: Language = "zh",
    sources: Mapping[str, str] | None = None,
    *,
    color: bool = False,
) -> str:
    """Every finding in file order with its line, a caret, a remedy and related places, then their number.

    `sources` are the files' texts (as `readable` gives them) by the names in the findings; without them the
    files are read. Nothing that a terminal would obey comes through from any text.
    """
    texts = Sources(sources)
    ordered = in_file_order(diagnostics)
    open_, waived = (tuple(d for d in ordered if is_waived(d) is answer) for answer in (False, True))
    blocks = ["\n".join(lines_of(d, language, texts, color)) for d in open_]
    explained = ["\n".join(explanations(waived, language))] if waived else []
    return "\n\n".join([*blocks, summary(open_, language), *explained]) + "\n"


def is_waived(diagnostic: Diagnostic) -> bool:
    """Whether nothing is left to do about a finding because the office gave a reason."""
    return bool(diagnostic.reason) and diagnostic.level is Severity.HINT


def explanations(waived: tuple[Diagnostic, ...], language: Language) -> Iterator[str]:
    """The lines about findings that the office left as they are, each with its reason."""
    yield EXPLAINED.fill(language, {})
    for diagnostic in waived:
        message = shown(diagnostic.message(language))
        yield f"   {shown(str(diagnostic.location))}: [{diagnostic.code}] {message}"
        yield f"      {REASON.fill(language, {})}: {shown(diagnostic.reason)}"


def lines_of(diagnostic: Diagnostic, language: Language, sources: Sources, color: bool) -> Iterator[str]:
    """The lines about one finding."""
    level = diagnostic.level
    word = painted(f"{SEVERITIES[level].fill(language, {})}[{diagnostic.code}]", level, color)
    yield f"{shown(str(diagnostic.location))}: {word} {shown(diagnostic.message(language))}"
    yield from excerpt_lines(diagnostic, sources, color)
    if hint := diagnostic.hint(language):
        yield f"   {REMEDY.fill(language, {})}: {shown(hint)}"
    if diagnostic.reason:
        yield f"   {REASON.fill(language, {})}: {shown(diagnostic.reason)}"
    # What stands in the very place of the finding, without a word of its own, is told by the message.
    others = [place for place in diagnostic.related if place.note or place.location != diagnostic.location]
    for related in others[:MOST_RELATED]:
        words = (str(related.location), related.path, spoken(related.note, language))
        yield f"   {RELATED.fill(language, {})}: {shown(' '.join(word for word in words if word))}"
    more = len(others) - MOST_RELATED
    if more > 0:
        yield f"   {RELATED.fill(language, {})}: {MORE.fill(language, {'count': str(more)})}"


def excerpt_lines(diagnostic: Diagnostic, sources: Sources, color: bool) -> Iterator[str]:
    """The line a finding is about, and the caret under it; of several lines the first."""
    place = diagnostic.location
    line = sources.line(place) if place.line else None
    if line is None:
        return
    last = place.end_column - 1 if place.end_line <= place.line else len(line)
    found = excerpt(line, place.column - 1, last)
    number = f"{place.line:>5}"
    yield f"{number} | {found.text}".rstrip()
    yield f"{' ' * len(number)} | {' ' * found.indent}{painted('^' * found.carets, diagnostic.level, color)}"


def painted(text: str, level: Severity, color: bool) -> str:
    """The text in the colour of a severity."""
    return f"\x1b[1;{COLORS[level]}m{text}\x1b[0m" if color else text


def summary(diagnostics: tuple[Diagnostic, ...], language: Language) -> str:
    """How many findings there are of each severity; those that the office gave a reason for do not count."""
    counts = Counter(diagnostic.level for diagnostic in in_file_order(diagnostics) if not diagnostic.reason)
    if not counts:
        return (REASONED if diagnostics else NONE).fill(language, {})
    words = [
        COUNTS[level][counts[level] > 1].fill(language, {"count": str(counts[level])})
        for level in Severity
        if counts[level]
    ]
    return TOTAL.fill(language, {"counts": SEPARATOR.fill(language, {}).join(words)})

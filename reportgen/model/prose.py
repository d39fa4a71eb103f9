"""A text of the report as it stands in the file in; the prose that is printed, and findings, out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, Severity
from reportgen.model import formats
from reportgen.model.characters import code_point
from reportgen.model.expressions import Outcome, evaluate
from reportgen.model.filters import written
from reportgen.model.names import Names
from reportgen.model.nodes import Scalar
from reportgen.model.paragraphs import ODD_BLANKS, Piece, core, cut, find_gaps, keeps_lines
from reportgen.model.terms import Fault, Span, references
from reportgen.model.values import Date, Figure, Mark, Origin, Prose, Segment, State, Unknown

LONGEST_PARAGRAPH: Final = 20_000
MOST_FINDINGS: Final = 20
"""Findings listed for one text."""
SUSPECTS: Final = (
    (re.compile("\t+"), "tab-in-text"),
    (re.compile(f"[{ODD_BLANKS}]+"), "odd-blank"),
    (re.compile("｛[ \u3000]*[{｛]|\\{[ \u3000]*｛|\\{[ \u3000]+\\{"), "odd-braces"),
    (re.compile(r"(?<!\{)(?<!\{ )\{ *\w*[\u4e00-\u9fff][\w.]* *(?:\|[^{}\n]*)?\}(?!\})"), "odd-braces"),
    (re.compile("｝[ \u3000]*[}｝]|\\}[ \u3000]*｝|\\}[ \u3000]*\\}"), "odd-braces"),
)
"""What is hardly ever meant in the text of a report, and looks right in an editor."""

Findings = tuple[Diagnostic, ...]


def evaluate_prose(scalar: Scalar, path: str, names: Names) -> tuple[Prose, Findings]:
    """The prose of a text that is one paragraph: a title, an item, a note, a table's cell."""
    reading = Reading(scalar, path, names)
    first, *more = reading.paragraphs()
    if more:
        place = more[0].location
        reading.findings.append(find("one-paragraph", place, path))
    segments = tuple(segment for prose in (first, *more) for segment in prose.segments)
    computed = any(prose.computed for prose in (first, *more))
    prose = Prose(path, segments, scalar.location, scalar.text, computed, first.origins)
    return prose, tuple(reading.findings)


def evaluate_paragraphs(scalar: Scalar, path: str, names: Names) -> tuple[tuple[Prose, ...], Findings]:
    """The prose of each paragraph of a text, at least one; the paths of the others end in `#2`, `#3` …."""
    reading = Reading(scalar, path, names)
    return reading.paragraphs(), tuple(reading.findings)


def evaluate_figure(scalar: Scalar, path: str, names: Names) -> tuple[Figure | None, Findings]:
    """The figure of a text that is one expression, as in the data of a chart; None when it has none."""
    reading = Reading(scalar, path, names)
    return reading.figure(), tuple(reading.findings)


def plain_prose(scalar: Scalar, path: str) -> Prose:
    """A text of a field that holds no expressions, as prose."""
    start, end = core(scalar.text)
    origin = written_origin(scalar, 0, (start, end))
    segment = Segment(scalar.text[start:end])
    return Prose(path, (segment,), scalar.location, scalar.text, origins=(origin,))


def written_origin(scalar: Scalar, start: int, span: Span) -> Origin:
    """The origin of a stretch that is printed from `start` on as it is written at `span` of the scalar."""
    shift = span[0] - start
    return Origin(
        start,
        start + span[1] - span[0],
        lambda first, last: scalar.locate(first + shift, last + shift),
        span=span,
    )


def made_origin(scalar: Scalar, start: int, end: int, piece: Piece) -> Origin:
    """The origin of a stretch that an expression made."""
    term = piece.term
    names = () if term is None or isinstance(term, Fault) else references(term)
    return Origin(
        start,
        end,
        lambda _first, _last: scalar.locate(*piece.span),
        tuple(name.path for name in names),
        piece.span,
    )


@dataclass(slots=True)
class Draft:
    """A paragraph being put together."""

    start: int
    end: int = 0
    segments: list[Segment] = field(default_factory=list)
    computed: bool = False
    origins: list[Origin] = field(default_factory=list)

    @property
    def length(self) -> int:
        """How many characters are printed so far."""
        return sum(len(segment.text) for segment in self.segments)

    def add(self, text: str, mark: Mark = Mark.PLAIN) -> None:
        """Add a stretch of text; neighbours of one mark grow together."""
        if self.segments and self.segments[-1].mark is mark:
            text = self.segments.pop().text + text
        if text:
            self.segments.append(Segment(text, mark))


@dataclass(slots=True)
class Reading:
    """One text being read, and what was found in it."""

    scalar: Scalar
    path: str
    names: Names
    findings: list[Diagnostic] = field(default_factory=list)

    def paragraphs(self) -> tuple[Prose, ...]:
        """The paragraphs of the text; a single gap when it is empty or 待填."""
        text = self.scalar.text
        start, end = core(text)
        if text[start:end] in ("", self.names.unknown):
            self._report_gap((start, end))
            return (Prose(self.path, (Segment(self.names.unknown, Mark.GAP),), self.scalar.location, text),)
        drafts, keeps = [Draft(start)], keeps_lines(self.scalar)
        for piece in cut(text, self.names.budget):
            if piece.term is None:
                self._set_plain(drafts, piece, keeps=keeps)
            else:
                self._set_expression(drafts[-1], piece)
        drafts[-1].end = end
        return tuple(self._finish(draft, number) for number, draft in enumerate(drafts, 1))

    def figure(self) -> Figure | None:
        """The figure of a text that is one expression."""
        pieces = cut(self.scalar.text, self.names.budget)
        if len(pieces) != 1 or pieces[0].term is None:
            self._report("figure-not-single", core(self.scalar.text))
            return None
        outcome = self._evaluate(pieces[0])
        try:
            return outcome.figure if outcome else None
        except Fault as fault:
            self._report_fault(fault.at(pieces[0].span))
            return None

    def _set_plain(self, drafts: list[Draft], piece: Piece, *, keeps: bool) -> None:
        place = piece.span[0]
        for gap in find_gaps(self.scalar, piece, keeps=keeps):
            self._set_stretch(drafts[-1], (place, gap.span[0]), gap.joint)
            place = gap.span[1]
            if gap.separates:
                drafts[-1].end = gap.span[0]
                drafts.append(Draft(place))
        self._set_stretch(drafts[-1], (place, piece.span[1]))

    def _set_stretch(self, draft: Draft, span: Span, joint: str = "") -> None:
        for pattern, code in SUSPECTS:
            for match in pattern.finditer(self.scalar.text, *span):
                self._report(code, match.span(), written=match[0], character=code_point(match[0][0]))
        if span[0] < span[1]:
            draft.origins.append(written_origin(self.scalar, draft.length, span))
        draft.add(self.scalar.text[slice(*span)] + joint)

    def _set_expression(self, draft: Draft, piece: Piece) -> None:
        draft.computed, start = True, draft.length
        self._set_outcome(draft, piece)
        draft.origins.append(made_origin(self.scalar, start, draft.length, piece))

    def _set_outcome(self, draft: Draft, piece: Piece) -> None:
        outcome = self._evaluate(piece)
        if outcome is None:
            return
        if isinstance(outcome.value, Unknown):
            draft.add(self.names.unknown, Mark.GAP)
            return
        unchecked = any(cell.state is State.UNCHECKED for cell in outcome.cells)
        try:
            draft.add(self._printed(outcome), Mark.UNCHECKED if unchecked else Mark.PLAIN)
        except Fault as fault:
            self._report_fault(fault.at(piece.span))

    def _evaluate(self, piece: Piece) -> Outcome | None:
        """What an expression came to; None when it is at fault, which is then reported."""
        assert piece.term is not None
        try:
            if isinstance(piece.term, Fault):
                raise piece.term
            for name in references(piece.term):
                if name.steps == (self.names.unknown,):
                    self._report_gap(name.spans[0])
            return evaluate(piece.term, self.names)
        except Fault as fault:
            self._report_fault(fault.at(piece.span))
            return None

    def _printed(self, outcome: Outcome) -> str:
        match outcome.value:
            case bool():
                raise Fault("result-unprintable")
            case str() as text:
                return text
            case Date() as day:
                return formats.date(day, self.names.date)
            case _:
                return written(outcome.value)

    def _finish(self, draft: Draft, number: int) -> Prose:
        text, span = self.scalar.text, (draft.start, draft.end)
        path = self.path if number == 1 else f"{self.path}#{number}"
        length = draft.length
        if length > LONGEST_PARAGRAPH:
            self._report("paragraph-too-long", span, length=length, limit=LONGEST_PARAGRAPH)
        place = self.scalar.location if span == core(text) else self.scalar.locate(*span)
        segments, origins = tuple(draft.segments), tuple(draft.origins)
        return Prose(path, segments, place, text[slice(*span)], draft.computed, origins)

    def _report(self, code: str, span: Span, severity: Severity | None = None, **arguments: Any) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(
                find(code, self.scalar.locate(*span), self.path, severity=severity, **arguments)
            )

    def _report_fault(self, fault: Fault) -> None:
        self._report(fault.code, fault.span or (0, len(self.scalar.text)), **fault.arguments)

    def _report_gap(self, span: Span) -> None:
        self._report("prose-gap", span, Severity.ERROR if self.names.is_final else None)

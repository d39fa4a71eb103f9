"""A sound report and what it is held against in; everything a reviewer would object to out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from reportgen.catalogue import engine_catalogue, sorted_out
from reportgen.diagnostics import Diagnostic, Location, Related, Severity
from reportgen.model.assembly import short_texts
from reportgen.model.misshapes import locate
from reportgen.model.review.passages import Passage, read_passages

if TYPE_CHECKING:
    from reportgen.model.report import Report
    from reportgen.model.review.profiles import Profile

CHECKERS: Final[tuple[str, ...]] = (
    "reportgen.model.review.last_year:compare_years",
    "reportgen.model.review.figures.checker:check_figures",
    "reportgen.model.review.charts:check_descriptions",
    "reportgen.model.review.lint.lint:check_texts",
    "reportgen.model.review.guide:follow_guide",
    "reportgen.model.review.outer_form:check_outer_form",
    "reportgen.model.review.title_shapes:check_title_shapes",
    "reportgen.model.review.typed_marks:check_typed_marks",
    "reportgen.model.review.demands:check_demands",
    "reportgen.model.review.marks_left:check_marks",
)
"""The checks of a review, as `module:function`: each takes a Review and gives findings."""

Checker = Callable[["Review"], Iterable[Diagnostic]]


@dataclass(frozen=True)
class Review:
    """A report under review, with last year's report and those of sister offices as far as they are given.

    Not slotted: its passages are read once, when first asked for.
    """

    report: Report
    last: Report | None = None
    others: tuple[Report, ...] = ()
    profile: Profile | None = None

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the report as printed."""
        return read_passages(self.report)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The short texts of the report by key, as conditions of the kind compare them."""
        return short_texts(self.report.values)

    def locate(self, key: str) -> Location:
        """Where a field stands; the file's first key when it is not given."""
        root = self.report.root
        return locate(root, (key,) if root.get(key) else ())

    def find(
        self,
        code: str,
        location: Location,
        path: str = "",
        *,
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
        **arguments: Any,
    ) -> Diagnostic:
        """A finding of a code of the kind or the engine; an error of a final report only warns in a draft.

        One that a check makes less or more of than its code says is of a type of its own: whether it may be
        waived goes by that, and not by what other checks make of the code.
        """
        catalogue = self.report.kind.catalogue
        entry = catalogue[code] if code in catalogue else engine_catalogue()[code]
        if severity and severity is not entry.severity:
            entry = replace(entry, severity=severity)
        level = entry.severity
        if level is Severity.ERROR and self.report.is_draft:
            level = Severity.WARNING
        words, values = sorted_out(arguments)
        return Diagnostic(entry, location, path, values, related, level, words)


def review(subject: Review) -> Iterator[Diagnostic]:
    """What every check of a review finds."""
    for checker in CHECKERS:
        yield from load(checker)(subject)


def load(checker: str) -> Checker:
    """The function of a check."""
    module, _, name = checker.partition(":")
    function: Checker = getattr(import_module(module), name)
    return function

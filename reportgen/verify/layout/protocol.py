"""What was measured in a document in; it beside what the standard has, and a finding for each miss, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual, Diagnostic, Severity
from reportgen.verify.verification import Check, Measurement, Verdict, judged

if TYPE_CHECKING:
    from reportgen.verify.layout.places import Places
    from reportgen.verify.layout.standard import Item, Standard
    from reportgen.verify.subject import Subject

SHOWN: Final = 24
"""Characters of a line that a finding shows."""
MOST: Final = 5
"""Different wrong values of one measurement that are told."""
UNITS: Final = {"磅": "pt", "字": "characters", "行": "lines"}
NOWHERE: Final = Bilingual("全文", "whole document")


@dataclass(frozen=True, slots=True)
class Sample:
    """A value that was measured, as a number in the measurement's unit or as words, and where.

    One that is `meant` was chosen by the kind: where it does not fit, that is a warning.
    """

    value: float | Bilingual
    at: Bilingual = NOWHERE
    text: str = ""
    meant: bool = False


@dataclass(slots=True)
class Protocol:
    """Collects what is measured in one form of a document."""

    subject: Subject
    standard: Standard
    form: str
    places: Places
    measurements: list[Measurement] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def compare(self, name: str, expected: float, samples: Sequence[Sample], role: str = "") -> None:
        """Hold numbers against the one the standard has."""
        tolerance = self.standard.tolerance(name)

        def fits(sample: Sample) -> bool:
            return isinstance(sample.value, float) and abs(sample.value - expected) <= tolerance + 0.005

        self.judge(name, self.told(name, expected), samples, fits, role)

    def agree(self, name: str, expected: Bilingual, samples: Sequence[Sample], role: str = "") -> None:
        """Hold words against those the standard has."""
        self.judge(name, expected, samples, lambda sample: sample.value == expected, role)

    def refuse(self, name: str, samples: Sequence[Sample]) -> None:
        """Tell places where there should be none."""
        none = Bilingual("无", "none")
        self.judge(name, none, samples or [Sample(none)], lambda sample: sample.value == none)

    def judge(
        self,
        name: str,
        expected: Bilingual,
        samples: Sequence[Sample],
        fits: Callable[[Sample], bool],
        role: str = "",
    ) -> None:
        """One measurement of all samples, and a finding for each different value that does not fit.

        Nothing when the kind has taken the measurement away.
        """
        item = self.standard.items.get(name)
        if not samples or item is None:
            return
        wrong = [sample for sample in samples if not fits(sample)]
        shown = self.told(name, (wrong or samples)[0].value)
        if len(wrong) > 1:
            shown = Bilingual(f"{shown.zh}（{len(wrong)}处）", f"{shown.en} ({len(wrong)} places)")
        verdict = Verdict.FAILS if wrong else Verdict.HOLDS
        title = self.title(item, role)
        allowed = tolerance_of(item) if isinstance(samples[0].value, float) else ""
        self.measurements.append(Measurement(title, item.clause, expected, shown, allowed, verdict))
        for value, group in grouped(wrong):
            self.found.append(self.finding(item, role, expected, self.told(name, value), group))

    def title(self, item: Item, role: str) -> Bilingual:
        """What was measured, of which role."""
        words = self.standard.role_names.get(role)
        return Bilingual(f"{words.zh}的{item.name.zh}", f"{item.name.en}: {words.en}") if words else item.name

    def finding(
        self, item: Item, role: str, expected: Bilingual, found: Bilingual, group: Sequence[Sample]
    ) -> Diagnostic:
        """What is wrong, at the first of the places where it is."""
        first, title = group[0], self.title(item, role)
        path = self.places.path(first.text)
        lenient = (item.habit and not self.standard.own) or all(sample.meant for sample in group)
        severity = Severity.WARNING if lenient else None
        return self.subject.find(
            item.code,
            self.form,
            path,
            severity=severity,
            item=title.zh,
            item_en=title.en,
            expected=expected.zh,
            expected_en=expected.en,
            found=found.zh,
            found_en=found.en,
            at=first.at.zh,
            at_en=first.at.en,
            text=shortened(first.text),
            count=len(group),
            clause=item.clause,
        )

    def told(self, name: str, value: float | Bilingual) -> Bilingual:
        """A value with its unit."""
        if isinstance(value, Bilingual):
            return value
        item, number = self.standard.items.get(name), f"{value:.2f}".rstrip("0").rstrip(".")
        unit = item.unit if item else ""
        number = "0" if number == "-0" else number
        return Bilingual(f"{number} {unit}".strip(), f"{number} {UNITS.get(unit, unit)}".strip())

    def check(self, name: str, summary: Bilingual) -> Check:
        """The check of all that was measured."""
        return judged(name, self.found, summary, measurements=self.measurements)


def grouped(samples: Iterable[Sample]) -> list[tuple[float | Bilingual, list[Sample]]]:
    """The samples by value, as told to a tenth; only so many values."""
    groups: dict[object, list[Sample]] = {}
    for sample in samples:
        key = round(sample.value, 1) if isinstance(sample.value, float) else sample.value
        groups.setdefault(key, []).append(sample)
    return [(group[0].value, group) for group in list(groups.values())[:MOST]]


def shortened(text: str) -> str:
    """A text as findings show it."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"


def tolerance_of(item: Item) -> str | Bilingual:
    """What a measurement may differ by, with its unit."""
    amount, unit = f"±{item.tolerance:g}", item.unit
    return Bilingual(f"{amount} {unit}", f"{amount} {UNITS.get(unit, unit)}") if item.tolerance else ""

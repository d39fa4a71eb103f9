"""A verification in; its checks as lines for people, or as JSON for programs, out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from reportgen.diagnostics import Language, spoken
from reportgen.language import word
from reportgen.reporters.excerpts import shown
from reportgen.reporters.records import UNSAFE, record
from reportgen.reporters.text import report_text
from reportgen.sources import source_text
from reportgen.verify.verification import Check, Measurement, Verdict, Verification, entry_of, title_of

COLORS: Final = {
    Verdict.HOLDS: "32",
    Verdict.FAILS: "31",
    Verdict.UNTOLD: "31",
    Verdict.LEFT_OUT: "33",
    Verdict.NOT_APPLICABLE: "2",
}


def verification_text(
    verification: Verification, language: Language, *, color: bool = False, measured: bool = False
) -> str:
    """The verdict on every check, everything found, and the conclusion; `measured` adds every number."""
    parts = ["\n".join(check_lines(verification, language, color=color, measured=measured))]
    if verification.diagnostics:
        texts = verification.texts or None
        parts.append(report_text(verification.diagnostics, language, texts, color=color).rstrip("\n"))
    parts.append(conclusion(verification, language))
    return "\n\n".join(parts) + "\n"


def check_lines(
    verification: Verification, language: Language, *, color: bool, measured: bool
) -> Iterator[str]:
    """A line for every check, below it what was measured."""
    for check in verification.checks:
        verdict = word(f"verdict {check.verdict.value}", language)
        if color:
            verdict = f"\x1b[1;{COLORS[check.verdict]}m{verdict}\x1b[0m"
        facts = [title_of(check).fill(language, {}), shown(check.summary.fill(language, {})), check.tool]
        yield f"{verdict}  " + "  ".join(fact for fact in facts if fact)
        for number in check.measurements if measured else ():
            yield f"    {measurement_line(number, language)}"


def measurement_line(number: Measurement, language: Language) -> str:
    """One number of the standard beside what was found."""
    wanted = spoken(number.expected, language) + spoken(number.tolerance, language)
    expected = word("expected", language, value=wanted)
    verdict = word(f"verdict {number.verdict.value}", language)
    item = number.item.fill(language, {})
    return f"{verdict}  {item}  {shown(spoken(number.found, language))}  {expected}  {number.clause}".rstrip()


def conclusion(verification: Verification, language: Language) -> str:
    """The verdict on the whole, with how many checks came to which."""
    counts = Counter(check.verdict for check in verification.checks)
    numbers = [
        word(f"count {verdict.value}", language, count=counts[verdict])
        for verdict in Verdict
        if counts[verdict]
    ]
    key = "not verified" if not verification.passed else "verified" if verification.is_told else "not altered"
    said = word(key, language, counts=word("comma", language).join(numbers))
    return said + word("asked nobody", language) if verification.quick else said


def verification_json(verification: Verification, language: Language) -> str:
    """Everything about a verification but its pictures, as a JSON object."""
    content = {
        "subject": verification.subject,
        "passed": verification.passed,
        "standing": standing_of(verification),
        "about": dict(verification.about),
        "checks": [check_record(check, language) for check in verification.checks],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def standing_of(verification: Verification) -> str:
    """The answer on the whole: `holds`, `fails`, or `cannot-be-told` when a check is without an answer."""
    if any(check.verdict is Verdict.FAILS for check in verification.checks):
        return Verdict.FAILS.value
    holds = verification.passed and verification.is_told
    return Verdict.HOLDS.value if holds else Verdict.UNTOLD.value


def check_record(check: Check, language: Language) -> dict[str, Any]:
    """The fields of a check."""
    return {
        "name": check.name,
        "title": title_of(check).fill(language, {}),
        "source": source_text(entry_of(check).source, language),
        "verdict": check.verdict.value,
        "tool": check.tool,
        "summary": check.summary.fill(language, {}),
        "measurements": [
            {
                "item": number.item.fill(language, {}),
                "clause": number.clause,
                "expected": spoken(number.expected, language),
                "tolerance": spoken(number.tolerance, language),
                "found": spoken(number.found, language),
                "verdict": number.verdict.value,
            }
            for number in check.measurements
        ],
        "findings": [record(found, language) for found in check.diagnostics],
    }

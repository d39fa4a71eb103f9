"""The verdict on a package in; the report of its four-property check, as the engine reads reports, out."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import is_fatal
from reportgen.reporters.verification import standing_of
from reportgen.verify.package.items import PREFIX
from reportgen.verify.verification import Check, Verdict, Verification, entry_of

if TYPE_CHECKING:
    from reportgen.model.kind import Kind

KIND: Final = "four-property-report"
PARTS: Final = {"1": "authenticity", "2": "completeness", "3": "usability", "r": "usability", "4": "security"}
"""The role of the field that an item goes into, by the first character of its code."""
RECORD: Final = "1-1-record"
"""The item that alone shows whether a package is the newest of its report."""
MOST_PROBLEMS: Final = 60
LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Tested:
    """What was tested: `title` and `number` of the package, `digest` of its tag manifest, by whom and when.

    `day` is the date of the report, `software` what made it.
    """

    title: str
    number: str
    digest: str
    organ: str
    day: str
    software: str


def write_report(verification: Verification, tested: Tested, kind: Kind) -> bytes:
    """The report's YAML: every value a quoted text, so nothing in it is read as anything else."""
    lines = [f"{key}: {value}" for key, value in head(tested, kind).items()]
    for role, blocks in parts(verification, tested, kind.texts["check"]).items():
        lines.append(f"{kind.fields[role]}:")
        lines += [line for block in blocks for line in block]
    return ("\n".join(lines) + "\n").encode()


def head(tested: Tested, kind: Kind) -> Mapping[str, str]:
    """The fields of a line each."""
    fields, words = kind.fields, kind.vocabulary
    given = {
        "kind": quoted(kind.title),
        "year": tested.day[:4],
        "organ": quoted(tested.organ),
        "about": quoted(tested.title),
        "status": words["final"],
        "date": tested.day,
    }
    return {fields[role]: value for role, value in given.items()}


def parts(verification: Verification, tested: Tested, words: Mapping[str, Any]) -> dict[str, list[list[str]]]:
    """The blocks of every section, by its role."""
    sections = {"conclusion": [paragraph(text) for text in conclusion(verification, tested, words)]}
    for role in dict.fromkeys(PARTS.values()):
        checks = [check for check in verification.checks if PARTS[code_of(check)[0]] == role]
        sections[role] = [table(checks, words)]
    sections["problems"] = [paragraph(text) for text in problems(verification, words)]
    return sections


def conclusion(verification: Verification, tested: Tested, words: Mapping[str, Any]) -> Iterator[str]:
    """What was tested, how it came out, and by what the package is known again."""
    counts = Counter(check.verdict for check in verification.checks)
    told = "，".join(
        words["count"][verdict.value].format(counts[verdict]) for verdict in Verdict if counts[verdict]
    )
    yield words["lead"].format(software=tested.software, number=tested.number)
    yield words["conclusions"][standing_of(verification)]
    untold = [check for check in verification.checks if check.verdict is Verdict.UNTOLD]
    if untold:
        yield words["untold"].format(
            items="、".join(f"{shown_code(check)}{item_name(check)}" for check in untold)
        )
    if any(code_of(check) == RECORD and check.verdict is Verdict.LEFT_OUT for check in verification.checks):
        yield words["newest"]
    yield words["counts"].format(total=len(verification.checks), counts=told)
    yield words["tag"].format(digest=tested.digest)


def table(checks: Sequence[Check], words: Mapping[str, Any]) -> list[str]:
    """A row for every item."""
    head = ", ".join(map(quoted, words["header"]))
    widths = ", ".join(map(str, words["widths"]))
    lines = ["  - 附表:", f"      表头: [{head}]", f"      列宽: [{widths}]", "      行:"]
    return lines + [f"        - [{', '.join(map(quoted, row(check, words)))}]" for check in checks]


def row(check: Check, words: Mapping[str, Any]) -> tuple[str, ...]:
    """The number of an item, its name, what it asks, how it came out, and what was done or why."""
    entry = entry_of(check)
    done = check.summary.fill("zh", {})
    tool = f"（{check.tool}）" if check.tool else ""
    wrong = "；".join(finding.message("zh") for finding in check.diagnostics[:2])
    verdict = words["verdicts"][check.verdict.value]
    return (
        shown_code(check),
        item_name(check),
        entry.explanation.zh,
        verdict,
        "；".join(filter(None, (done + tool, wrong))),
    )


def item_name(check: Check) -> str:
    """The name of an item without its number."""
    title = entry_of(check).title.zh
    return title.partition(" ")[2] or title


def code_of(check: Check) -> str:
    """The code of an item: `1-1-original`."""
    return check.name.removeprefix(PREFIX)


def shown_code(check: Check) -> str:
    """The number of an item in the standard; a dash for one of ours."""
    segments = code_of(check).split("-")[:2]
    return "-".join(segments) if segments[0].isdecimal() else "—"


def problems(verification: Verification, words: Mapping[str, Any]) -> Iterator[str]:
    """Everything found, each with its remedy."""
    found = [finding for finding in verification.diagnostics if is_fatal((finding,))]
    for finding in found[:MOST_PROBLEMS]:
        yield words["problem"].format(message=finding.message("zh"), hint=finding.hint("zh"))
    if len(found) > MOST_PROBLEMS:
        yield words["more"].format(count=len(found) - MOST_PROBLEMS)
    if not found:
        yield words["nothing"]


def paragraph(text: str) -> list[str]:
    """A block of text."""
    return [f"  - {quoted(text)}"]


def quoted(text: str) -> str:
    """A text that YAML and the engine take as it stands, whatever a stranger wrote into it."""
    harmless = "".join(char if is_common(char) else "？" for char in re.sub("{(?={)", "{ ", text))
    return json.dumps(harmless[:LONGEST].strip() or "—", ensure_ascii=False)


def is_common(char: str) -> bool:
    """Whether every font of the standard has a character."""
    if char.isascii():
        return char.isprintable()
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return char in "—·“”‘’…"

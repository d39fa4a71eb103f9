"""A PDF in; veraPDF's verdicts by PDF/A-3a and PDF/UA-1 out, from one Java machine in another process.

Whatever is forked from a process with a Java machine in it may hang: so it never is in this one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import reportgen
from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance.absence import lacking, unanswered
from reportgen.verify.conformance.outside import Answer, as_file, asked
from reportgen.verify.conformance.tools import (
    VERAPDF,
    find_java,
    find_package,
    java_order,
    python_order,
)
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, judged

TOOL: Final = "veraPDF"
FLAVOURS: Final = ("3a", "ua1")
NAMES: Final = tuple(f"verapdf-{flavour}" for flavour in FLAVOURS)
EXAMINER: Final = "reportgen.verify.conformance.verapdf_examiner"
INSTEAD: Final = Bilingual("现由较轻的“归档格式条款”检查代替", "the lesser check of clauses stands in for it")
SUMMARY: Final = Bilingual("逐条核验{checks}次", "{checks} assertions")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What veraPDF says: `failures` counts the failed checks by clause and test, with one message each."""

    passed: bool
    checks: int
    failures: Mapping[str, tuple[int, str]]


def check_verapdf(subject: Subject) -> tuple[Check, ...]:
    """One check for each flavour; left out when Java or a package is not there."""
    with verapdf_at_work(subject) as checks:
        return checks()


@contextmanager
def verapdf_at_work(subject: Subject) -> Iterator[Callable[[], tuple[Check, ...]]]:
    """veraPDF at work beside this process until the block ends; what is yielded waits for its checks."""
    absent = what_lacks()
    if absent:
        yield lambda: absent
        return
    with judging(subject.contents["pdf"]) as answer:
        yield lambda: checks_of(subject, answer())


def what_lacks() -> tuple[Check, ...]:
    """The checks left out when Java or a package is not there; none when all is."""
    missing = [package for module, package in VERAPDF.items() if not find_package(module)]
    if missing:
        return tuple(
            lacking(name, ", ".join(missing), python_order(*missing), TOOL, INSTEAD) for name in NAMES
        )
    if find_java() is None:
        return tuple(lacking(name, "Java", java_order(), TOOL, INSTEAD) for name in NAMES)
    return ()


def checks_of(subject: Subject, answer: Answer) -> tuple[Check, ...]:
    """What was answered as a check for each flavour."""
    judgements = read_judgements(answer)
    if judgements is None:
        return tuple(unanswered(name, subject, "pdf", TOOL, answer) for name in NAMES)
    return tuple(told(name, subject, judgement) for name, judgement in zip(NAMES, judgements, strict=True))


def told(name: str, subject: Subject, judgement: Judgement) -> Check:
    """The verdict on one flavour as a check."""
    found = [
        subject.find("verapdf-failed", "pdf", clause=clause, count=count, message=message)
        for clause, (count, message) in judgement.failures.items()
    ]
    if not judgement.passed and not found:
        found.append(subject.find("proof-failed", "pdf", tool=TOOL, reason="not compliant"))
    count = {"checks": f"{judgement.checks:,}"}
    summary = Bilingual(SUMMARY.zh.format_map(count), SUMMARY.en.format_map(count))
    return judged(name, found, summary, tool=TOOL)


@contextmanager
def judging(pdf: bytes) -> Iterator[Callable[[], Answer]]:
    """The process that judges a PDF, at work until the block ends; what is yielded waits for its answer."""
    java = find_java()
    environment = {"PYTHONPATH": str(Path(reportgen.__file__).parents[1])}
    if java:
        environment["JAVA_HOME"] = str(java.parents[1])
    with as_file(pdf, "document.pdf") as path:
        order = [sys.executable, "-m", EXAMINER, str(path), *FLAVOURS]
        with asked(order, path.parent, environment=environment) as answer:
            yield answer


def read_judgements(answer: Answer) -> tuple[Judgement, ...] | None:
    """The verdicts by flavour; None when the process came to none."""
    try:
        told = json.loads(answer.out.splitlines()[-1])
        return tuple(read_judgement(*told[flavour]) for flavour in FLAVOURS)
    except (ValueError, LookupError, TypeError):
        return None


def read_judgement(passed: bool, checks: int, failures: Mapping[str, tuple[int, str]]) -> Judgement:
    """A verdict as the examiner writes it."""
    return Judgement(passed, checks, {key: (count, message) for key, (count, message) in failures.items()})

"""A web page in; what the Nu HTML Checker finds out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance.absence import lacking, unanswered
from reportgen.verify.conformance.outside import Answer, as_file, asked
from reportgen.verify.conformance.tools import find_html_checker, find_java, java_order, node_order
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, judged

NAME: Final = "html-valid"
TOOL: Final = "Nu HTML Checker"
MOST: Final = 50
JAVA_OPTIONS: Final = ("-Xmx512m", "-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
ASKED: Final = ("--errors-only", "--exit-zero-always", "--no-langdetect", "--format", "json", "--stdout")
"""Which language a page is written in is never an error, and guessing it takes a quarter of the time."""
INSTEAD: Final = Bilingual(
    "现由较轻的“网页安全、人人可读”检查代替", "the lesser check of the page stands in for it"
)
SUMMARY: Final = Bilingual("按 HTML 规范检查了全部语法", "the whole syntax held against the HTML standard")


@dataclass(frozen=True, slots=True)
class Breach:
    """What is not valid: the line of the page, and what is wrong there."""

    line: int
    message: str


def check_html_valid(subject: Subject) -> tuple[Check, ...]:
    """The check by the Nu HTML Checker; left out when Java or the checker is not there."""
    with html_valid_at_work(subject) as checks:
        return checks()


@contextmanager
def html_valid_at_work(subject: Subject) -> Iterator[Callable[[], tuple[Check, ...]]]:
    """The Nu HTML Checker at work until the block ends; what is yielded waits for its check."""
    java, checker = find_java(), find_html_checker()
    if checker is None:
        yield lambda: (lacking(NAME, "vnu-jar", node_order("vnu-jar"), TOOL, INSTEAD),)
    elif java is None:
        yield lambda: (lacking(NAME, "Java", java_order(), TOOL, INSTEAD),)
    else:
        with checker_at_work(subject.contents["html"], java, checker) as breaches:
            yield lambda: told(subject, breaches())


def told(subject: Subject, breaches: Sequence[Breach] | Answer) -> tuple[Check, ...]:
    """What the checker answered as a check."""
    if isinstance(breaches, Answer):
        return (unanswered(NAME, subject, "html", TOOL, breaches),)
    found = [
        subject.find("html-invalid", "html", line=breach.line, message=breach.message)
        for breach in breaches[:MOST]
    ]
    return (judged(NAME, found, SUMMARY, tool=TOOL),)


@contextmanager
def checker_at_work(
    html: bytes, java: Path, checker: Path
) -> Iterator[Callable[[], Sequence[Breach] | Answer]]:
    """The checker at work on a page until the block ends; what is yielded waits for what it finds."""
    with as_file(html, "page.html") as path:
        command = [str(java), *JAVA_OPTIONS, "-jar", str(checker), *ASKED, str(path)]
        with asked(command, path.parent) as answer:
            yield lambda: breaches_of(answer())


def breaches_of(answer: Answer) -> Sequence[Breach] | Answer:
    """What the checker calls an error; what it answered when it came to no verdict."""
    try:
        messages = json.loads(answer.out)["messages"]
        return [
            Breach(int(item.get("lastLine", 0)), str(item["message"]))
            for item in messages
            if item["type"] in ("error", "non-document-error")
        ]
    except (ValueError, LookupError, TypeError):
        return answer

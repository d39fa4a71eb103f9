"""A web page in; what the Nu HTML Checker finds out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance.absence import lacking, unanswered
from reportgen.verify.conformance.outside import Answer, as_file, ask
from reportgen.verify.conformance.tools import find_html_checker, find_java, java_order, node_order
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, judged

NAME: Final = "html-valid"
TOOL: Final = "Nu HTML Checker"
MOST: Final = 50
JAVA_OPTIONS: Final = ("-Xmx512m", "-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
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
    java, checker = find_java(), find_html_checker()
    if checker is None:
        return (lacking(NAME, "vnu-jar", node_order("vnu-jar"), TOOL, INSTEAD),)
    if java is None:
        return (lacking(NAME, "Java", java_order(), TOOL, INSTEAD),)
    breaches = breaches_of(subject.contents["html"], java, checker)
    if isinstance(breaches, Answer):
        return (unanswered(NAME, subject, "html", TOOL, breaches),)
    found = [
        subject.find("html-invalid", "html", line=breach.line, message=breach.message)
        for breach in breaches[:MOST]
    ]
    return (judged(NAME, found, SUMMARY, tool=TOOL),)


def breaches_of(html: bytes, java: Path, checker: Path) -> Sequence[Breach] | Answer:
    """What the checker calls an error; what it answered when it came to no verdict."""
    with as_file(html, "page.html") as path:
        command = [str(java), *JAVA_OPTIONS, "-jar", str(checker), "--errors-only", "--exit-zero-always"]
        answer = ask([*command, "--format", "json", "--stdout", str(path)])
    try:
        messages = json.loads(answer.out)["messages"]
        return [
            Breach(int(item.get("lastLine", 0)), str(item["message"]))
            for item in messages
            if item["type"] in ("error", "non-document-error")
        ]
    except (ValueError, LookupError, TypeError):
        return answer

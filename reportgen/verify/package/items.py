"""What was found for an item of the standard in; the check of that item, with its verdict, out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.verify.package.parts import MOST_TOLD
from reportgen.verify.verification import Check, Verdict, judged

PREFIX: Final = "package-"


def item(code: str, found: Iterable[Diagnostic], done: Bilingual, tool: str = "") -> Check:
    """The check of an item: `done` says what was looked at."""
    return judged(PREFIX + code, tuple(islice(found, MOST_TOLD)), done, tool=tool)


def untold(code: str, why: Bilingual, *found: Diagnostic) -> Check:
    """An item without an answer."""
    return Check(PREFIX + code, Verdict.UNTOLD, why, diagnostics=found)


def not_applicable(code: str, why: Bilingual) -> Check:
    """An item that asks for what no program can look at here."""
    return Check(PREFIX + code, Verdict.NOT_APPLICABLE, why)


def both(zh: str, en: str) -> Bilingual:
    """A text whose values are filled in already."""
    return Bilingual(zh.replace("{", "{{").replace("}", "}}"), en.replace("{", "{{").replace("}", "}}"))

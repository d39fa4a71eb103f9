"""`doctor`: nothing in, what this machine has and lacks out, each lack with the command that mends it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from reportgen.console import Console
from reportgen.diagnostics import Language
from reportgen.language import word

if TYPE_CHECKING:
    from reportgen.doctor import Check

MISSING = 4


def run(options: Namespace, console: Console) -> int:
    """Print the examination; 4 when something needed is missing."""
    from reportgen.doctor import State, examine

    missing = 0
    for check in examine(options.fonts, options.kinds):
        missing += check.state is State.MISSING
        if check.state is not State.OK or not console.quiet:
            console.show(line(check, console.language))
    if missing:
        console.say("unfit", number=missing)
        return MISSING
    console.say("fit")
    return 0


def line(check: Check, language: Language) -> str:
    """One check: its state, what was found, and the remedy on a line of its own."""
    wanted = word("wanted", language, wanted=check.wanted) if check.wanted else ""
    note = check.note.en if language == "en" else check.note.zh
    parts = (word(f"state {check.state.value}", language), check.name, check.found, wanted, note)
    text = "  ".join(part for part in parts if part)
    remedy = word("remedy", language) + check.remedy
    return f"{text}\n    {remedy}" if check.remedy else text

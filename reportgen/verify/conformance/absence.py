"""The name of a check and what it lacks in; the check that was not made, or that got no answer, out."""

from __future__ import annotations

from typing import Final

from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance.outside import Answer
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, Verdict, left_out

LACKING: Final = Bilingual(
    "本机没有{what}；安装：{order}", "{what} is not on this machine; to install it: {order}"
)
MOST_SHOWN: Final = 200


def lacking(name: str, what: str, order: str, tool: str, instead: Bilingual | None = None) -> Check:
    """A check left out because a tool is not there, with the command that installs it and what stands in."""
    values = {"what": what, "order": order}
    texts = Bilingual(LACKING.zh.format_map(values), LACKING.en.format_map(values))
    if instead:
        texts = Bilingual(f"{texts.zh}。{instead.zh}", f"{texts.en}. {instead.en}")
    return left_out(name, texts, tool)


def unanswered(name: str, subject: Subject, form: str, tool: str, answer: Answer) -> Check:
    """A check whose tool stopped at a limit, or broke down: that counts as failed."""
    lines = [line for line in answer.err.strip().splitlines() if line.strip()]
    reason = (lines[-1] if lines else f"exit code {answer.code}")[:MOST_SHOWN]
    found = subject.find("proof-failed", form, tool=tool, reason=reason)
    return Check(name, Verdict.UNTOLD, found.type.message, tool, (found,))

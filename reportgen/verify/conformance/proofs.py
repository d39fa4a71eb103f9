"""Documents in; the checks that other programs make of them out, all at work at the same time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance import html_valid, open_xml, verapdf
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, left_out

NOT_ASKED = Bilingual("加 --prove 时由{tool}检查", "with --prove {tool} does this")
PROOFS: tuple[tuple[str, tuple[str, ...], str, Callable[[Subject], tuple[Check, ...]]], ...] = (
    ("pdf", verapdf.NAMES, verapdf.TOOL, verapdf.check_verapdf),
    ("docx", (open_xml.NAME,), open_xml.TOOL, open_xml.check_open_xml),
    ("html", (html_valid.NAME,), html_valid.TOOL, html_valid.check_html_valid),
)
"""Form, the names of its checks, the tool that is wanted, and what makes them."""


def check_proofs(subject: Subject, *, prove: bool) -> tuple[Check, ...]:
    """The checks of other programs; left out, with the reason, when they were not asked for."""
    if prove:
        return prove_conformance(subject)
    wanted = [proof for proof in PROOFS if proof[0] in subject.contents]
    return tuple(not_asked(name, tool) for _, names, tool, _ in wanted for name in names)


def prove_conformance(subject: Subject) -> tuple[Check, ...]:
    """The checks of other programs; one whose program is not there is left out, with what installs it."""
    wanted = [proof for proof in PROOFS if proof[0] in subject.contents]
    with ThreadPoolExecutor(max_workers=len(PROOFS)) as pool:
        results = list(pool.map(lambda proof: proof[3](subject), wanted))
    return tuple(check for checks in results for check in checks)


def not_asked(name: str, tool: str) -> Check:
    """A check that was not asked for."""
    reason = Bilingual(NOT_ASKED.zh.format_map({"tool": tool}), NOT_ASKED.en.format_map({"tool": tool}))
    return left_out(name, reason, tool)

"""Documents in; the checks that other programs make of them out, all at work at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from reportgen.diagnostics import Bilingual
from reportgen.verify.conformance import html_valid, open_xml, verapdf
from reportgen.verify.subject import Subject
from reportgen.verify.verification import Check, left_out

NOT_ASKED = Bilingual("加 --prove 时由{tool}检查", "with --prove {tool} does this")
Proofs = Callable[[], tuple[Check, ...]]
"""What waits for the checks of other programs."""
PROOFS: tuple[tuple[str, tuple[str, ...], str, Callable[[Subject], AbstractContextManager[Proofs]]], ...] = (
    ("pdf", verapdf.NAMES, verapdf.TOOL, verapdf.verapdf_at_work),
    ("docx", (open_xml.NAME,), open_xml.TOOL, open_xml.open_xml_at_work),
    ("html", (html_valid.NAME,), html_valid.TOOL, html_valid.html_valid_at_work),
)
"""Form, the names of its checks, the tool that is wanted, and what sets it to work."""


def check_proofs(subject: Subject, *, prove: bool) -> tuple[Check, ...]:
    """The checks of other programs; left out, with the reason, when they were not asked for."""
    if prove:
        return prove_conformance(subject)
    wanted = [proof for proof in PROOFS if proof[0] in subject.contents]
    return tuple(not_asked(name, tool) for _, names, tool, _ in wanted for name in names)


def prove_conformance(subject: Subject) -> tuple[Check, ...]:
    """The checks of other programs; one whose program is not there is left out, with what installs it."""
    with proofs_at_work(subject) as proofs:
        return proofs()


@contextmanager
def proofs_at_work(subject: Subject) -> Iterator[Proofs]:
    """The other programs at work until the block ends; what is yielded waits for their checks."""
    with ExitStack() as stack:
        begun = [stack.enter_context(proof[3](subject)) for proof in PROOFS if proof[0] in subject.contents]
        yield lambda: tuple(check for proofs in begun for check in proofs())


def not_asked(name: str, tool: str) -> Check:
    """A check that was not asked for."""
    reason = Bilingual(NOT_ASKED.zh.format_map({"tool": tool}), NOT_ASKED.en.format_map({"tool": tool}))
    return left_out(name, reason, tool)

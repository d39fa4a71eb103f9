"""A reviewer's Word file and a report's file in; the file with the changes out, or nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.absorbing.arrivals import clean
from reportgen.absorbing.carrying_out import carry_out
from reportgen.absorbing.draft import draw
from reportgen.absorbing.figures import plan_names
from reportgen.absorbing.pairing import SURE, Paired, pair
from reportgen.absorbing.plan import Change, Plan, listed, shortened
from reportgen.absorbing.remarks import put_remarks
from reportgen.absorbing.rewording import EDGES, plan_texts, said
from reportgen.absorbing.shifting import plan_order
from reportgen.absorbing.strangers import plan_strangers
from reportgen.absorbing.unfolding import unfold
from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Diagnostic, Location, Severity
from reportgen.edited.copy import EditedCopy
from reportgen.edited.numbering import unnumbered
from reportgen.edited.reading import CopyError, read_copy
from reportgen.edited.stretches import likeness, rebase
from reportgen.errors import FileError, ReportError, UsageError
from reportgen.files.disk import Disk
from reportgen.files.reading import digest, read_file
from reportgen.files.writing import rewrite_file
from reportgen.model.limits import FILE_BYTES
from reportgen.model.report import read_report

if TYPE_CHECKING:
    from reportgen.model.report import Report

MOST_BYTES: Final = 256 * 1024 * 1024
SAMPLES, SAMPLE = 3, 12
"""How many lost places are named, and with how many characters."""
KNOWN: Final = 0.5
"""Of the texts that were put in so many have to be the report's, or it is another report's file."""
TELLING: Final = 12
"""Characters of a text that tells one report from another."""


@dataclass(frozen=True, slots=True)
class Absorption:
    """What came of a copy: the file before and after, the changes in it, and what is left to be decided."""

    before: bytes
    after: bytes
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to be decided."""
        return all(finding.level is Severity.HINT for finding in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Wish:
    """How to absorb: `literal` are places whose expressions may become plain text."""

    literal: frozenset[str] = frozenset()
    kinds: tuple[Path, ...] = ()
    disk: Disk = field(default_factory=Disk)


def absorb(copy: Path, path: Path, wish: Wish, *, check: bool = False) -> Absorption:
    """Take a reviewer's changes into a report's file, in one step; `check` only looks.

    Raises FileError when a file cannot be read or written, or is no Word file of ours, ReportError when the
    report cannot be read before or after: then nothing has changed.
    """
    content, before = read_file(copy, MOST_BYTES), read_file(path, FILE_BYTES)
    absorbed = take_in(content, str(copy), before, path, wish)
    if not check and absorbed.after != before:
        rewrite_file(path, before, absorbed.after, disk=wish.disk)
    return absorbed


def take_in(content: bytes, name: str, before: bytes, path: Path, wish: Wish) -> Absorption:
    """What comes of a copy; nothing is written. Raises as `absorb` does."""
    try:
        copy = read_copy(content)
    except CopyError as error:
        raise FileError(find("absorb-unreadable", Location(name), name=name)) from error
    if not copy.bookmarks:
        raise FileError(find("absorb-no-map", Location(name), name=name))
    first = plan_all(copy, name, load(before, path, wish), wish, same_source=copy.source == digest(before))
    check_literal(first, wish)
    first, data = carried_out(first, copy, before, path, wish)
    second = first
    if data != before:
        second = plan_all(copy, name, load(data, path, wish), wish, same_source=copy.source == digest(data))
    account(second)
    after, remarks = put_remarks(second, data)
    hints = (*tell_by_text(first), *tell_newer(first, copy, before))
    return Absorption(before, after, (*first.changes, *remarks), (*second.findings, *hints))


def carried_out(first: Plan, copy: EditedCopy, before: bytes, path: Path, wish: Wish) -> tuple[Plan, bytes]:
    """The plan and the file with it, made anew where paragraphs inside a text came, went or moved."""
    loose = unfold(first, before)
    if loose != before:
        report = load(loose, path, wish)
        again = plan_all(copy, first.file, report, renamed(wish, first, report), same_source=False)
        if printed_texts(again) == printed_texts(first) and carry_out(again, loose) != loose:
            return again, carry_out(again, loose)
    return first, carry_out(first, before)


def renamed(wish: Wish, plan: Plan, report: Report) -> Wish:
    """A wish with its places as a report calls them that says the same in lists."""
    if not wish.literal:
        return wish
    names = dict(zip(plan.draft.prose, draw(report).prose, strict=False))
    return replace(wish, literal=frozenset(names.get(place, place) for place in wish.literal))


def printed_texts(plan: Plan) -> list[str]:
    """What the report prints, paragraph by paragraph."""
    return [base.text for base in plan.pairing.currents]


def load(data: bytes, path: Path, wish: Wish) -> Report:
    """The report of a content; raises ReportError when its shape is not right."""
    loaded = read_report(data, path, kinds=wish.kinds)
    if loaded.report is None:
        raise ReportError(find("absorb-unloadable", Location(str(path))), *loaded.diagnostics)
    return loaded.report


def plan_all(copy: EditedCopy, name: str, report: Report, wish: Wish, *, same_source: bool) -> Plan:
    """The plan for a copy and a report as it stands; raises FileError when they do not belong together."""
    draft = draw(report)
    plan = Plan(draft, pair(copy, draft, same_source=same_source), name, wish.literal)
    check_belonging(plan, same_source)
    plan_strangers(plan, copy)
    plan_texts(plan)
    plan_names(plan)
    plan_order(plan)
    return plan


def check_belonging(plan: Plan, same_source: bool) -> None:
    """See that the copy was made from this report; raises FileError.

    The title tells. Under another title, of an office renamed since or of another office, the texts do.
    """
    if same_source:
        return
    title = plan.draft.field("title")
    base = next((base for base in plan.pairing.bases if base.bookmark.path.startswith(title)), None)
    now = next((base for base in plan.pairing.currents if base.bookmark.path.startswith(title)), None)
    if base is not None and now is not None:
        if base.text == now.text or (digits(base.text) == digits(now.text) and are_texts_known(plan)):
            return
    elif are_texts_known(plan):
        return
    raise FileError(find("absorb-other-report", Location(plan.file), name=plan.file,
                         title=base.text if base else ""))  # fmt: skip


def are_texts_known(plan: Plan) -> bool:
    """Whether the report still has enough of the texts that were put into the copy; figures tell nothing."""
    texts = [base for base in plan.pairing.bases if base.paths and len(base.text) >= TELLING]
    current = plan.pairing.current
    met = [b for b in texts if b.number in current and likeness(b.text, current[b.number].text) >= SURE]
    return len(met) >= KNOWN * len(texts)


def digits(text: str) -> str:
    """The digits of a text: a title's year."""
    return "".join(filter(str.isdigit, text))


def check_literal(plan: Plan, wish: Wish) -> None:
    """See that every place whose expressions may go is one; raises UsageError."""
    names = {*plan.draft.prose, plan.draft.field("title"), plan.draft.field("signature")}
    for path in sorted(wish.literal - names):
        raise UsageError(find("absorb-literal", Location("--literal"), name=path))


def tell_by_text(plan: Plan) -> Iterator[Diagnostic]:
    """A hint when bookmarks were lost or doubled, with the first places."""
    if plan.pairing.by_text:
        places = listed([shortened(base.text)[:SAMPLE] for base in plan.pairing.by_text[:SAMPLES]])
        yield find("absorb-by-text", Location(plan.file), count=len(plan.pairing.by_text), places=places)


def tell_newer(plan: Plan, copy: EditedCopy, before: bytes) -> Iterator[Diagnostic]:
    """A hint when the report has changed since the copy was made from it."""
    if copy.source != digest(before):
        yield find("absorb-newer", Location(str(plan.draft.report.path)), name=plan.file)


def account(plan: Plan) -> None:
    """Tell everything of the copy that the report does not say by now and that nothing was told of.

    `plan` is one made after the changes: what it would change still was not taken over.
    """
    for change in plan.changes:
        text = change.before or change.after
        held = [p for p in plan.pairing.paragraphs if p.number in plan.told]
        if not any(change.after and p.text == change.after for p in held):
            before, after = shortened(change.before), shortened(change.after)
            where = Bilingual(f"“{shortened(text)}”", f"“{shortened(text)}”")
            location = plan.location(change.path)
            finding = find("absorb-unsure", location, change.path, where=where, before=before, after=after)
            plan.findings.append(finding)
    changed = {change.after for change in plan.changes}
    for paired in plan.pairing.paragraphs:
        if paired.number in plan.told or paired.text in changed or is_said(plan, paired):
            continue
        before = "".join(base.text for base in paired.bases)
        plan.ask("absorb-unsure", paired, plan.current.get(paired.number), before=before, after=paired.text)


def is_said(plan: Plan, paired: Paired) -> bool:
    """Whether the report says what a paragraph says, as far as the reviewer changed it."""
    current = plan.current.get(paired.number)
    if not paired.bases:
        if current is not None and current.text != clean(paired.text):
            old = current.text[: len(current.text) - len(unnumbered(current.text))]
            plan.ask("absorb-numbering", paired, current, old=old.strip("\u3000"))
        return current is not None or not paired.text.strip(EDGES)
    base, text = "".join(base.text for base in paired.bases), said(paired)
    if current is None:
        return text == base.rstrip(EDGES)
    if text == current.text or text == base.rstrip(EDGES):
        return True
    rebased = rebase(base, text, current.text)
    return not rebased.stretches and not rebased.conflicts

"""The path of what was made in; every check that can be made on it, each with its verdict, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Location, is_fatal
from reportgen.verify.opening import Sought, open_subject
from reportgen.verify.verification import Check, Verdict, Verification, title_of

if TYPE_CHECKING:
    from reportgen.model.report import Report
    from reportgen.partner import Channel
    from reportgen.verify.signed import Asked
    from reportgen.verify.subject import Subject

QUICK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "twins": "reportgen.verify.twins:check_twins",
        "layout": "reportgen.verify.layout:check_layout",
        "conformance": "reportgen.verify.conformance:check_alone",
    }
)
"""The parts that need no other program, each with its `module:function`: made on every build."""
PROVING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "validators": "reportgen.verify.conformance.proofs:proofs_at_work",
        "setting": "reportgen.verify.setting:setting_at_work",
    }
)
"""The parts that ask other programs, each with what sets them to work: validators, a word processor.

The last takes longest: it is begun and waited for first.
"""

SIGNATURES: Final = "signatures"
"""The part that judges signatures: only of what is verified by itself, never in a build."""

ABOUT: Final = ("kind", "organ", "year", "status", "date")
"""The roles of the fields that say which report it is."""

UNREADABLE: Final = ("docx-unreadable", "word-unreadable", "page-unreadable", "pdf-unreadable")
ECHO: Final = "layout-unreadable"
MANIFEST: Final = "manifest"
"""The check that tells a file changed after it was made: it comes first, what the change did after it."""

Part = Callable[["Subject"], tuple[Check, ...]]
Making = Callable[[str], tuple[Check, ...]]
"""The name of a part in, its checks out."""
Working = Callable[["Subject"], AbstractContextManager[Callable[[], tuple[Check, ...]]]]
"""A subject in; other programs at work on it until a block ends, and what waits for their checks, out."""


def verify(
    path: Path | str,
    *,
    prove: bool = True,
    kinds: Sequence[Path] = (),
    fonts: Path | None = None,
    signatures: Asked | None = None,
    helped: bool = False,
    on_step: Callable[[str], None] = lambda _: None,
) -> Verification:
    """Verify a built folder, a PDF, a Word file or a web page.

    `prove` also asks the validators and the word processor that are on the machine; `kinds` and `fonts` are
    folders as for `build`; `signatures` says what signatures are judged by, if they are to be judged;
    `helped` lets a forked process help, which a program with threads must not allow; `on_step` hears which
    part is made next. Raises FileError when nothing can be read there and UsageError
    when it is nothing that can be verified; whatever is wrong with the documents is a finding.
    """
    from reportgen.verify.signed import check_signatures

    path = Path(path)
    opened = open_subject(path, Sought(tuple(kinds), fonts, noted_source(path)))
    first = (opened.source,) if opened.source else ()
    subject = opened.subject
    with proving(subject) if prove else nullcontext() as proofs:
        quick = make_quickly(
            lambda name: safely(name, subject, lambda: load(QUICK[name])(subject)),
            subject,
            helped=helped,
            on_step=on_step,
        )
        on_step(SIGNATURES)
        checks = [*first, *quick, *check_signatures(subject, signatures)]
        if proofs and not any(broken_files(checks)):
            checks += proven(lambda name: safely(name, subject, lambda: proofs(name)), on_step)
    about = about_report(subject.report)
    telling = sorted(without_echoes(checks), key=lambda check: check.name != MANIFEST)
    return Verification(str(path), told(telling), opened.texts, about, quick=not prove)


def about_report(report: Report | None) -> Mapping[str, str]:
    """Which report it is, by its official keys."""
    from reportgen.render.printing import printed

    if report is None:
        return {}
    fields, texts = report.kind.fields, report.kind.texts
    values = {fields[role]: report.values.get(fields[role]) for role in ABOUT if role in fields}
    return {
        key: "".join(part.text for part in printed(value, texts)) for key, value in values.items() if value
    }


def check_quickly(subject: Subject, *, helped: bool = False) -> tuple[Check, ...]:
    """Every check of documents just made that needs no other program; a failure of ours is raised."""
    return make_quickly(lambda name: load(QUICK[name])(subject), subject, helped=helped)


def make_quickly(
    make: Making, subject: Subject, *, helped: bool, on_step: Callable[[str], None] = lambda _: None
) -> tuple[Check, ...]:
    """The checks of all quick parts, in order; a forked helper, if there may be one, makes all but the first.

    What the helper fails to make is made here, so nothing but time depends on it.
    """
    from reportgen.partner import received

    names = tuple(QUICK)

    def serve(channel: Channel) -> None:
        for name in names[1:]:
            channel.send(make(name))

    checks: list[Check] = []
    with helping(serve, subject) if helped else nullcontext() as helper:
        for name in names:
            on_step(name)
            made = received(helper) if helper and name != names[0] else None
            checks.extend(make(name) if made is None else made)
    return tuple(checks)


def helping(serve: Callable[[Channel], None], subject: Subject) -> AbstractContextManager[Channel]:
    """A forked helper, once what several parts look at is read: a part tells where that cannot be."""
    from reportgen.partner import partner

    import_module("reportgen.verify.twins")
    with suppress(Exception):
        len(subject.glyphs)
    return partner(serve)


@contextmanager
def proving(subject: Subject) -> Iterator[Making]:
    """Other programs at work until the block ends; what is yielded waits for the checks of a part."""
    with ExitStack() as stack:
        begun = {name: begin(PROVING[name], subject, stack) for name in reversed(tuple(PROVING))}
        yield lambda name: begun[name]()


def begin(part: str, subject: Subject, stack: ExitStack) -> Callable[[], tuple[Check, ...]]:
    """Set the programs of a part to work; when that fails, it is told where they are waited for."""
    module, _, name = part.partition(":")
    work: Working = getattr(import_module(module), name)
    try:
        return stack.enter_context(work(subject))
    except Exception as error:  # noqa: BLE001 (raised again where it is judged)
        return partial(fail, error)


def fail(error: Exception) -> tuple[Check, ...]:
    """Tell late what failed early."""
    raise error


def proven(make: Making, on_step: Callable[[str], None] = lambda _: None) -> tuple[Check, ...]:
    """The checks of all parts that other programs are at work on, in order."""
    made = {}
    for name in reversed(tuple(PROVING)):
        on_step(name)
        made[name] = make(name)
    return tuple(check for name in PROVING for check in made[name])


def parts(*, prove: bool) -> Mapping[str, str]:
    """The parts of a verification by name, in order."""
    return {**QUICK, **PROVING} if prove else QUICK


def load(part: str) -> Part:
    """The function of a part, its libraries loaded only now."""
    module, _, name = part.partition(":")
    function: Part = getattr(import_module(module), name)
    return function


def safely(name: str, subject: Subject, make: Callable[[], tuple[Check, ...]]) -> tuple[Check, ...]:
    """The checks of a part; a document that makes it fail is one that cannot be told to be right."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001 (whatever is in a stranger's file, no traceback)
        reason = type(error).__name__
        place = Location(next(iter(subject.names.values())))
        return (
            Check(
                name, Verdict.UNTOLD, diagnostics=(find("check-broke-off", place, name=name, reason=reason),)
            ),
        )


def broken_files(checks: Sequence[Check]) -> Iterator[str]:
    """The documents that cannot be read, which other programs need not be asked about."""
    found = (found for check in checks for found in check.diagnostics)
    return (item.location.file for item in found if item.code in UNREADABLE)


def without_echoes(checks: Sequence[Check]) -> list[Check]:
    """The checks, with one finding only for each document that cannot be read."""
    left, kept = set(broken_files(checks)), []
    for check in checks:
        broken = [item for item in check.diagnostics if item.code in (*UNREADABLE, ECHO)]
        first = {item.location.file: item for item in reversed(broken) if item.location.file in left}
        left -= first.keys()
        others = [item for item in check.diagnostics if item not in broken or item in first.values()]
        kept.append(replace(check, diagnostics=tuple(others)))
    return kept


def told(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks with a finding wherever none tells why one has no answer: not again for a broken file."""
    if any(is_fatal(check.diagnostics) for check in checks):
        return tuple(checks)
    return tuple(told_one(check) if check.verdict is Verdict.UNTOLD else check for check in checks)


def told_one(check: Check) -> Check:
    """A check without an answer, with the finding that says so."""
    found = find("cannot-be-told", Location(check.name), name=title_of(check).zh)
    return replace(check, diagnostics=(*check.diagnostics, found))


def noted_source(folder: Path) -> Path | None:
    """The report that a built folder was made from, as its note says."""
    from reportgen.errors import FileError
    from reportgen.files.folders import Places
    from reportgen.files.reading import read_file
    from reportgen.records.standing import read_note

    try:
        noted = read_note(read_file(Places(folder.parent, folder.name, folder.name).lock, 65536))
    except FileError:
        return None
    return folder.parent / noted if noted else None

"""The path of an archive package in; the checks of its four properties (DA/T 70-2018), item by item, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Bilingual, Location
from reportgen.partner import bounded
from reportgen.records.archive.digests import sha256
from reportgen.records.archive.marks import SIGNED
from reportgen.records.archive.office import archive_words
from reportgen.records.archive.opening import open_package
from reportgen.verify.package.items import PREFIX, as_item, untold
from reportgen.verify.package.parts import Parts
from reportgen.verify.verification import Check, Verdict, Verification, left_out

if TYPE_CHECKING:
    from reportgen.rebuilding import Workshop
    from reportgen.records.signatures.judged import Trust
    from reportgen.verify.subject import Subject

SOURCE: Final = "package-1-1"
"""The check that no package without a signature passes; only said of unless a signature is required."""
STEPS: Final = ("package", "documents", "rebuild")
LIMITS: Final = Bilingual("超过时间或内存的限度", "beyond the limits of time or memory")
Proofs = Callable[[], tuple[Check, ...]]
"""What waits for the checks of other programs."""
NOT_ASKED: Final = Bilingual("没有要求做", "not asked for")
ORDER: Final = (
    *(
        "1-1-original",
        "1-1",
        "1-1-record",
        "1-2",
        "1-3",
        "1-4",
        "1-5",
        "1-6",
        "1-7",
        "1-8",
        "1-10",
        "1-11",
        "1-12",
        "1-13",
        "1-14",
    ),
    *("2-1", "2-2", "2-3", "2-4", "2-5", "2-6", "2-7", "2-8", "2-9", "2-10", "2-11"),
    *("3-1", "3-2", "3-3", "3-4", "3-5", "3-8", "rebuild"),
    *("4-1", "4-2", "4-3", "4-4", "4-5", "4-6", "4-7"),
)


@dataclass(frozen=True, slots=True)
class Demands:
    """What is asked of a package: `trust` are the roots that signatures may rest on.

    `prove` also asks for the rebuilding of its documents and for veraPDF; `signature` that it is signed;
    `record` is the report whose record has to know of it.
    """

    trust: Trust
    prove: bool = True
    signature: bool = False
    record: Path | None = None
    kinds: tuple[Path, ...] = ()
    fonts: Path | None = None


@dataclass(frozen=True, slots=True)
class Inspected:
    """A package as it was read, and the verdict on every item."""

    parts: Parts
    verification: Verification


def verify_package(
    path: Path, demands: Demands, on_step: Callable[[str], None] = lambda _: None
) -> Verification:
    """Verify a package, a folder or a zip file.

    Raises FileError when it or the record cannot be read, LedgerError when it is refused; all else is a
    finding.
    """
    return inspect_package(path, demands, on_step).verification


def inspect_package(
    path: Path, demands: Demands, on_step: Callable[[str], None] = lambda _: None
) -> Inspected:
    """Verify a package, and keep what was read for a report of it; raises what `verify_package` raises.

    Whatever reads what is in the files works in processes of its own, within bounds of time and memory.
    """
    from reportgen.verify.package.fixity import check_consistency
    from reportgen.verify.package.origin import check_record

    on_step("package")
    parts = Parts(open_package(path), archive_words(demands.kinds))
    checks = [check_record(parts, demands.record), check_consistency(parts)]
    with (
        validators(parts, demands) as proofs,
        safe_workshop(parts, demands, checks[-1]) as place,
        rebuild(parts, place, demands) as rebuilt,
    ):
        on_step("documents")
        checks += with_proofs(judged_apart(parts, place, demands), proofs)
        on_step("rebuild")
        checks.append(rebuilt())
    return Inspected(parts, verdict_of(parts, checks, demands))


def judged_apart(parts: Parts, place: Workshop | None, demands: Demands) -> list[Check]:
    """Every check of the content of files; what broke off is told."""
    works: dict[str, Callable[[], list[Check]]] = {
        "1-5": lambda: made_safely("1-5", parts, items),
        "1-1": lambda: made_safely("1-1", parts, lambda it: signatures(it, demands)),
        "3-3": lambda: made_safely("3-3", parts, lambda it: documents(it, place, demands)),
    }
    load_judges()
    with bounded(*works.values()) as answer:
        made = [answer() or [broken_off(code, parts, LIMITS)] for code in works]
    return [check for checks in made for check in checks]


def load_judges() -> None:
    """Load what reads packages before the copy is made, so that many packages in a row need it once."""
    from reportgen.model import assembly, report  # noqa: F401
    from reportgen.records import published_source  # noqa: F401
    from reportgen.render import context, docx, fonts, glyphs  # noqa: F401
    from reportgen.verify import opening  # noqa: F401
    from reportgen.verify.conformance import archive_format, attachments, metadata  # noqa: F401
    from reportgen.verify.conformance import documents as readers  # noqa: F401
    from reportgen.verify.package import authenticity, completeness, foreign, usability  # noqa: F401
    from reportgen.verify.package.documents import can_be_drawn, count_pages

    count_pages(b"")
    can_be_drawn(b"")
    foreign.load()


def with_proofs(checks: Sequence[Check], proofs: Proofs) -> Iterator[Check]:
    """The checks with those of documents, the validator's among them, as one item."""
    whole = [check for check in checks if check.name.startswith(PREFIX)]
    others = [check for check in checks if not check.name.startswith(PREFIX)]
    yield from whole
    if others:
        done = Bilingual(
            "归档格式条款、嵌入字体、Word文件、网页", "clauses of the archive format, fonts, Word file, page"
        )
        yield as_item("3-3", (*others, *proofs()), done)


def verdict_of(parts: Parts, checks: Sequence[Check], demands: Demands) -> Verification:
    """The checks in order, with a finding for every one without an answer unless that is only said."""
    from reportgen.verifying import told

    tolerated = tolerable(parts, demands)
    spared = [check for check in checks if check.name in tolerated]
    rest = told([check for check in checks if check.name not in tolerated])
    path = str(parts.package.path)
    return Verification(path, in_order([*spared, *rest]), about=about(parts), tolerated=tolerated)


def in_order(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Checks in the order of the standard."""
    return tuple(sorted(checks, key=lambda check: ORDER.index(check.name.removeprefix("package-"))))


def tolerable(parts: Parts, demands: Demands) -> frozenset[str]:
    """The checks whose want of an answer is only said: those of signatures that nobody made."""
    from reportgen.verify.package.origin import is_signed

    if parts.signatures or demands.signature:
        return frozenset()
    return frozenset((SOURCE, *(() if is_signed(parts.original[1]) else (f"{SOURCE}-original",))))


def items(parts: Parts) -> Iterator[Check]:
    """Every item that is judged by the files of the package alone."""
    from reportgen.verify.package.authenticity import check_authenticity
    from reportgen.verify.package.completeness import check_completeness
    from reportgen.verify.package.usability import check_security, check_usability

    for check in (check_authenticity, check_completeness, check_usability, check_security):
        yield from check(parts)


def signatures(parts: Parts, demands: Demands) -> Iterator[Check]:
    """1-1: who vouches for the package, and for the document in it."""
    from reportgen.verify.package.origin import check_origin, check_original

    yield check_original(parts, demands.trust)
    yield check_origin(parts, demands.trust)


def made_safely(code: str, parts: Parts, make: Callable[[Parts], Any]) -> list[Check]:
    """The checks of a part; a package that makes it fail is one that cannot be told to be right."""
    try:
        return list(make(parts))
    except Exception as error:  # noqa: BLE001 (whatever is in a stranger's package, no traceback)
        return [broken_off(code, parts, type(error).__name__)]


def broken_off(code: str, parts: Parts, reason: str | Bilingual) -> Check:
    """An item whose check did not come to an end."""
    place = Location(str(parts.package.path))
    return untold(code, Bilingual("", ""), find("check-broke-off", place, name=code, reason=reason))


@contextmanager
def validators(parts: Parts, demands: Demands) -> Iterator[Proofs]:
    """veraPDF at work on the document that counts, beside all else; it is slow to start."""
    from reportgen.verify.conformance.verapdf import verapdf_at_work
    from reportgen.verify.subject import Subject

    name, content = parts.original
    if not demands.prove or not content:
        yield tuple
        return
    with verapdf_at_work(
        Subject({"pdf": content}, {"pdf": f"{parts.package.path}/data/{name}"}, {})
    ) as proofs:
        yield proofs


@contextmanager
def safe_workshop(parts: Parts, demands: Demands, consistency: Check) -> Iterator[Workshop | None]:
    """The data and templates laid out, when the package is whole: what was altered is not worked with."""
    from reportgen.rebuilding import workshop

    if not demands.prove or consistency.verdict is not Verdict.HOLDS:
        yield None
        return
    with workshop(parts) as place:
        yield place


@contextmanager
def rebuild(parts: Parts, place: Workshop | None, demands: Demands) -> Iterator[Callable[[], Check]]:
    """The documents being made again, when that is asked for; what is yielded waits for the check."""
    from reportgen.rebuilding import rebuild_at_work

    if not demands.prove:
        yield lambda: left_out("package-rebuild", NOT_ASKED)
        return
    with rebuild_at_work(parts, place, demands.fonts) as check:
        yield check


def documents(parts: Parts, place: Workshop | None, demands: Demands) -> Iterator[Check]:
    """2-8, what is inside the PDF, and the checks that 3-3 is made of: documents of formats that last."""
    from reportgen.verify.conformance import check_alone

    checks = check_alone(subject_of(parts, place, demands))
    inside = [check for check in checks if check.name == "attachments"]
    yield as_item(
        "2-8", inside, Bilingual("PDF里附的报告数据和Word文件", "the data and the Word file inside the PDF")
    )
    yield from (check for check in checks if check.name not in ("attachments", "manifest"))


def subject_of(parts: Parts, place: Workshop | None, demands: Demands) -> Subject:
    """The documents as they were issued, with the report they were made from."""
    from reportgen.records.archive import pieces
    from reportgen.verify.opening import Sought, with_origin
    from reportgen.verify.subject import form_of

    issued = {
        name: content for name, content in parts.payload.items() if name.startswith(f"{pieces.ISSUED}/")
    }
    contents = {form_of(Path(name)): content for name, content in issued.items() if form_of(Path(name))}
    names = {form_of(Path(name)): f"{parts.package.path}/data/{name}" for name in issued}
    contents.setdefault("pdf", parts.original[1])
    names.setdefault("pdf", f"{parts.package.path}/data/{parts.original[0]}")
    kinds = (place.kinds, *demands.kinds) if place else demands.kinds
    return with_origin(contents, names, parts.manifest, Sought(kinds, demands.fonts)).subject


def about(parts: Parts) -> dict[str, str]:
    """Which package it is."""
    said = {
        parts.words["known"]["number"]: parts.named("number"),
        parts.words["known"]["title"]: parts.named("title"),
    }
    digest = {SIGNED: f"SHA-256 {sha256(parts.contents[SIGNED])}"} if SIGNED in parts.contents else {}
    return {**{key: texts[0] for key, texts in said.items() if texts}, **digest}

"""A package and what is trusted in; whether its signatures hold, or whose it is cannot be told, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.records.archive.bag import SIGNATURES
from reportgen.records.archive.digests import sha256
from reportgen.records.archive.marks import SIGNED
from reportgen.records.archive.pieces import ISSUED
from reportgen.records.dossier import dossier_of
from reportgen.records.history import History, Standing, read_history
from reportgen.records.manifest import APART, NAME
from reportgen.verify.package.items import both, item, not_applicable, untold
from reportgen.verify.package.parts import Parts
from reportgen.verify.verification import Check, Verdict, left_out

if TYPE_CHECKING:
    from reportgen.records.signatures.judged import Judged, Trust

LISTED: Final = f"{ISSUED}/{APART}"
RECORD: Final = "1-1-record"
RECORDED: Final = Bilingual("与本单位留存的记录对照", "held against the record that the office keeps")
NEWEST: Final = Bilingual(
    "没有与本单位留存的记录对照：是不是最新的一版，信息包自身不能说明",
    "not held against the office's record: whether it is the newest revision no package can tell of itself",
)
ORIGINAL: Final = "1-1-original"
WHOLE: Final = "1-1"
MOST_SIGNATURES: Final = 100
UNSIGNED: Final = Bilingual(
    "信息包没有电子签名，来源不能判定", "the package bears no signature: whose it is cannot be told"
)
PAPER: Final = Bilingual(
    "正本没有电子签章；有纸质签署件的扫描件，是否真实须对照原件",
    "the PDF is not signed; there is a scan of the signed paper, to be held against the paper",
)
NOTHING_SIGNED: Final = Bilingual(
    "正本没有电子签章，也没有纸质签署件的扫描件",
    "the PDF is not signed, and there is no scan of signed paper",
)
VERDICTS: Final = {
    Standing.FAILS: Verdict.FAILS,
    Standing.UNTOLD: Verdict.UNTOLD,
    Standing.HOLDS: Verdict.HOLDS,
}


def check_origin(parts: Parts, trust: Trust) -> Check:
    """1-1: the detached signatures over the tag manifest, which names every other file."""
    if not parts.signatures:
        return untold(WHOLE, UNSIGNED)
    if len(parts.signatures) > MOST_SIGNATURES:
        found = [parts.find("package-file-surplus", SIGNATURES)]
        return item(WHOLE, found, UNSIGNED)
    from reportgen.records.signatures.detached import judge_detached  # as above

    content = parts.contents.get(SIGNED, b"")
    judged = [judge_detached(content, made, trust, name=name) for name, made in parts.signatures.items()]
    return verdict_on(WHOLE, judged, Bilingual("信息包的签名", "signatures of the package"))


def check_original(parts: Parts, trust: Trust) -> Check:
    """1-1 for the document that counts: the signatures inside the PDF, or how it was signed else."""
    name, content = parts.original
    judged: list[Judged] = []
    if is_signed(content):
        from reportgen.records.signatures.pdf import judge_pdf  # costs half a second

        judged += judge_pdf(content, trust, name=name)
    if LISTED in parts.payload:
        from reportgen.records.signatures.detached import judge_detached

        manifest = parts.payload.get(f"{ISSUED}/{NAME}", b"")
        judged.append(judge_detached(manifest, parts.payload[LISTED], trust, name=LISTED))
    if judged:
        return verdict_on(ORIGINAL, judged, Bilingual("正本的签章", "signatures of the document"))
    return unsigned(parts)


def unsigned(parts: Parts) -> Check:
    """The item for a PDF without signatures: how else it was signed, or what answers for it."""
    why = PAPER if parts.scans else NOTHING_SIGNED
    if not parts.signatures:
        return untold(ORIGINAL, why)
    return not_applicable(
        ORIGINAL,
        both(f"{why.zh}；由信息包的签名证明", f"{why.en}; the signature of the package answers for it"),
    )


def check_record(parts: Parts, report: Path | None) -> Check:
    """1-1 by the record that the office keeps: whether that says this very package was made, and none later.

    Without a report it is left out, saying what then is not known. Raises FileError without a record.
    """
    if report is None:
        return left_out(f"package-{RECORD}", NEWEST)
    history = read_history(dossier_of(report))
    if history.standing is not Standing.HOLDS:
        found = parts.find(
            "package-record", reason=Bilingual("本单位的记录不成立", "the record itself does not hold")
        )
        return Check(
            f"package-{RECORD}", VERDICTS[history.standing], RECORDED, "", (found, *history.diagnostics)
        )
    return item(RECORD, unrecorded(parts, history), RECORDED)


def unrecorded(parts: Parts, history: History) -> Iterator[Diagnostic]:
    """The finding that no event of the record made the package, or that a later one is what counts."""
    own = sha256(parts.contents.get(SIGNED, b""))
    made = [
        entry for entry in history.entries if own in {item.file.sha256 for item in entry.named("package")}
    ]
    if not made:
        yield parts.find("package-not-recorded")
        return
    later = [
        entry
        for entry in history.entries
        if entry.number > made[-1].number and entry.event != "archived" and not entry.signs_package
    ]
    if later:
        yield parts.find("package-older", revision=made[-1].revision, at=later[-1].at)


def is_signed(pdf: bytes) -> bool:
    """Whether a PDF bears anything that is to be judged as a signature."""
    return b"/ByteRange" in pdf


def verdict_on(code: str, judged: Sequence[Judged], what: Bilingual) -> Check:
    """The item of several signatures: it holds when each of them does."""
    standings = [verdict.standing for verdict in judged] or [Standing.UNTOLD]
    worst = next(standing for standing in VERDICTS if standing in standings)
    found: list[Diagnostic] = [finding for verdict in judged for finding in verdict.diagnostics]
    signers = "、".join(
        " ".join(filter(None, (verdict.signer, verdict.level, verdict.proven or verdict.claimed)))
        for verdict in judged
    )
    done = both(f"{what.zh}：{len(judged)}个（{signers}）", f"{what.en}: {len(judged)} ({signers})")
    if worst is Standing.HOLDS:
        return item(code, found, done)
    return Check(f"package-{code}", VERDICTS[worst], done, "", tuple(found))

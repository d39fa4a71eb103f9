"""A PDF and what is trusted in; a check of each of its signatures and time stamps out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.files.reading import read_file
from reportgen.records.manifest import APART, LIMIT, NAME
from reportgen.verify.conformance.own_pdf import SIGNED
from reportgen.verify.verification import Check, Verdict, judged, left_out

if TYPE_CHECKING:
    from reportgen.records.signatures.judged import Judged, Trust
    from reportgen.verify.subject import Subject

CHECK: Final = "signature"
STAMP: Final = "time-stamp"
WITNESS: Final = "signed-content"
NONE: Final = Bilingual("没有电子签名", "no electronic signature")
KEPT: Final = Bilingual("签署以前的{size}字节与清单一致", "the {size} bytes before signing are as recorded")


@dataclass(frozen=True, slots=True)
class Asked:
    """What signatures are judged by, and whether there has to be one."""

    trust: Trust
    required: bool = False


def check_signatures(subject: Subject, asked: Asked | None) -> tuple[Check, ...]:
    """One check for every signature of the PDF, a single one when there is none.

    When nothing was said to judge them by, nothing can be told of them.
    """
    if "pdf" not in subject.contents:
        return ()
    if asked is None:
        return (Check(CHECK, Verdict.UNTOLD),) if SIGNED in subject.contents["pdf"] else ()
    found = (*verdicts(subject.contents["pdf"], asked), *verdicts_apart(subject, asked))
    if not found:
        lacking = [subject.find("signature-missing", "pdf", name=subject.names["pdf"])]
        return (judged(CHECK, lacking, NONE) if asked.required else left_out(CHECK, NONE),)
    checks = tuple(told(subject, item) for item in found)
    return (*checks, *check_witness(subject))


def verdicts(pdf: bytes, asked: Asked) -> tuple[Judged, ...]:
    """The verdicts on the signatures; the libraries are loaded only when there may be one."""
    if SIGNED not in pdf:
        return ()
    from reportgen.records.signatures.pdf import judge_pdf

    return judge_pdf(pdf, asked.trust)


def verdicts_apart(subject: Subject, asked: Asked) -> Iterator[Judged]:
    """The verdict on a signature of the folder's manifest that stands beside it."""
    if subject.folder is None or not (subject.folder / APART).is_file():
        return
    from reportgen.records.signatures.detached import judge_detached

    content, made = (read_file(subject.folder / name, LIMIT) for name in (NAME, APART))
    yield judge_detached(content, made, asked.trust, name=APART)


def told(subject: Subject, item: Judged) -> Check:
    """The verdict on one signature as a check."""
    place = subject.place("pdf")
    found = tuple(replace(finding, location=place) for finding in item.diagnostics)
    return Check(
        STAMP if item.form == "timestamp" else CHECK, Verdict(item.standing.value), summary(item), "", found
    )


def summary(item: Judged) -> Bilingual:
    """Who signed, when, and how that is shown."""
    zh = [item.name, item.signer, item.level and f"{item.level}级"]
    en = [item.name, item.signer, item.level]
    if item.claimed:
        zh.append(f"签署于{item.claimed}")
        en.append(f"signed at {item.claimed}")
    if item.proven:
        zh.append(f"时间戳{item.proven}")
        en.append(f"time stamp {item.proven}")
    return Bilingual("，".join(filter(None, zh)), ", ".join(filter(None, en)))


def check_witness(subject: Subject) -> Iterator[Check]:
    """Whether the signed PDF begins with what was built, as the manifest of the folder says."""
    witness = witness_of(subject)
    if witness is None:
        return
    size = witness.get("size")
    content = subject.contents["pdf"][: size if isinstance(size, int) and size >= 0 else 0]
    found: list[Diagnostic] = []
    if (len(content), sha256(content).hexdigest()) != (size, witness.get("sha256")):
        found.append(subject.find("signed-witness", "pdf", name=subject.names["pdf"]))
    counted = {"size": f"{len(content):,}"}
    yield judged(WITNESS, found, Bilingual(KEPT.zh.format_map(counted), KEPT.en.format_map(counted)))


def witness_of(subject: Subject) -> Mapping[str, Any] | None:
    """What the manifest says the PDF was before it was signed; None when it says nothing."""
    said = subject.manifest.get("signed") if subject.manifest else None
    entry = said.get(PurePath(subject.names["pdf"]).name) if isinstance(said, dict) else None
    return entry if isinstance(entry, dict) else None

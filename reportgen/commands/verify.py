"""`verify`: documents in, every check made on them with its verdict out."""

from __future__ import annotations

import gc
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.console import Console

GARBAGE: Final = 300_000
"""Objects made before they are looked through for what is not needed any more."""
MARK: Final = b'content="reportgen verify"'
"""By what the page of a verification says it is one."""

if TYPE_CHECKING:
    from reportgen.records.signatures.judged import Trust
    from reportgen.verify.signed import Asked
    from reportgen.verify.verification import Verification
    from reportgen.verifying_packages import Demands, Inspected


def run(options: Namespace, console: Console) -> int:
    """Make every check, print the verdicts, write the report that was asked for; 6 when one is not good."""
    from reportgen.errors import VerificationError
    from reportgen.records.archive.marks import is_package

    gc.set_threshold(GARBAGE)  # long documents make much of it, short ones are done before
    gc.enable()
    if is_package(Path(options.path)):
        return run_on_package(options, console)
    verification = make(options, console)
    if options.report_file:
        write_report(verification, Path(options.report_file), console)
    show(verification, options, console)
    return 0 if verification.passed else VerificationError.exit_code


def run_on_package(options: Namespace, console: Console) -> int:
    """The same for an archive package; 8 when an item is not good."""
    from reportgen.errors import LedgerError

    demands = demands_of(options)
    inspected = inspect(options, demands, console)
    if options.report_file:
        report_package(inspected, demands, Path(options.report_file), console)
    show(inspected.verification, options, console)
    return 0 if inspected.verification.passed else LedgerError.exit_code


def demands_of(options: Namespace) -> Demands:
    """What is asked of a package, at the moment given or now."""
    from datetime import UTC, datetime

    from reportgen.moments import read_moment
    from reportgen.verifying_packages import Demands

    trust = trust_of(options, datetime.fromisoformat(read_moment(options.at)).astimezone(UTC))
    record = Path(options.record) if options.record else None
    return Demands(trust, not options.quick, options.require_signature, record, options.kinds, options.fonts)


def inspect(options: Namespace, demands: Demands, console: Console) -> Inspected:
    """The verdict on a package, with a bar while it is made."""
    from reportgen.verifying_packages import STEPS, inspect_package

    bar = console.progress(len(STEPS))
    try:
        return inspect_package(
            Path(options.path), demands, lambda step: bar.step(console.word(f"part {step}"))
        )
    finally:
        bar.end()


def report_package(inspected: Inspected, demands: Demands, target: Path, console: Console) -> None:
    """Write the report of the check: as a page or JSON where the name ends so, else as documents."""
    from reportgen.reporting_packages import write_documents

    if target.suffix.lower() in (".json", ".html"):
        write_report(inspected.verification, target, console)
        return
    console.say("four properties", path=write_documents(inspected, demands, target))


def make(options: Namespace, console: Console) -> Verification:
    """The verification, with a bar while it is made."""
    from reportgen.verifying import parts, verify

    signatures = asked_of(options)
    bar = console.progress(len(parts(prove=not options.quick)) + 1)
    try:
        return verify(
            Path(options.path),
            prove=not options.quick,
            kinds=options.kinds,
            fonts=options.fonts,
            signatures=signatures,
            helped=True,
            on_step=lambda part: bar.step(console.word(f"part {part}")),
        )
    finally:
        bar.end()


def asked_of(options: Namespace) -> Asked:
    """What signatures are judged by: the roots named, now or at the moment that was asked for."""
    from reportgen.moments import read_moment
    from reportgen.verify.signed import Asked

    at = datetime.fromisoformat(read_moment(options.at))
    return Asked(trust_of(options, at), required=options.require_signature)


def trust_of(options: Namespace, at: datetime) -> Trust:
    """The roots and the evidence named; the libraries are loaded only when there are any."""
    from reportgen.records.signatures.judged import Trust, load_trust

    named = (options.trust, options.crl, options.ocsp)
    roots, crls, ocsps = ([Path(name) for name in files or ()] for files in named)
    trust = load_trust(roots, at) if roots else Trust((), at)
    if not (crls or ocsps):
        return trust
    from reportgen.records.signatures.evidence import load_evidence

    given = load_evidence(crls, ocsps)
    return replace(trust, crls=given.crls, ocsps=given.ocsps)


def show(verification: Verification, options: Namespace, console: Console) -> None:
    """Print the verification: as findings in JSON, else as lines."""
    from reportgen.console import is_colored, put
    from reportgen.reporters.verification import verification_text

    if options.format == "json" or console.quiet:
        json = options.format == "json"
        console.complain(
            verification.diagnostics, to_out=not console.quiet, json=json, sources=verification.texts
        )
        return
    text = verification_text(
        verification, console.language, color=is_colored(console.out), measured=console.verbose
    )
    put(console.out, text)


def write_report(verification: Verification, target: Path, console: Console) -> None:
    """Write the report of a verification as a page, or as JSON where the file's name ends so."""
    from reportgen.files.writing import write_file

    write_file(target, report_of(verification, target, console).encode(), ours=is_report)


def is_report(content: bytes) -> bool:
    """Whether a file is an earlier report of a verification."""
    return MARK in content[:1000] or content.startswith(b'{\n  "subject": ')


def report_of(verification: Verification, target: Path, console: Console) -> str:
    """The report in the form that a file's name asks for."""
    from reportgen.reporters.verification import verification_json
    from reportgen.reporters.verification_page import verification_page

    if target.suffix.lower() == ".json":
        return verification_json(verification, console.language)
    return verification_page(verification, console.language, digests(Path(verification.subject)))


def digests(path: Path) -> Mapping[str, str]:
    """The SHA-256 of every document that was verified."""
    from reportgen.files.reading import digest_file
    from reportgen.verify.subject import form_of

    files = sorted(path.iterdir()) if path.is_dir() else [path] if path.is_file() else []
    return {f"SHA-256 {file.name}": digest_file(file) for file in files if form_of(file) and file.is_file()}

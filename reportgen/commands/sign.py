"""`sign`: a built folder, a PDF or a report with a record in, its PDF signed out."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from reportgen.arguments import usage_error
from reportgen.clerk import name_clerk
from reportgen.console import Console
from reportgen.moments import clock

if TYPE_CHECKING:
    from reportgen.records.signatures.evidence import Evidence
    from reportgen.records.signatures.seal_picture import SealPicture
    from reportgen.records.signatures.signers import Signer
    from reportgen.signing import Order, Signed

Key = TypeVar("Key")
MOST_PASSWORD: Final = 4096
MOST_KEY: Final = 1024 * 1024
PDF_ONLY: Final = ("tsa", "ocsp", "fetch", "seal", "office", "again", "prove", "output")
"""What a signature of a manifest cannot have, nor a level above B-B."""
PKCS12: Final = (".p12", ".pfx")


def run(options: Namespace, console: Console) -> int:
    """Sign, tell what remains open, and print where the signed PDF is."""
    signed = made(options, console)
    console.complain(signed.judged.diagnostics, json=options.format == "json")
    judged = signed.judged
    console.say("signed", name=signed.name, signer=judged.signer, level=judged.level, at=judged.claimed)
    if options.format == "text":
        console.show(str(signed.path))
    return 0


def made(options: Namespace, console: Console) -> Signed:
    """What was asked for, signed."""
    from reportgen.signing import sign

    if word := contradiction(options):
        raise usage_error("wrong-usage", "reportgen sign", message=console.word(word))
    if options.sm2_key:
        return made_apart(options, console)
    target = Path(options.output) if options.output else None
    return sign(Path(options.path), order_of(options, console), target)


def contradiction(options: Namespace) -> str:
    """The key of the word about options that do not go together, one of which would be left out unseen."""
    if sum(bool(key) for key in (options.key, options.pkcs11, options.sm2_key)) > 1:
        return "sign one key"
    if options.sm2_key and (options.level != "B-B" or any(getattr(options, name) for name in PDF_ONLY)):
        return "sign apart"
    if options.tsa and options.level == "B-B":
        return "sign level"
    return "sign new file" if options.output and Path(options.path).suffix.lower() != ".pdf" else ""


def made_apart(options: Namespace, console: Console) -> Signed:
    """The manifest of a folder or a revision, or the list of a package, signed with an SM2 key."""
    from reportgen.files.reading import read_file
    from reportgen.records.signatures.evidence import load_evidence
    from reportgen.records.signatures.fitness import check_fit
    from reportgen.records.signatures.judged import load_trust
    from reportgen.records.signatures.sm2 import load_sm2, sign_sm2
    from reportgen.signing_apart import Apart, sign_apart

    if not options.cert:
        raise usage_error("wrong-usage", "reportgen sign", message=console.word("sign needs --cert"))
    said = clock(options.at)
    key, certificates = (read_file(Path(name), MOST_KEY) for name in (options.sm2_key, options.cert))
    name = Path(options.sm2_key).name
    signer = with_password(
        options, console, name, lambda password: load_sm2(key, certificates, password, name)
    )
    evidence = load_evidence([Path(name) for name in options.crl or ()], ())

    def make(content: bytes, at: datetime) -> bytes:
        check_fit(signer.certificates[0], at, evidence)
        return sign_sm2(content, signer, at=at, evidence=evidence)

    apart = Apart(
        make,
        lambda: moment(said()),
        load_trust([Path(name) for name in options.trust or ()], moment(said())).roots,
        name_clerk(options.by, "sign"),
        record_of(options),
    )
    return sign_apart(Path(options.path), apart)


def record_of(options: Namespace) -> Path | None:
    """The report in whose record a package was made, when it was named."""
    return Path(options.record) if options.record else None


def order_of(options: Namespace, console: Console) -> Order:
    """How to sign, as the options say; raises what any of the files named there is worth."""
    from reportgen.records.signatures.judged import load_trust
    from reportgen.signing import Order

    said = clock(options.at)
    signer = signer_of(options, console)
    roots = load_trust([Path(name) for name in options.trust or ()], moment(said())).roots
    stamper = stamper_of(options.tsa)
    return Order(
        signer,
        lambda: moment(said()),
        level=options.level,
        seal=seal_of(options),
        office=options.office or "",
        again=options.again,
        stamper=stamper,
        evidence=evidence_of(options, signer, stamper),
        roots=roots,
        by=name_clerk(options.by, "sign"),
        record=record_of(options),
        prove=options.prove,
        on_wait=lambda: console.say("waiting"),
    )


def moment(said: str) -> datetime:
    """A moment as signatures want it."""
    return datetime.fromisoformat(said).astimezone(UTC)


def stamper_of(url: str | None) -> Any:
    """The time stamping service that was named; None when none was."""
    from reportgen.records.signatures.stamping import Service

    return Service(url) if url else None


def seal_of(options: Namespace) -> SealPicture | None:
    """The picture of the seal; raises SignatureError with everything that is wrong with it."""
    if not options.seal:
        return None
    from reportgen.errors import SignatureError
    from reportgen.files.reading import read_file
    from reportgen.records.signatures.seal_picture import MOST_BYTES, SealPicture, read_seal

    found = read_seal(read_file(Path(options.seal), MOST_BYTES), options.seal, options.size)
    if isinstance(found, SealPicture):
        return found
    raise SignatureError(*found)


def evidence_of(options: Namespace, signer: Signer, stamper: Any) -> Evidence:
    """What shows that no certificate is revoked: the files named, and what is fetched when that is asked."""
    from reportgen.records.signatures.evidence import load_evidence

    given = load_evidence(
        [Path(name) for name in options.crl or ()], [Path(name) for name in options.ocsp or ()]
    )
    if not options.fetch:
        return given
    from reportgen.records.signatures.fetching import fetch_evidence

    return given.with_more(fetch_evidence(signer.certificates, stamper))


def signer_of(options: Namespace, console: Console) -> Signer:
    """The key to sign with: on a token, or in files; asks for a password only where one is needed."""
    if options.pkcs11:
        from reportgen.records.signatures.tokens import open_token

        pin = given_password(options)
        return open_token(
            Path(options.pkcs11),
            options.token or "",
            pin if pin is not None else asked(console, options.token or options.pkcs11),
        )
    if not options.key:
        raise usage_error("wrong-usage", "reportgen sign", message=console.word("sign needs --key"))
    return key_of(options, console)


def key_of(options: Namespace, console: Console) -> Signer:
    """The key in files."""
    return with_password(options, console, options.key, lambda password: load_key(options, password))


def with_password(
    options: Namespace, console: Console, name: str, load: Callable[[bytes | None], Key]
) -> Key:
    """What a key file holds, with the password given, or the one asked for when one is needed."""
    from reportgen.errors import SignatureError

    password = given_password(options)
    try:
        return load(password)
    except SignatureError as error:
        if password is not None or error.diagnostics[0].code != "key-password" or not sys.stdin.isatty():
            raise
    return load(asked(console, name))


def load_key(options: Namespace, password: bytes | None) -> Signer:
    """The key in the files named; raises SignatureError, FileError."""
    from reportgen.files.reading import read_file
    from reportgen.records.signatures.signers import load_pair, load_pkcs12

    path = Path(options.key)
    content = read_file(path, MOST_KEY)
    if options.cert:
        return load_pair(content, read_file(Path(options.cert), MOST_KEY), password, path.name)
    if path.suffix.lower() in PKCS12 or b"-----BEGIN" not in content:
        return load_pkcs12(content, password, path.name)
    return load_pair(content, content, password, path.name)


def given_password(options: Namespace) -> bytes | None:
    """The password of a file or of the environment; None when neither was named."""
    from reportgen.files.reading import read_file

    if options.password_file:
        return read_file(Path(options.password_file), MOST_PASSWORD).rstrip(b"\r\n")
    if options.password_env:
        if options.password_env not in os.environ:
            raise usage_error("environment-missing", "--password-env", name=options.password_env)
        return os.fsencode(os.environ[options.password_env])
    return None


def asked(console: Console, name: str) -> bytes:
    """The password that somebody types, unseen; raises SignatureError without a terminal.

    An empty one is never tried instead: a token counts wrong ones, and locks.
    """
    from getpass import getpass

    if not sys.stdin.isatty():
        from reportgen.records.signatures.signers import refused

        raise refused("key-password", Path(name).name)
    return getpass(console.word("password", name=Path(name).name)).encode()

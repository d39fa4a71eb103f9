"""What a signature is judged by, and the verdict: it holds, it does not, or that cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic, is_fatal
from reportgen.files.reading import read_file
from reportgen.records.signatures.untold import UNTOLD

if TYPE_CHECKING:
    from reportgen.records.history import Standing

LEVELS: Final = ("B-B", "B-T", "B-LT", "B-LTA")
"""Each holds what those before it hold (EN 319 142-1)."""
LARGEST: Final = 1024 * 1024
"""Bytes of a file of certificates."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The root certificates (DER) that are trusted, and the moment (with its zone) at which it is judged.

    `crls` and `ocsps` (DER) are what the user has beside the signatures; no level is better for them.
    """

    roots: tuple[bytes, ...]
    at: datetime
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one signature.

    `form` is `signature`, `timestamp` or `field` (one that nobody signed yet), `name` that of its field or
    file. `claimed` is when the signer says to have signed, `proven` what a trusted time stamp says (UTC).
    `level` is `B-B`, `B-T`, `B-LT` or `B-LTA` of PAdES (EN 319 142-1) as found, or `SM2`.
    """

    name: str
    form: str
    signer: str = ""
    claimed: str = ""
    proven: str = ""
    level: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def standing(self) -> Standing:
        """The answer: every reason against it is an error among the findings."""
        from reportgen.records.history import Standing

        codes = {found.code for found in self.diagnostics if is_fatal((found,))}
        if codes - UNTOLD:
            return Standing.FAILS
        return Standing.UNTOLD if codes else Standing.HOLDS


def load_trust(files: Sequence[Path], at: datetime) -> Trust:
    """What the root certificates of files (PEM or DER) are trusted for; raises FileError, SignatureError."""
    from cryptography.hazmat.primitives.serialization import Encoding

    from reportgen.records.signatures.signers import load_certificates

    found = [item for path in files for item in load_certificates(read_file(path, LARGEST), path.name)]
    return Trust(tuple(dict.fromkeys(item.public_bytes(Encoding.DER) for item in found)), at)


def spoken(moment: datetime | None) -> str:
    """A moment in UTC, to the second, as the ledger writes it; empty when there is none."""
    if moment is None:
        return ""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"

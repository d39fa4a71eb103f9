"""Bytes and a signer in, a signature of its own file out (CMS, RFC 5652, DER); and such a signature judged.

openssl cms -verify -binary -inform DER -in SIGNATURE -content FILE -CAfile ROOTS
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from asn1crypto import cms, crl, ocsp
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.validation.generic_cms import (
    async_validate_detached_cms,
    extract_self_reported_ts,
)

from reportgen.diagnostics import Diagnostic
from reportgen.records.signatures.adapter import DIGEST, Adapter, finished
from reportgen.records.signatures.canonical import loose_parts
from reportgen.records.signatures.evidence import OCSP, Evidence, evidence_within
from reportgen.records.signatures.judged import Judged, Trust, spoken
from reportgen.records.signatures.signers import Signer
from reportgen.records.signatures.silence import silenced
from reportgen.records.signatures.verdicts import (
    USAGE,
    Judge,
    Stamp,
    Times,
    about,
    name_of,
    objections,
    stamp_of,
)

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a signature."""
NAME: Final = "signature"


def sign_detached(
    content: bytes,
    signer: Signer,
    *,
    at: datetime,
    stamper: Any = None,
    evidence: Evidence | None = None,
) -> bytes:
    """A detached signature of bytes, made at a moment; equal inputs give equal bytes where there is no stamp.

    `stamper` adds a time stamp, `evidence` what shows that no certificate was revoked. Raises SignatureError.
    """
    moment = at.astimezone(UTC).replace(microsecond=0)
    with silenced():
        signed = finished(
            Adapter(signer).async_sign_general_data(
                content,
                DIGEST,
                use_cades=False,
                timestamper=stamper,
                signed_attr_settings=PdfCMSSignedAttributes(signing_time=moment),
            )
        )
    if evidence:
        signed["content"]["crls"] = list(choices(evidence))
        signed["content"]["version"] = "v1" if not evidence.ocsps else "v5"
    der: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed["content"].copy()}).dump(
        force=True
    )
    return der


def choices(evidence: Evidence) -> Iterator[cms.RevocationInfoChoice]:
    """Evidence as a signature carries it."""
    for content in evidence.crls:
        yield cms.RevocationInfoChoice({"crl": crl.CertificateList.load(content)})
    for content in evidence.ocsps:
        other = {"other_rev_info_format": OCSP, "other_rev_info": ocsp.OCSPResponse.load(content)}
        yield cms.RevocationInfoChoice({"other": cms.OtherRevocationInfoFormat(other)})


def judge_detached(content: bytes, signature: bytes, trust: Trust, *, name: str = NAME) -> Judged:
    """The verdict on a detached signature; `name` is shown in findings. Never raises for what is in it."""
    from reportgen.records.signatures.sm2_judging import is_sm2, judge_sm2

    try:
        with silenced():
            if len(signature) <= LARGEST and is_sm2(signature):
                return judge_sm2(content, signature, trust, name)
            return judge(content, read(signature), trust, name)
    except Exception:  # noqa: BLE001 (whatever a library makes of a stranger's bytes)
        return Judged(name, "signature", diagnostics=(about("signature-unreadable", name),))


def read(signature: bytes) -> cms.SignedData:
    """The signature in DER bytes; raises ValueError when it is none, or not detached."""
    if len(signature) > LARGEST:
        raise ValueError(len(signature))
    info = cms.ContentInfo.load(signature, strict=True)
    if info["content_type"].native != "signed_data":
        raise ValueError(info["content_type"].native)
    signed: cms.SignedData = info["content"]
    if len(signed["signer_infos"]) != 1:
        raise ValueError(len(signed["signer_infos"]))
    return signed


def judge(content: bytes, signed: cms.SignedData, trust: Trust, name: str) -> Judged:
    """The verdict on a signature that could be read."""
    info = extract_signer_info(signed)
    with_evidence = Judge(trust, evidence_within(signed))
    stamp = stamp_of(info, with_evidence, name, trust.at)
    proven = stamp.at if stamp and stamp.proves else None
    validation = with_evidence.context(proven or trust.at)
    status = finished(
        async_validate_detached_cms(
            content,
            signed,
            signer_validation_context=validation,
            ts_validation_context=validation,
            key_usage_settings=USAGE,
        )
    )
    times = Times(extract_self_reported_ts(info), proven, trust.at)
    found: tuple[Diagnostic, ...] = (
        *objections(status, name, times),
        *(stamp.diagnostics if stamp else ()),
        *(about("signature-loose", name, part=part) for part in loose_parts(signed, trust.roots)),
    )
    level = level_of(stamp, with_evidence.evidence)
    signer = name_of(status.signing_cert)
    return Judged(name, "signature", signer, spoken(times.claimed), spoken(proven), level, found)


def level_of(stamp: Stamp | None, evidence: Evidence) -> str:
    """Which level a signature has: with a time stamp, and with evidence."""
    if stamp is None:
        return "B-B"
    return "B-LT" if evidence.crls or evidence.ocsps else "B-T"

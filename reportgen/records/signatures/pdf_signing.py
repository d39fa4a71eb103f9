"""A PDF, a signer and what is asked for in, the signed PDF out: PAdES (EN 319 142-1), the old bytes kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from itertools import count
from typing import Any, Final

from asn1crypto import x509
from pyhanko.pdf_utils.generic import ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSigner, PdfTimeStamper
from pyhanko.sign.signers.pdf_byterange import BuildProps
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from reportgen.errors import SignatureError
from reportgen.records.signatures.adapter import DIGEST, Adapter, finished
from reportgen.records.signatures.evidence import Evidence, context
from reportgen.records.signatures.fitness import check_fit
from reportgen.records.signatures.judged import LEVELS, Trust, spoken
from reportgen.records.signatures.places import SealPlace
from reportgen.records.signatures.seal_fields import add_fields
from reportgen.records.signatures.signers import Signer, refused
from reportgen.records.signatures.silence import silenced
from reportgen.records.signatures.verdicts import name_of

WITH_EVIDENCE: Final = ("B-LT", "B-LTA")


@dataclass(frozen=True, slots=True)
class Wish:
    """How to sign: the moment, the level, the field; `picture` (RGBA, of Pillow) is what is seen there.

    `places` are fields to make first, for every office that is going to sign. `stamper` is needed from B-T
    on, `evidence` from B-LT on; `roots` are roots of the time stamps that no certificate of the signer names.
    """

    at: datetime
    level: str = LEVELS[0]
    field_name: str = "印章1"
    places: Sequence[SealPlace] = ()
    picture: Any = None
    stamper: TimeStamper | None = None
    evidence: Evidence = field(default_factory=Evidence)
    roots: tuple[bytes, ...] = ()


class Appending(IncrementalPdfFileWriter):
    """A writer that leaves the document's properties alone: the library puts the clock's time into them."""

    def _update_meta(self) -> None:
        """Change nothing."""


class TimedSigner(PdfSigner):
    """A signer whose time is the one given, not that of the clock; it leaves the last stamp to `stamped`."""

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        """Take the library's arguments, and the moment."""
        super().__init__(*args, **options)
        self.at = at

    def init_signing_session(self, *args: Any, **options: Any) -> Any:
        """The beginning of a signature at that moment."""
        session: Any = super().init_signing_session(*args, **options)
        session.system_time = self.at
        session.prepare_tbs_document = partial(without_stamp, session.prepare_tbs_document)
        return session


def without_stamp(prepare: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """What is to be signed, with no stamp afterwards: the library's would change the properties."""
    prepared = prepare(*args, **options)
    if prepared.post_sign_instructions is not None:
        prepared.post_sign_instructions = replace(prepared.post_sign_instructions, timestamper=None)
    return prepared


def sign_pdf(pdf: bytes, signer: Signer, wish: Wish) -> bytes:
    """The PDF with one more signature; the first certifies it and allows further ones only.

    Raises SignatureError.
    """
    check_fit(signer.certificates[0], wish.at, wish.evidence)
    if wish.level != LEVELS[0] and wish.stamper is None:
        raise refused("stamp-needed", wish.level, level=wish.level)
    try:
        with silenced():
            return sign(pdf, signer, wish)
    except SignatureError:
        raise
    except SigningError as error:
        if wish.level not in WITH_EVIDENCE:
            raise refused("signing-failed", wish.field_name, reason=type(error).__name__) from error
        raise refused("evidence-missing", signer_name(signer), level=wish.level) from error
    except Exception as error:
        raise refused("signing-failed", wish.field_name, reason=type(error).__name__) from error


def signer_name(signer: Signer) -> str:
    """Whom the certificate of a signer names."""
    return name_of(x509.Certificate.load(signer.certificates[0]))


def sign(pdf: bytes, signer: Signer, wish: Wish) -> bytes:
    """The signed PDF; raises whatever the library raises."""
    at = wish.at.astimezone(UTC).replace(microsecond=0)
    writer = Appending(BytesIO(pdf))
    name_afresh(writer, pdf, wish)
    is_first = not any(True for _ in enumerate_sig_fields(writer, filled_status=True))
    add_fields(writer, wish.places)
    metadata = PdfSignatureMetadata(
        field_name=wish.field_name,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=is_first,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        app_build_props=BuildProps("reportgen", f"PAdES {wish.level}"),
        **with_evidence(signer, wish),
    )
    out = BytesIO()
    work = TimedSigner(
        metadata, Adapter(signer), timestamper=wish.stamper, stamp_style=look_of(wish.picture), at=at
    )
    finished(work.async_sign_pdf(writer, existing_fields_only=True, output=out))
    if wish.level != "B-LTA" or wish.stamper is None:
        return out.getvalue()
    return stamped(out.getvalue(), signer, wish, wish.stamper)


def stamped(pdf: bytes, signer: Signer, wish: Wish, stamper: TimeStamper) -> bytes:
    """The signed PDF with a time stamp over the whole file, and what shows that the stamp holds."""
    writer = Appending(BytesIO(pdf))
    name_afresh(writer, pdf, wish)
    out = BytesIO()
    finished(
        PdfTimeStamper(stamper, field_name=next_stamp(writer)).async_timestamp_pdf(
            writer,
            DIGEST,
            validation(signer, wish),
            output=out,
            dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
        )
    )
    return out.getvalue()


def next_stamp(writer: IncrementalPdfFileWriter) -> str:
    """The name of the next time stamp over the whole file."""
    taken = {name for name, _, _ in enumerate_sig_fields(writer)}
    return next(name for number in count(1) if (name := f"时间戳{number}") not in taken)


def with_evidence(signer: Signer, wish: Wish) -> dict[str, Any]:
    """What the library needs to put the evidence into the file, under the signature itself."""
    if wish.level not in WITH_EVIDENCE:
        return {}
    return {
        "embed_validation_info": True,
        "use_pades_lta": wish.level == "B-LTA",
        "validation_context": validation(signer, wish),
        "dss_settings": DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
    }


def validation(signer: Signer, wish: Wish) -> ValidationContext:
    """What the certificates are validated with when signing: their own roots count."""
    own = [content for content in signer.certificates if x509.Certificate.load(content).self_signed != "no"]
    trust = Trust((*own, *wish.roots), wish.at)
    return context(trust, wish.evidence.with_more(Evidence(signer.certificates)), wish.at)


def look_of(picture: Any) -> StaticStampStyle:
    """What a signature looks like: the picture alone, filling its box; nothing without one."""
    if picture is None:
        return StaticStampStyle(border_width=0)
    from pyhanko.pdf_utils.images import PdfImage  # loads Pillow

    fill = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID,
        y_align=AxisAlignment.ALIGN_MID,
        margins=Margins.uniform(0),
        inner_content_scaling=InnerScaling.STRETCH_FILL,
    )
    return StaticStampStyle(
        border_width=0,
        background=PdfImage(picture, name="Seal"),
        background_layout=fill,
        background_opacity=1.0,
    )


def name_afresh(writer: IncrementalPdfFileWriter, pdf: bytes, wish: Wish) -> None:
    """Give the new state of the file its identifier: it follows from what is signed, and when."""
    seed = hashlib.sha256(pdf + spoken(wish.at).encode() + wish.field_name.encode())
    own = ByteStringObject(seed.digest()[:16])
    first = writer._document_id[0] if "/ID" in writer.prev.trailer else own
    writer._document_id[:] = [first, own]

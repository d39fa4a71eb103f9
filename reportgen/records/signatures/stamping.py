"""The address of a time stamping service in, what asks it for time stamps out (RFC 3161)."""

from __future__ import annotations

import asyncio
from http.client import HTTPResponse
from time import monotonic
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from asn1crypto import tsp
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.timestamps import TimeStamper

from reportgen.errors import SignatureError
from reportgen.records.signatures.fitness import check_current
from reportgen.records.signatures.signers import refused

SECONDS: Final = 30
"""For an answer as a whole, and for each of its parts."""
LARGEST: Final = 1024 * 1024
"""Bytes of an answer."""
SCHEMES: Final = ("http://", "https://")


class Service(TimeStamper):
    """A time stamping service at an address that the user named."""

    def __init__(self, url: str) -> None:
        """Remember the address; raises SignatureError when it is none of the web."""
        super().__init__()  # type: ignore[no-untyped-call]
        if not url.lower().startswith(SCHEMES):
            raise refused("stamp-refused", url)
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The answer to a request; raises SignatureError when there is none."""
        return await asyncio.to_thread(self.ask, req.dump())

    def ask(self, question: bytes) -> tsp.TimeStampResp:
        """The answer to a request in bytes; raises SignatureError."""
        content = ask(self.url, question, "application/timestamp-query", "stamp-unreachable")
        try:
            answer = tsp.TimeStampResp.load(content, strict=True)
            granted = answer["status"]["status"].native in ("granted", "granted_with_mods")
        except (ValueError, TypeError, KeyError):
            granted = False
        if not granted:
            raise refused("stamp-refused", self.url)
        answer["status"]["status"] = "granted"
        check_stamp(answer, tsp.TimeStampReq.load(question), self.url)
        return answer


def check_stamp(answer: tsp.TimeStampResp, question: tsp.TimeStampReq, url: str) -> None:
    """See that a stamp answers the question and bears a certificate that is valid; raises SignatureError."""
    try:
        token = answer["time_stamp_token"]["content"]
        own = extract_certificate_info(token).signer_cert
        stamp = token["encap_content_info"]["content"].parsed
        moment = stamp["gen_time"].native
        answers = all(stamp[part].native == question[part].native for part in ("message_imprint", "nonce"))
    except Exception as error:
        raise refused("stamp-refused", url) from error
    if not answers:
        raise refused("stamp-refused", url)
    check_current(own, moment)


def ask(url: str, question: bytes | None, kind: str, code: str) -> bytes:
    """What a server answers; raises SignatureError of that code when it cannot be reached."""
    try:
        request = Request(url, data=question, headers={"Content-Type": kind})  # noqa: S310 (checked before)
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            content = read_within(answer)
    except HTTPError as error:
        error.close()  # an answer all the same, with a connection of its own
        raise unreachable(code, url) from error
    except (URLError, OSError, ValueError) as error:
        raise unreachable(code, url) from error
    if len(content) > LARGEST:
        raise unreachable(code, url)
    return content


def read_within(answer: HTTPResponse) -> bytes:
    """The bytes of an answer, one more than is allowed at most; raises TimeoutError when they trickle in."""
    end, content = monotonic() + SECONDS, bytearray()
    while len(content) <= LARGEST and (part := answer.read1(LARGEST + 1 - len(content))):
        content += part
        if monotonic() > end:
            raise TimeoutError
    return bytes(content)


def unreachable(code: str, url: str) -> SignatureError:
    """The error about a server; the address is shown without what may be a name and a password in it."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return refused(code, f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"[:200])

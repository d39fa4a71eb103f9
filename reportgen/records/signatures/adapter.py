"""A signer of ours in, one of pyHanko's out."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from asn1crypto import algos, x509
from pyhanko.sign.signers import Signer as LibrarySigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from reportgen.records.signatures.signers import Signer

DIGEST: Final = "sha256"
Result = TypeVar("Result")


class Adapter(LibrarySigner):
    """A signer as the library knows them: SHA-256, every certificate bound in, roots too."""

    def __init__(self, signer: Signer) -> None:
        """Take over the certificates and the algorithm."""
        own, *others = [x509.Certificate.load(content) for content in signer.certificates]
        mechanism = "sha256_rsa" if signer.algorithm == "rsassa_pkcs1v15" else "sha256_ecdsa"
        registry = SimpleCertificateStore()
        registry.register_multiple(others)
        super().__init__(
            signing_cert=own,
            cert_registry=registry,
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": mechanism}),
        )
        self.inner = signer

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature of bytes; something as long for a trial."""
        if digest_algorithm != DIGEST:
            raise NotImplementedError(digest_algorithm)
        return bytes(512) if dry_run else self.inner.sign(data)


def finished(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of work that the library only offers to be waited for."""
    return asyncio.run(work)

"""Bytes in, their digests of every sort that a package bears out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final


def sm3(content: bytes) -> str:
    """The SM3 digest of bytes (GB/T 32905), in hexadecimal."""
    from cryptography.hazmat.primitives.hashes import SM3, Hash

    state = Hash(SM3())
    state.update(content)
    return state.finalize().hex()


def sha256(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sha512(content: bytes) -> str:
    """The SHA-512 of bytes, in hexadecimal."""
    return hashlib.sha512(content).hexdigest()


BAGIT: Final[Mapping[str, Callable[[bytes], str]]] = MappingProxyType({"sha256": sha256, "sha512": sha512})
"""The digests that every BagIt tool knows, by the name in the names of manifests."""

"""Findings about signatures that leave the answer open, by their codes."""

from __future__ import annotations

from typing import Final

UNTOLD: Final = frozenset(
    {
        "signature-untrusted",
        "signature-revocation-unknown",
        "signature-time-unproven",
        "signature-weak",
        "signature-stamp-untrusted",
        "signature-field-empty",
        "signature-appended",
        "signature-untold",
    }
)
"""The codes of what leaves open whether a signature holds."""

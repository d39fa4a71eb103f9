"""Faults made on purpose: what is broken, how, and the check that must find it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one document: `breaks` makes the wrong file of a right one of that form."""

    name: str
    form: str
    breaks: Callable[[bytes], bytes]
    check: str
    code: str


@dataclass(frozen=True, slots=True)
class KindFault:
    """One fault of a kind: `breaks` changes a copy of its folder."""

    name: str
    breaks: Callable[[Path], None]
    code: str

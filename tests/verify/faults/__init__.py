"""Faults made on purpose: what is broken, how, and the check that must find it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
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


def all_faults() -> Iterator[Fault | KindFault]:
    """Every fault of every table in this folder."""
    for file in sorted(Path(__file__).parent.glob("[!_]*.py")):
        tables = vars(import_module(f"{__name__}.{file.stem}")).values()
        for table in (table for table in tables if isinstance(table, tuple)):
            yield from (fault for fault in table if isinstance(fault, Fault | KindFault))

"""What proving costs: the checks inside a build, `verify` alone, and everything with outside programs."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.build import REPORT, build_once
from benchmarks.processes import Run, interleave, median, ratio, run_once

if TYPE_CHECKING:
    from reportgen.verify.subject import Subject
    from reportgen.verify.verification import Check

ROUNDS = 7
PROVEN_ROUNDS = 3


def verify_once(folder: Path) -> Run:
    """One cold `verify` that asks no other program."""
    target = str(folder / "out" / REPORT.stem)
    return run_once([sys.executable, "-m", "reportgen", "-q", "verify", "--quick", target], folder)


def prove_once(folder: Path) -> Run:
    """One cold build that is proven by every program there is."""
    command = [sys.executable, "-m", "reportgen", "-q", "build", str(REPORT), "-o", "proven", "--prove"]
    return run_once(command, folder)


def compare_verification() -> None:
    """Print what verification costs beside the build itself."""
    inside, whole = measure_inside()
    print(f"checks inside a build / that build, warm: {ratio(inside, whole)}  (aim 0.35)")
    print(f"  checks {median(inside) * 1000:.0f} ms, build {median(whole) * 1000:.0f} ms")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_once(REPORT, folder)
        actions: list[Callable[[], Run]] = [lambda: build_once(REPORT, folder), lambda: verify_once(folder)]
        builds, checks = interleave(actions, ROUNDS)
        actions = [lambda: prove_once(folder), lambda: build_once(REPORT, folder)]
        proven, plain = interleave(actions, PROVEN_ROUNDS)
    print(f"verify --quick / build, cold: {walls(checks, builds)}  (aim 0.5)")
    print(f"build --prove / build, cold: {walls(proven, plain)}  (aim 5)")


def walls(first: list[Run], second: list[Run]) -> str:
    """The ratio of the wall seconds of two commands."""
    return ratio([run.wall for run in first], [run.wall for run in second])


def measure_inside() -> tuple[list[float], list[float]]:
    """Seconds of the checks inside a build, and of the whole build: two processes share both."""
    from reportgen import build, verifying

    spent: list[float] = []
    original = verifying.check_quickly

    def timed(subject: Subject, *, helped: bool = False) -> tuple[Check, ...]:
        start = time.perf_counter()
        checks = original(subject, helped=helped)
        spent.append(time.perf_counter() - start)
        return checks

    verifying.check_quickly = timed
    try:
        wholes = []
        for _ in range(ROUNDS + 1):
            start = time.perf_counter()
            build(REPORT)
            wholes.append(time.perf_counter() - start)
    finally:
        verifying.check_quickly = original
    return spent[1:], wholes[1:]

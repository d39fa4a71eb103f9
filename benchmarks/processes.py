"""Whole processes measured: wall seconds and peak memory, medians of interleaved runs."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: wall seconds, processor seconds and peak resident megabytes (largest process)."""

    wall: float
    cpu: float
    peak: float


def run_once(command: Sequence[str], cwd: Path, environment: dict[str, str] | None = None) -> Run:
    """Run a command to its end; raises RuntimeError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"exit {process.returncode}: {' '.join(command)}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def interleave(actions: Sequence[Callable[[], Run]], rounds: int) -> list[list[Run]]:
    """The runs of each action, taken in turn after one warm-up of each, so that drift hits all alike."""
    for action in actions:
        action()
    results: list[list[Run]] = [[] for _ in actions]
    for _ in range(rounds):
        for runs, action in zip(results, actions, strict=True):
            runs.append(action())
    return results


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def ratio(first: Sequence[float], second: Sequence[float]) -> str:
    """`median (least-most)` of the ratios, pair by pair."""
    ratios = sorted(a / b for a, b in zip(first, second, strict=True))
    return f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"

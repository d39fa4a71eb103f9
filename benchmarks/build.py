"""A whole build beside LibreOffice converting the same Word file: cold processes, and warm."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.processes import Run, interleave, median, ratio, run_once

REPORT = Path(__file__).parents[1] / "fixtures" / "suqian-city-2023.yaml"
ROUNDS = 7


def office() -> str:
    """LibreOffice's command; raises RuntimeError when it is not installed."""
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command is None:
        raise RuntimeError("LibreOffice is not installed: ./run test installs it")
    return command


def build_once(report: Path, folder: Path) -> Run:
    """One cold `build` of Word, PDF and HTML."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    return run_once([sys.executable, "-m", "reportgen", "-q", "build", str(report), "-o", "out"], folder)


def convert_once(documents: list[Path], folder: Path) -> Run:
    """One LibreOffice process that converts the documents to PDF/A-2b, with a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'
    command = [office(), profile, "--headless", "--convert-to", target, "--outdir", "pdf"]
    return run_once([*command, *map(str, documents)], folder)


def compare_cold() -> None:
    """Print a cold build against LibreOffice's cold conversion of the same Word file, and its peak memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_once(REPORT, folder)
        document = folder / f"{REPORT.stem}.docx"
        shutil.copy(folder / "out" / REPORT.stem / document.name, document)
        actions: list[Callable[[], Run]] = [
            lambda: build_once(REPORT, folder),
            lambda: convert_once([document], folder),
        ]
        ours, theirs = interleave(actions, ROUNDS)
    build, conversion = [run.wall for run in ours], [run.wall for run in theirs]
    print(f"cold build / LibreOffice cold: {ratio(build, conversion)}  (aim 1.0)")
    print(f"  build {median(build):.2f} s, LibreOffice {median(conversion):.2f} s")
    print(f"  the same in processor seconds: {ratio([r.cpu for r in ours], [r.cpu for r in theirs])}")
    print(f"peak memory of a cold build: {median([r.peak for r in ours]):.0f} MB  (aim under 200)")


def warm_pdf(report: Path) -> Callable[[], float]:
    """A function that renders the report's PDF again in this process and says how many seconds it took."""
    from benchmarks.warm import prepare_pdf

    render = prepare_pdf(report)

    def timed() -> float:
        start = time.perf_counter()
        render()
        return time.perf_counter() - start

    return timed


def warm_conversion(folder: Path, document: Path, copies: int) -> float:
    """Seconds of one more document in one LibreOffice process: (copies + 1 documents less one) / copies."""
    documents = [folder / f"{index}.docx" for index in range(copies + 1)]
    for path in documents:
        shutil.copy(document, path)
    many = convert_once(documents, folder).wall
    return (many - convert_once(documents[:1], folder).wall) / copies


def compare_warm() -> None:
    """Print a warm PDF in one process against LibreOffice's warm conversion."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_once(REPORT, folder)
        document = folder / "out" / REPORT.stem / f"{REPORT.stem}.docx"
        timed = warm_pdf(REPORT)
        for _ in range(3):
            timed()
        convert_once([document], folder)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(timed())
            theirs.append(warm_conversion(folder, document, 8))
    print(f"warm PDF / LibreOffice warm: {ratio(ours, theirs)}  (aim 1.2)")
    print(f"  PDF {median(ours) * 1000:.0f} ms, LibreOffice {median(theirs) * 1000:.0f} ms")

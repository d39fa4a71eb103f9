"""Cost per page of a build as the report grows from about 10 to about 200 pages."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.build import REPORT, build_once
from benchmarks.processes import Run, median

PARAGRAPH = "  - " + "本机关坚持公开为常态、不公开为例外，及时、准确公开政府信息，方便公众查询。" * 12 + "\n"
PARAGRAPHS = (8, 60, 126, 257)
"""Added to the report of 4 pages: 10, 50, 100 and 200 pages, more or less."""
ROUNDS = 3


def grow(paragraphs: int, folder: Path) -> Path:
    """The benchmark report with that many paragraphs of 456 characters more."""
    text = REPORT.read_text("utf-8").replace("总体情况:\n", "总体情况:\n" + PARAGRAPH * paragraphs, 1)
    path = folder / f"pages-{paragraphs}.yaml"
    path.write_text(text, "utf-8")
    return path


def count_pages(folder: Path, stem: str) -> int:
    """How many pages the built PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(folder / "out" / stem / f"{stem}.pdf") as document:
        return len(document)


def compare_growth() -> None:
    """Print time and memory of a cold build for each size, and what a page costs beyond the smallest report.

    Processor seconds tell it where other programs share the machine.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first: tuple[int, Run] | None = None
        for count in PARAGRAPHS:
            pages, run = measure(grow(count, folder), folder)
            line = f"{pages:4} pages: {run.wall:6.2f} s, {run.cpu:6.2f} s of processor, {run.peak:4.0f} MB"
            if first:
                more = pages - first[0]
                wall, cpu = (1000 * (run.wall - first[1].wall) / more, 1000 * (run.cpu - first[1].cpu) / more)
                line += f", a further page {wall:.1f} ms, {cpu:.1f} ms of processor"
            first = first or (pages, run)
            print(line, flush=True)


def measure(report: Path, folder: Path) -> tuple[int, Run]:
    """The pages of a report and the medians of its cold builds."""
    runs = [build_once(report, folder) for _ in range(ROUNDS)]
    pages = count_pages(folder, report.stem)
    middle = Run(
        median([run.wall for run in runs]), median([run.cpu for run in runs]), max(run.peak for run in runs)
    )
    return pages, middle

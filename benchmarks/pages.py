"""Cost per page of a build as the report grows from about 10 to about 200 pages."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.build import REPORT, build_once
from benchmarks.processes import Run

PARAGRAPH = "  - " + "本机关坚持公开为常态、不公开为例外，及时、准确公开政府信息，方便公众查询。" * 12 + "\n"
SIZES = {10: 20, 50: 190, 100: 400, 200: 820}  # pages -> paragraphs added


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
    """Print the time and memory of a cold build for each size, and what a further page costs."""
    with tempfile.TemporaryDirectory() as name:
        folder, before = Path(name), (0, 0.0)
        for paragraphs in SIZES.values():
            report = grow(paragraphs, folder)
            runs: list[Run] = [build_once(report, folder) for _ in range(3)]
            wall = sorted(run.wall for run in runs)[1]
            pages = count_pages(folder, report.stem)
            extra = 1000 * (wall - before[1]) / (pages - before[0])
            print(f"{pages:4} pages: {wall:6.2f} s, {runs[0].peak:4.0f} MB, {extra:5.1f} ms a further page")
            before = (pages, wall)

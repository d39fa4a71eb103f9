"""`validate` of a report held against last year's: cold, warm, and a thousand reports in one process."""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.processes import median, run_once
from reportgen.model.report import validate

FIXTURES = Path(__file__).parents[1] / "fixtures"
REPORT = FIXTURES / "jiangmen-fgj-2023.yaml"
LAST = "上年报告: last.yaml\n"
ROUNDS = 9
MANY = 1000


def measure_review() -> None:
    """Print how long a review takes and how much memory a thousand of them need."""
    with tempfile.TemporaryDirectory() as folder:
        report = with_last_year(Path(folder))
        command = [sys.executable, "-m", "reportgen", "-q", "validate", str(report)]
        cold = [run_once(command, FIXTURES.parent).wall for _ in range(ROUNDS)]
        print(f"cold: {median(cold) * 1000:.0f} ms  (aim 300)")
        validate(report)
        warm = [timed(report) for _ in range(ROUNDS)]
        print(f"warm: {median(warm) * 1000:.1f} ms  (aim 20)")
        pairs = [other_figures(report, number) for number in range(MANY)]
        began = time.perf_counter()
        for pair in pairs:
            for file, text in pair.items():
                file.write_text(text, "utf-8")
            validate(report)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{MANY} reports: {time.perf_counter() - began:.1f} s  (aim 15), {memory} MB  (aim 300)")


def with_last_year(folder: Path) -> Path:
    """A report with last year's beside it, in a folder."""
    text = REPORT.read_text("utf-8")
    (folder / "last.yaml").write_text(text.replace("年度: 2023", "年度: 2022"), "utf-8")
    shutil.copytree(FIXTURES / "pictures", folder / "pictures")
    report = folder / "report.yaml"
    report.write_text(text.replace("年度: 2023\n", f"年度: 2023\n{LAST}"), "utf-8")
    return report


def other_figures(report: Path, number: int) -> dict[Path, str]:
    """The report and last year's with figures of their own, in tables and texts: no two are alike."""
    texts = {file: file.read_text("utf-8") for file in (report, report.with_name("last.yaml"))}
    return {
        file: text.replace("工作动态: 105", f"工作动态: {105 + number}").replace(
            "20万次", f"{20 + number}万次"
        )
        for file, text in texts.items()
    }


def timed(report: Path) -> float:
    """The seconds that one review takes."""
    began = time.perf_counter()
    validate(report)
    return time.perf_counter() - began

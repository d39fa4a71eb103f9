"""What archiving costs: packing with full verification beside a build; many packages, one after the other."""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.build import REPORT, build_once
from benchmarks.processes import Run, interleave, median, ratio, run_once
from tests.authority import NOW, Authority
from tests.seals import seal
from tests.servers import served, stamping

ROUNDS = 3
MANY = (50, 100, 200)
"""How many packages are verified in a row."""
OURS = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
OFFICE = "全宗号: J1\n档号: J1-WS·2023-Y-BGS-0001\n保管期限: 永久\n机构或问题: 办公室\n室编件号: '0001'\n"
SIGNING = ("--by", "张三", "--at", "2024-02-01T08:00+08:00")


def call(folder: Path, *arguments: str) -> Run:
    """One cold command."""
    return run_once([sys.executable, "-m", "reportgen", "-q", *arguments], folder)


def prepare(folder: Path) -> None:
    """An issued report and what the office adds."""
    shutil.copy(REPORT, folder / "r.yaml")
    (folder / "office.yaml").write_text(OFFICE, "utf-8")
    call(folder, "issue", "r.yaml", *SIGNING)


def archive_once(folder: Path) -> Run:
    """One package made anew."""
    shutil.rmtree(folder / "package", ignore_errors=True)
    return call(folder, "archive", "r.yaml", *SIGNING, "--metadata", "office.yaml", "-o", "package")


def verify_once(folder: Path) -> Run:
    """One package verified whole: made again, and judged by veraPDF."""
    return call(folder, "verify", "package")


def both_once(folder: Path) -> Run:
    """Packing and verifying."""
    one, other = archive_once(folder), verify_once(folder)
    return Run(one.wall + other.wall, one.cpu + other.cpu, max(one.peak, other.peak))


def compare_archive() -> None:
    """Print what packing and verifying cost beside a build, and how many packages in a row cost."""
    compare_signing()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        actions: list[Callable[[], Run]] = [lambda: both_once(folder), lambda: build_once(REPORT, folder)]
        packed, builds = interleave(actions, ROUNDS)
        ours, theirs = [run.wall for run in packed], [run.wall for run in builds]
        print(f"archive + verify / build, cold: {ratio(ours, theirs)}  (aim 4)")
        print(f"  {median(ours):.2f} s, build {median(theirs):.2f} s")
        print(f"  the same in processor seconds: {ratio([r.cpu for r in packed], [r.cpu for r in builds])}")
        measure_growth(folder / "package")


def compare_signing() -> None:
    """Print what a signature at level B-LT costs beside a build; the time stamps come from this machine."""
    authority = Authority()
    with tempfile.TemporaryDirectory() as name, served({"/": stamping(authority)}) as address:
        folder = Path(name)
        files = {"p12": authority.pkcs12(b"x"), "crl": authority.crl(), "ca.pem": authority.root.pem}
        for file, content in {**files, "password": b"x", "seal.png": seal()}.items():
            (folder / file).write_bytes(content)
        build_once(REPORT, folder)
        shutil.copy(next(folder.rglob(f"{REPORT.stem}.pdf")), folder / "r.pdf")
        key = ("--key", "p12", "--password-file", "password", "--at", NOW.isoformat())
        level = ("--level", "B-LT", "--tsa", address + "/", "--crl", "crl", "--trust", "ca.pem")

        def sign_once() -> Run:
            (folder / "signed.pdf").unlink(missing_ok=True)
            return call(folder, "sign", "r.pdf", *key, *level, "-o", "signed.pdf")

        actions: list[Callable[[], Run]] = [sign_once, lambda: build_once(REPORT, folder)]
        signed, builds = interleave(actions, ROUNDS)
        ours, theirs = [run.wall for run in signed], [run.wall for run in builds]
        print(f"sign B-LT / build, cold: {ratio(ours, theirs)}  (aim 0.5)")
        print(f"  {median(ours):.2f} s, build {median(theirs):.2f} s")
        print(f"  the same in processor seconds: {ratio([r.cpu for r in signed], [r.cpu for r in builds])}")


def spent_so_far() -> float:
    """Processor seconds of this process and of those it started."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, OURS))


def measure_growth(package: Path) -> None:
    """Print processor seconds and peak memory of packages verified in a row here, nothing made again."""
    from reportgen.records.signatures.judged import Trust
    from reportgen.verifying_packages import Demands, verify_package

    demands = Demands(Trust((), datetime(2026, 1, 1, tzinfo=UTC)), prove=False)
    verify_package(package, demands)
    for count in MANY:
        start = spent_so_far()
        for _ in range(count):
            assert verify_package(package, demands).passed
        spent = (spent_so_far() - start) / count * 1000
        peak = max(resource.getrusage(who).ru_maxrss for who in OURS) / 1024
        print(f"{count} packages in a row: {spent:.0f} ms each, peak {peak:.0f} MB")

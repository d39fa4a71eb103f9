"""`python -m benchmarks [NAME …]`: runs the named benchmarks, or all, and prints their ratios."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from benchmarks import archive, build, offices, pages, review, truth, validate, verify

BENCHMARKS: Mapping[str, Callable[[], None]] = {
    "build": build.compare_cold,
    "warm": build.compare_warm,
    "review": review.measure_review,
    "validate": validate.compare_imports,
    "pages": pages.compare_growth,
    "verify": verify.compare_verification,
    "archive": archive.compare_archive,
    "truth": truth.measure_truth,
    "offices": offices.measure_offices,
}


def main(names: list[str]) -> int:
    """Run the benchmarks; 2 when a name is unknown."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    for name in names or list(BENCHMARKS):
        print(f"== {name}", flush=True)
        BENCHMARKS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

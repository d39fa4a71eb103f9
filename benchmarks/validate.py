"""`validate` beside the bare import of the libraries it stands on."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.build import REPORT
from benchmarks.processes import interleave, median, ratio, run_once

ROUNDS = 15


def compare_imports() -> None:
    """Print a cold `validate` against a process that only imports yaml, jinja2.sandbox and jsonschema."""
    here = Path(__file__).parents[1]
    command = [sys.executable, "-m", "reportgen", "-q", "validate", str(REPORT)]
    imports = [sys.executable, "-c", "import yaml, jinja2.sandbox, jsonschema"]
    ours, theirs = interleave([lambda: run_once(command, here), lambda: run_once(imports, here)], ROUNDS)
    check, bare = [run.wall for run in ours], [run.wall for run in theirs]
    print(f"validate / importing its libraries: {ratio(check, bare)}  (aim 1.6)")
    print(f"  validate {median(check) * 1000:.0f} ms")

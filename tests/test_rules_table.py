"""The table of a reviewer's rules is complete, and each row names what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.commands.explain import read_catalogues
from reportgen.verify.verification import check_catalogue

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "docs/maintainers/rules.md").read_text("utf-8")
ROWS = {
    cells[0]: cells[1:]
    for line in TABLE.splitlines()
    if re.match(r"\| [CX][0-9]+ \|", line)
    for cells in [[cell.strip() for cell in line.strip("| ").split(" | ")]]
}
CODES = {code for catalogue in read_catalogues(()).values() for code in catalogue}


def test_every_rule_has_its_row() -> None:
    wanted = [*(f"C{number:02}" for number in range(1, 41)), *(f"X{number}" for number in range(1, 7))]
    assert list(ROWS) == wanted
    assert TABLE.count("\n| C") + TABLE.count("\n| X") == len(wanted)


@pytest.mark.parametrize("rule", ROWS)
def test_every_row_names_what_there_is(rule: str) -> None:
    held = ROWS[rule][-1]
    named = re.findall(r"(check )?`([^`]+)`", held)
    checks, others = ([name for word, name in named if bool(word) is wanted] for wanted in (True, False))
    assert checks or others
    assert [name for name in checks if name not in check_catalogue()] == []
    assert [name for name in others if name not in CODES and not (ROOT / name).is_file()] == []

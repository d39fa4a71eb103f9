"""The Word file in use: valid to Word's schema, whole after a save."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from reportgen import build
from reportgen.render.bookmarks import printed_parts, read_texts
from reportgen.render.fonts import FontSet, load_fonts
from reportgen.render.package import read_package
from reportgen.render.properties import read_map
from reportgen.verify.libreoffice import save_again
from tests.render.word_cases import attachment, kind, prose, render

pytestmark = pytest.mark.slow

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*.yaml"))


def schema_errors(docx: Path) -> list[object]:
    """What the Open XML SDK finds in a Word file."""
    tools = (Path(sys.prefix) / "node" / "node_modules" / "@xarsh").glob("ooxml-validator-*/ooxml-validator*")
    done = subprocess.run([next(tools), docx], capture_output=True, check=False, text=True, timeout=60)
    verdict = json.loads(done.stdout)
    assert verdict["ok"] is not bool(verdict["errors"])
    return list(verdict["errors"])


@cache
def made(report: Path) -> dict[str, bytes]:
    """The files of a report's build by their ending."""
    return {Path(name).suffix: content for name, content in build(report).files.items()}


def with_fonts(text: str) -> FontSet:
    """The faces the PDF is set in, for any text."""
    return load_fonts(kind().fonts).with_rare(text)


def test_the_template_is_valid() -> None:
    assert schema_errors(kind().find_file("report.docx")) == []


@pytest.mark.parametrize("report", FIXTURES, ids=lambda path: path.stem)
def test_every_output_is_valid(report: Path, tmp_path: Path) -> None:
    docx = tmp_path / "report.docx"
    docx.write_bytes(made(report)[".docx"])
    assert schema_errors(docx) == []


def test_every_form_of_item_is_valid(tmp_path: Path) -> None:
    docx = tmp_path / "report.docx"
    docx.write_bytes(render(attachments=(attachment(),), draft_mark=prose("草稿", "状态")))
    assert schema_errors(docx) == []


def test_bookmarks_and_their_map_outlive_a_save() -> None:
    saved = read_package(save_again(render(), with_fonts("")))
    marks = read_map(saved)
    assert marks == read_map(read_package(render()))
    texts = read_texts(printed_parts(saved).values())
    body = {mark.name: mark.text for mark in marks if mark.path and mark.path != "状态"}
    assert {label: texts.get(label) for label in body} == body

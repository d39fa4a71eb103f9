"""After a correction of one figure only what depends on it is new: parts, lines and pages, one by one."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from reportgen.building import build

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),  # WeasyPrint's own
]

SOURCE = Path("fixtures/suqian-city-2023.yaml")
FREE = ("docProps/", "customXml/")
"""Parts of a Word file that speak of the file itself."""


def figure_line(text: str) -> str:
    """The line of a figure of the first statutory table."""
    found = re.search(r"^  行政强制: \d+$", text, re.MULTILINE)
    assert found
    return found[0]


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes], str, str]:
    """The documents before and after one figure changed, by form; the figure before and after."""
    folder = tmp_path_factory.mktemp("one-figure")
    text = SOURCE.read_text("utf-8")
    line = figure_line(text)
    key, figure = line.split(": ")
    other = str(int(figure) + 1)
    made = []
    for number, content in enumerate((text, text.replace(line, f"{key}: {other}"))):
        (folder / str(number)).mkdir()
        path = folder / str(number) / "r.yaml"
        path.write_text(content, "utf-8")
        files = build(path).files
        made.append({name.rpartition(".")[2]: data for name, data in files.items()})
    return made[0], made[1], figure, other


Builds = tuple[dict[str, bytes], dict[str, bytes], str, str]


def parts(docx: bytes) -> dict[str, bytes]:
    """The parts of a Word file."""
    with zipfile.ZipFile(BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_in_the_word_file_only_the_text_and_what_speaks_of_the_file_is_new(builds: Builds) -> None:
    before, after = (parts(build["docx"]) for build in builds[:2])
    assert before.keys() == after.keys()
    other = {name for name in before if before[name] != after[name]}
    assert "word/document.xml" in other
    assert all(name == "word/document.xml" or name.startswith(FREE) for name in other), other
    texts = [re.split(rb"(?=<w:p[ >])", build["word/document.xml"]) for build in (before, after)]
    paragraphs = [(one, two) for one, two in zip(*texts, strict=True) if one != two]
    assert len(paragraphs) == 1
    assert re.sub(rb"<[^>]*>", b"", paragraphs[0][1]).decode() == builds[3]


def test_on_the_page_only_the_lines_with_the_figure_are_new(builds: Builds) -> None:
    before, after = (build["html"].decode().splitlines() for build in builds[:2])
    lines = [(one, two) for one, two in zip(before, after, strict=True) if one != two]
    assert len(lines) == 1
    one, two = lines[0]
    assert f">{builds[2]}<" in one
    assert one.replace(f">{builds[2]}<", f">{builds[3]}<") == two


def contents(pdf: bytes) -> list[tuple[bytes, str]]:
    """The decoded content of every page, and its size."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [
            (b"".join(part.read_bytes() for part in content_of(page)), str(page.mediabox))
            for page in document.pages
        ]


def content_of(page: pikepdf.Page) -> list[pikepdf.Object]:
    """The content streams of a page."""
    content = page.obj["/Contents"]
    return list(content) if isinstance(content, pikepdf.Array) else [content]


def test_in_the_pdf_every_page_without_the_figure_has_the_same_content(builds: Builds) -> None:
    before, after = (contents(build["pdf"]) for build in builds[:2])
    assert len(before) == len(after) > 2
    other = [number for number, (one, two) in enumerate(zip(before, after, strict=True)) if one != two]
    assert len(other) == 1

"""Faces and reports that the tests of rendering share."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.model.kind import Kind, load_kind
from reportgen.render.fonts import FontSet
from tests.render.pages import FIXTURES, Printed, load, make_fonts


@pytest.fixture(scope="session")
def kind() -> Kind:
    return load_kind("disclosure-annual")


@pytest.fixture(scope="session")
def small_fonts(tmp_path_factory: pytest.TempPathFactory) -> FontSet:
    """Faces with every character of the fixtures and of the kinds."""
    files = [*FIXTURES.glob("*.yaml"), *(FIXTURES.parent / "templates").glob("*/t*.yaml")]
    text = (
        "".join(path.read_text("utf-8") for path in files) + "一二三四五六七八九十百千万附件图表注下载测试行"
    )
    return make_fonts(tmp_path_factory.mktemp("small"), text)


@pytest.fixture(scope="session")
def everything(kind: Kind, small_fonts: FontSet) -> Printed:
    """The report that uses every block, sealed, with attachments."""
    return Printed(load(FIXTURES / "everything-2024.yaml", kind), small_fonts)


@pytest.fixture(scope="session")
def draft(kind: Kind, small_fonts: FontSet) -> Printed:
    """A draft with most of its figures still unknown."""
    return Printed(load(FIXTURES / "jiangmen-fgj-2023.yaml", kind), small_fonts)


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """A folder of a report's own."""
    folder = tmp_path / "report"
    folder.mkdir()
    return folder

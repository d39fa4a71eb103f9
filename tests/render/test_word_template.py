"""The template: drawn from the kind's data, clean enough to be restyled, official cell by cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from reportgen.model.tables import StatutoryTable
from reportgen.render.package import Package, parse, read_package
from reportgen.render.word.document import draw_template
from reportgen.render.word.markup import Element, name, w
from tests.render.word_cases import kind, opened, properties, style_of, texts

LAYOUT = kind().layout


def template() -> tuple[Package, Element]:
    return opened(kind().find_file("report.docx").read_bytes())


def part(path: str) -> Element:
    return parse(template()[0].parts[path])


def styles() -> dict[str, Element]:
    found = part("word/styles.xml").iter(name("style"))
    return {str(style.get(name("styleId"))): style for style in found}


def value(style: Element, *tags: str, key: str = "val") -> str | None:
    found = style.find("/".join(name(tag) for tag in tags))
    return None if found is None else found.get(name(key))


def test_the_kept_file_is_what_the_data_draw() -> None:
    """Draw it anew with `reportgen kinds template templates/disclosure-annual` after changing the data."""
    assert kind().find_file("report.docx").read_bytes() == draw_template(kind())


def test_paragraphs_and_runs_have_named_styles_and_no_formatting_of_their_own() -> None:
    package, document = template()
    trees = [
        document,
        *(parse(package.parts[path]) for path in package.parts if "er" in path and "word/" in path),
    ]
    declared = styles()
    for paragraph in (paragraph for tree in trees for paragraph in tree.iter(name("p"))):
        assert set(properties(paragraph)) <= {"sectPr"}
        assert style_of(paragraph) in declared
    for run in (style for tree in trees for style in tree.iter(name("rStyle"))):
        assert run.get(name("val")) in declared


def test_every_paragraph_style_names_its_fonts() -> None:
    roles = kind().fonts["roles"]
    own = [style for style in styles().values() if style.get(name("type")) == "paragraph"]
    assert len(own) > 20
    declared = kind().layout["styles"].values()
    own_letters = {entry["id"] for entry in declared if entry.get("latin") == "own"}
    own_letters |= {"PageNumberOdd", "PageNumberEven"}
    assert len(own_letters) > 9
    for style in own:
        fonts = style.find(f"{name('rPr')}/{name('rFonts')}")
        assert fonts is not None
        assert fonts.get(name("eastAsia")) in {role["office"] for role in roles.values()}
        assert fonts.get(name("hint")) == "eastAsia"
        own_letter = style.get(name("styleId")) in own_letters
        letters = fonts.get(name("eastAsia")) if own_letter else "Times New Roman"
        assert {fonts.get(name(key)) for key in ("ascii", "hAnsi", "cs")} == {letters}


def test_no_theme_no_macro_no_address_outside() -> None:
    package, _ = template()
    assert not [path for path in package.parts if "theme" in path.lower() or path.endswith((".bin", ".vml"))]
    assert not [
        relation for known in package.relations.values() for relation in known.values() if relation.outside
    ]
    assert not [style for style in package.parts["word/styles.xml"].split() if b"Theme" in style]


@pytest.mark.parametrize(
    ("css", "size", "font"), [(s["class"], s["size"], s["font"]) for s in LAYOUT["styles"].values()]
)
def test_styles_are_those_of_the_layout(css: str, size: object, font: str) -> None:
    entry = next(entry for entry in LAYOUT["styles"].values() if entry["class"] == css)
    style = styles()[entry["id"]]
    assert value(style, "rPr", "sz") == str(int(Decimal(str(size)) * 2))
    assert value(style, "rPr", "rFonts", key="eastAsia") == kind().fonts["roles"][font]["office"]
    closer = value(style, "rPr", "spacing")
    assert closer == ("-5" if size == 16 else None)


def test_built_in_names_of_levels_are_kept() -> None:
    first, title = styles()["Level1"], styles()["DocTitle"]
    assert value(first, "name") == "heading 1"
    assert value(first, "aliases") == "一级标题"
    assert value(first, "pPr", "outlineLvl") == "0"
    assert value(title, "name") == "Title"


def test_the_page_is_that_of_the_standard() -> None:
    section = template()[1].find(f"{name('body')}/{name('sectPr')}")
    assert section is not None
    size, edges, grid = (section.find(name(tag)) for tag in ("pgSz", "pgMar", "docGrid"))
    assert size is not None
    assert edges is not None
    assert grid is not None
    assert [size.get(name(key)) for key in "wh"] == ["11906", "16838"]
    assert [edges.get(name(key)) for key in ("top", "right", "bottom", "left")] == [
        "2098",
        "1475",
        "1984",
        "1587",
    ]
    assert [grid.get(name(key)) for key in ("type", "linePitch")] == ["lines", "579"]


def test_lines_break_by_rule() -> None:
    rules = styles()["Normal"].find(name("pPr"))
    assert rules is not None
    off = {etree.QName(rule).localname for rule in rules if rule.get(name("val")) == "0"}
    assert off >= {"widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid"}
    assert rules.find(name("kinsoku")) is not None
    assert value(styles()["Normal"], "pPr", "spacing", key="line") == "579"
    assert value(styles()["Normal"], "pPr", "spacing", key="lineRule") == "exact"
    settings = part("word/settings.xml")
    assert value(settings, "characterSpacingControl") == "doNotCompress"
    assert settings.find(name("evenAndOddHeaders")) is not None
    assert [
        c.get(name("val"))
        for c in settings.iter(name("compatSetting"))
        if c.get(name("name")) == "compatibilityMode"
    ] == ["15"]


@pytest.mark.slow
def test_forbidden_breaks_are_those_of_the_pdf() -> None:
    """Between two characters the PDF's line breaking and Word's sets say the same."""
    from weasyprint.text.line_break import get_log_attrs

    from reportgen.render.line_ends import with_line_ends

    before, after = (LAYOUT["word"][f"never-{side}-line"] for side in ("begins", "ends"))
    rows = (bytes((row, cell)) for row in (0xA1, 0xA3) for cell in range(0xA1, 0xFF))
    characters = {
        *map(chr, range(0x21, 0xFF)),
        *(pair.decode("gb2312", "ignore") for pair in rows),
        *before,
        *after,
    }
    for character in sorted(c for c in characters if c.isprintable() and c and not c.isalnum()):
        breaks = [bool(attribute.is_line_break) for attribute in get_log_attrs(f"字{character}字", "zh-CN")]
        breaks[1] &= "whole" not in with_line_ends(f"字{character}")
        assert (character in before, character in after) == (not breaks[1], not breaks[2]), character
    assert len(before) <= 100
    assert len(after) <= 50


def test_page_numbers_stand_outside() -> None:
    package, document = template()
    section = document.find(f"{name('body')}/{name('sectPr')}")
    assert section is not None
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    footers = {
        str(item.get(name("type"))): package.relations["word/document.xml"][str(item.get(relation))].target
        for item in section.iter(name("footerReference"))
    }
    expected = {"default": ("right", "PageNumberOdd"), "even": ("left", "PageNumberEven")}
    for page, (side, style_id) in expected.items():
        footer = parse(package.parts[footers[page]])
        bare = "{%p if colophon and colophon.apart %}"
        assert texts(footer) == [bare, "", "{%p else %}", "— 1 —", "{%p endif %}"]
        assert [item.text for item in footer.iter(name("instrText"))] == ["PAGE"]
        style = styles()[style_id]
        assert value(style, "pPr", "jc") == side
        assert value(style, "pPr", "ind", key=side) == "280"


def grid(drawn: Element, columns: int) -> list[list[str]]:
    """The text at every square of a drawn table's grid, that of merged cells at each of their squares."""
    squares: list[list[str]] = []
    for row in drawn.iter(name("tr")):
        line: list[str] = []
        for cell in row.iter(name("tc")):
            span = int(value(cell, "tcPr", "gridSpan") or 1)
            merge = cell.find(f"{name('tcPr')}/{name('vMerge')}")
            continued = merge is not None and merge.get(name("val")) is None
            text = squares[-1][len(line)] if continued else "".join(texts(cell))
            line += [text] * span
        assert len(line) == columns
        squares.append(line)
    return squares


def declared_grid(table: StatutoryTable) -> list[list[str]]:
    squares = [[""] * len(table.columns) for _ in table.rows]
    for cell in (cell for row in table.rows for cell in row):
        for row, column in cell.area:
            squares[row][column] = f"{{{{ {cell.path} }}}}" if cell.path else cell.label
    return squares


@pytest.mark.parametrize("table", kind().tables.values(), ids=lambda table: table.name)
def test_tables_are_official_cell_by_cell(table: StatutoryTable) -> None:
    drawn = next(
        tbl for tbl in template()[1].iter(name("tbl")) if value(tbl, "tblPr", "tblCaption") == table.caption
    )
    squares = grid(drawn, len(table.columns))
    assert squares[: len(table.rows)] == declared_grid(table)
    assert [row[0].strip("{}%") for row in squares[len(table.rows) :]] == [
        f"tr if notes.{table.name}.inside ",
        f"p for line in notes.{table.name}.inside " + "%}{{ line }}{%p endfor ",
        "tr endif ",
    ]
    rows = list(drawn.iter(name("tr")))[: len(table.rows)]
    assert all(row.find(f"{name('trPr')}/{name('cantSplit')}") is not None for row in rows)
    repeated = [row.find(f"{name('trPr')}/{name('tblHeader')}") is not None for row in rows]
    assert repeated == [number < table.header_rows for number in range(len(rows))]
    widths = [int(str(column.get(name("w")))) for column in drawn.iter(name("gridCol"))]
    assert sum(widths) == 8844
    assert value(drawn, "tblPr", "tblLayout", key="type") == "fixed"


def test_rows_do_not_shrink_where_a_label_over_several_goes_on_below() -> None:
    exact = {
        "".join(map(str, row.itertext())).partition("{{")[0]
        for row in template()[1].iter(name("tr"))
        for height in row.iter(name("trHeight"))
        if height.get(name("hRule")) == "exact"
    }
    assert len(exact) == 17
    assert exact >= {
        "三、本年度办理结果（一）予以公开",
        "（三）不予公开1.属于国家秘密",
        "3.危及“三安全一稳定”",
        "3.其他",
    }
    assert not exact & {"（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（七）总计"}


def test_fixed_headings_are_literal() -> None:
    shown = texts(template()[1])
    assert [text for text in shown if text in kind().texts["headings"].values()] == list(
        kind().texts["headings"].values()
    )


def test_drawing_needs_nothing_but_data() -> None:
    first, second = draw_template(kind()), draw_template(kind())
    assert first == second
    assert read_package(first).parts.keys() == template()[0].parts.keys()


def test_an_element_leaves_out_what_is_none() -> None:
    assert etree.tostring(w("p", None, val=None)).endswith(b"/>")

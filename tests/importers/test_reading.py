"""Filled-in workbooks: figures come in whole, and what is wrong is told at its cell."""

from __future__ import annotations

import re
import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import Diagnostic, Severity, in_file_order
from reportgen.importers.book import Book, read_book
from reportgen.importers.reading import read_workbook
from tests.clocks import within
from tests.importers.workbooks import (
    BASICS,
    SLOTS,
    B,
    altered,
    codes,
    fill,
    form,
    number,
    read,
    sheet_parts,
    text,
    with_shared_texts,
)

SHEET = "xl/worksheets/sheet3.xml"


def test_an_empty_workbook_has_nothing_to_say_but_its_blanks() -> None:
    collected = read(form())
    assert collected.figures == {}
    assert {finding.code for finding in collected.diagnostics} == {"workbook-blank"}
    assert sum(collected.blank.values()) == len(SLOTS)


def test_amounts_keep_their_decimals_and_lose_errors_of_computing() -> None:
    place = SLOTS["主动公开政府信息.行政事业性收费"]
    for written, wanted in (
        ("18.871", "18.871"),
        ("0.30000000000000004", "0.3"),
        ("1E3", "1000"),
        ("0", "0"),
    ):
        collected = read(fill({place: number(written)}))
        assert collected.figures["主动公开政府信息.行政事业性收费"].text == wanted
    assert read(fill({place: text("18.60")})).figures["主动公开政府信息.行政事业性收费"].text == "18.60"


def test_figures_of_names_of_ones_own_come_in_with_their_groups() -> None:
    rows = {"其他数据!A4": text("渠道.网站"), "其他数据!B4": number(1023), "其他数据!A6": text("培训")}
    collected = read(fill({**rows, "其他数据!B6": number(3)}))
    assert {path: entry.text for path, entry in collected.figures.items()} == {
        "其他数据.渠道.网站": "1023",
        "其他数据.培训": "3",
    }


@pytest.mark.parametrize(
    ("place", "inside", "code"),
    [
        (f"{B}!D7", number(-1), "figure-negative"),
        (f"{B}!D7", number("1.5"), "count-fraction"),
        (f"{B}!D7", number("1E400"), "count-unreadable"),
        (f"{B}!D7", text("很多"), "count-unreadable"),
        (f"{B}!D7", text("１２件"), "workbook-text-figure"),
        (f"{B}!D7", number("#REF!"), "workbook-cell-error"),
        (f"{B}!D7", "<f>3+4</f>", "workbook-formula-uncomputed"),
        (f"{B}!D7", "<f>3+4</f><v>7</v>", "workbook-formula"),
        ("基本信息!B4", text("去年"), "year-unreadable"),
        ("基本信息!B6", text("公司"), "choice"),
        ("其他数据!B4", number(3), ""),
        ("其他数据!A4", text("1号 渠道"), "workbook-name"),
    ],
)
def test_what_cannot_be_taken_as_it_is_is_told_at_its_cell(place: str, inside: str, code: str) -> None:
    found = codes(fill({place: inside}))
    assert (code or "workbook-name") in found.values()
    assert all(cell.partition("!")[0] == place.partition("!")[0] for cell in found)


def test_a_name_that_stands_twice_is_told() -> None:
    rows = {
        f"其他数据!{cell}": inside
        for cell, inside in (
            ("A4", text("渠道.网站")),
            ("B4", number(1)),
            ("A5", text("渠道")),
            ("B5", number(2)),
        )
    }
    assert codes(fill(rows)) == {"其他数据!A5": "workbook-name-twice"}


def test_a_total_that_is_not_its_sum_is_told_with_its_parts() -> None:
    squares = {f"{B}!{column}7": number(1) for column in "DEFGHI"} | {f"{B}!J7": number(7)}
    (finding,) = [each for each in read(fill(squares)).diagnostics if each.code != "workbook-blank"]
    assert (finding.code, str(finding.location)) == ("application-row-total", f"采集表.xlsx:{B}!J7")
    assert {place.location.cell for place in finding.related} == {f"{B}!{column}7" for column in "DEFGHI"}
    squares[f"{B}!J7"] = "<f>SUM(D7:I7)</f><v>6</v>"
    assert codes(fill(squares)) == {}


def test_hidden_rows_and_columns_and_sheets_are_told() -> None:
    filled = fill({f"{B}!D7": number(3)})
    row = altered({SHEET: lambda xml: xml.replace('<row r="7"', '<row r="7" hidden="1"')}, base=filled)
    sheet = altered(
        {"xl/workbook.xml": lambda xml: re.sub(rf'(name="{B}"[^>]*state=")visible', r"\1hidden", xml)},
        base=filled,
    )
    for data in (row, sheet):
        assert codes(data) == {f"{B}!D7": "workbook-hidden"}
        assert read(data).figures[f"{B}.本年新收.自然人"].text == "3"


def test_merged_cells_are_refused() -> None:
    data = altered(
        {
            SHEET: lambda xml: xml.replace("<mergeCells ", "<mergeCells  ").replace(
                "</mergeCells>", '<mergeCell ref="D7:E7"/></mergeCells>'
            )
        }
    )
    assert codes(data) == {f"{B}!D7": "workbook-cell-merged", f"{B}!E7": "workbook-cell-merged"}


def moved_name(path: str, cell: str) -> bytes:
    """The workbook after a cell was cut and pasted elsewhere: its name goes with it."""
    name = re.escape(f'name="figure.{path}"')
    return altered(
        {"xl/workbook.xml": lambda xml: re.sub(rf"({name}[^>]*>[^!]*!)[^<]*", rf"\g<1>{cell}", xml)}
    )


def test_a_cell_that_was_cut_and_pasted_is_refused() -> None:
    assert codes(moved_name(f"{B}.本年新收.自然人", "$D$8")) == {f"{B}!D8": "workbook-cell-moved"}


def test_a_row_put_in_above_the_table_moves_nothing_out_of_place() -> None:
    def down(xml: str) -> str:
        return re.sub(
            r'(r="[A-Z]*|ref="[A-Z]+|:[A-Z]+)(\d+)(?=")',
            lambda match: f"{match[1]}{int(match[2]) + 1}",
            re.sub(r'ref="([A-Z]+)(\d+):', lambda m: f'ref="{m[1]}{int(m[2]) + 1}:', xml),
        )

    def names(xml: str) -> str:
        return re.sub(rf"('?{B}'?!\$[A-Z]+\$)(\d+)", lambda match: f"{match[1]}{int(match[2]) + 1}", xml)

    filled = fill({f"{B}!D7": number(5)})
    collected = read(altered({SHEET: down, "xl/workbook.xml": names}, base=filled))
    assert collected.figures[f"{B}.本年新收.自然人"].text == "5"
    assert {finding.code for finding in collected.diagnostics} == {"workbook-blank"}


def test_labels_of_another_form_are_refused() -> None:
    old = altered(
        {
            part: lambda xml: xml.replace("本年制发件数", "本年新制作数量").replace("商业企业", "企业")
            for part in sheet_parts().values()
        }
    )
    assert codes(old) == {
        "主动公开政府信息!B5": "workbook-label-changed",
        f"{B}!E6": "workbook-label-changed",
    }


def test_without_names_the_form_itself_says_where_figures_stand() -> None:
    filled = fill({f"{B}!D7": number(5)})
    bare = altered(
        {"xl/workbook.xml": lambda xml: re.sub("<definedNames>.*</definedNames>", "", xml)}, base=filled
    )
    assert {path: entry.text for path, entry in read(bare).figures.items()} == {f"{B}.本年新收.自然人": "5"}


def test_what_stands_outside_the_table_is_told() -> None:
    row = '<row r="40"><c r="A40" t="inlineStr"><is><t>备注</t></is></c></row></sheetData>'
    assert codes(altered({SHEET: lambda xml: xml.replace("</sheetData>", row)})) == {
        f"{B}!A40": "workbook-stray"
    }


def test_a_missing_sheet_is_told() -> None:
    renamed = altered({"xl/workbook.xml": lambda xml: re.sub(r'<sheet [^>]*name="复议诉讼"[^>]*/>', "", xml)})
    assert codes(renamed) == {"": "workbook-sheet-missing"}


def zipped(**parts: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>'
REFUSED = {
    "old": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "workbook-format"),
    "password": (
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        "workbook-encrypted",
    ),
    "text": ("名称,数据".encode(), "workbook-format"),
    "empty": (b"", "workbook-format"),
    "cut short": (form()[: len(form()) // 2], "workbook-damaged"),
    "another archive": (zipped(**{"a.txt": b"a"}), "workbook-format"),
    "opendocument": (zipped(mimetype=b"application/vnd.oasis"), "workbook-format"),
    "binary": (altered({}, {"xl/workbook.bin": b""}), "workbook-format"),
    "macros": (altered({}, {"xl/vbaProject.bin": b"x"}), "workbook-macros"),
    "bomb": (altered({}, {"xl/media/a.bin": b"\0" * 9_000_000}), "workbook-too-large"),
    "many entries": (altered({}, {f"a{number}": b"" for number in range(1001)}), "workbook-too-large"),
    "entities": (altered({SHEET: lambda _: BOMB.decode()}), "workbook-entities"),
    "broken xml": (altered({SHEET: lambda xml: xml[:500]}), "workbook-damaged"),
    "wrong text number": (
        altered({SHEET: lambda xml: xml.replace("<sheetData>", '<sheetData><c t="s"><v>99999</v></c>')}),
        "workbook-damaged",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_harmless_workbook_is_refused_by_name(name: str) -> None:
    data, code = REFUSED[name]
    assert codes(data) == {"": code}


def test_a_workbook_of_no_kind_is_told() -> None:
    other = altered({"xl/workbook.xml": lambda xml: xml.replace("disclosure-annual", "x")})
    found = read_workbook(other, "a.xlsx")
    assert isinstance(found, Diagnostic)
    assert found.code == "workbook-of-no-kind"


def test_texts_that_sheets_share_are_read() -> None:
    filled = fill({**BASICS, f"{B}!D7": text("12")})
    for data in (filled, with_shared_texts(filled)):
        assert {entry.text for entry in read(data).figures.values()} == {"12"}
        assert read(data).fields["机关"].text == "云湖市统计局"


def test_links_to_other_files_are_told_and_not_followed() -> None:
    assert codes(altered({}, {"xl/externalLinks/externalLink1.xml": b"<a/>"})) == {"": "workbook-links"}


@pytest.mark.slow
def test_hostile_sheets_cost_little_time_and_memory() -> None:
    cells = "".join(f'<c r="A{row}"><v>1</v></c>' for row in range(1, 200_000))

    def everywhere(xml: str) -> str:
        return xml.replace("</mergeCells>", '<mergeCell ref="A40:XFD1048576"/></mergeCells>')

    def many(xml: str) -> str:
        return xml.replace("</sheetData>", f"<row>{cells}</row></sheetData>")

    tracemalloc.start()
    with within(20):
        for change in (everywhere, many):
            codes(altered({SHEET: change}))
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()


@settings(max_examples=60, deadline=None)
@pytest.mark.slow
@given(st.integers(0, len(form()) - 1), st.binary(min_size=1, max_size=8))
def test_damaged_bytes_never_raise(at: int, noise: bytes) -> None:
    codes(form()[:at] + noise + form()[at + len(noise) :])


@settings(max_examples=60, deadline=None)
@pytest.mark.slow
@given(st.data())
def test_damaged_xml_never_raises(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(["xl/workbook.xml", SHEET, "xl/_rels/workbook.xml.rels"]))
    at, noise = data.draw(st.integers(0, 5000)), data.draw(st.text(max_size=8))
    codes(altered({part: lambda xml: (xml[:at] + noise + xml[at:]).encode("utf-8", "replace").decode()}))


def test_what_is_wrong_stands_in_the_order_of_the_sheets_and_their_rows() -> None:
    first = "主动公开政府信息"
    wrong = (f"{first}!B10", f"{first}!B7", f"{B}!D10", f"{B}!D9", f"{B}!E9", "其他数据!B4")
    found = read(fill({place: text("约3件") for place in wrong})).diagnostics
    errors = tuple(each for each in found if each.level is Severity.ERROR)
    ordered = [each.location.cell for each in in_file_order(errors)]
    assert [cell for cell in ordered if cell.startswith(first)] == [f"{first}!B7", f"{first}!B10"]
    assert [cell for cell in ordered if cell.startswith(B)] == [f"{B}!D9", f"{B}!E9", f"{B}!D10"]
    sheets = [each.location.cell.partition("!")[0] for each in errors]
    assert list(dict.fromkeys(cell.partition("!")[0] for cell in ordered)) == list(dict.fromkeys(sheets))
    (nameless,) = [each for each in errors if each.code == "workbook-name"]
    assert nameless.hint("zh").startswith("这一行有数，没有名称")


def test_sheets_are_found_by_the_relations_of_the_file() -> None:
    book = read_book(form(), "a.xlsx")
    assert isinstance(book, Book)
    assert list(sheet_parts()) == list(book.grids)

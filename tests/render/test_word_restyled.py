"""The template in a clerk's hands: what is changed in Word changes in the document, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from reportgen.diagnostics import Diagnostic, is_fatal
from reportgen.errors import KindError
from reportgen.model.kind import Kind
from reportgen.render.docx import render_docx
from reportgen.render.package import Package, Relation, parse, read_package
from reportgen.verify.template.lint import lint_template
from tests.render.word_cases import MOMENT, SHA256, SIGNATURE, context, kind, render, texts

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def restyled(folder: Path, *changes: tuple[str, str, str]) -> Kind:
    """The kind with a template that has some of its text replaced: part, old, new."""
    package = read_package(kind().find_file("report.docx").read_bytes())
    for part, old, new in changes:
        before = package.parts[part].decode()
        assert before.count(old) == 1, before.count(old)
        package.parts[part] = before.replace(old, new).encode()
    (folder / "report.docx").write_bytes(package.write())
    return replace(kind(), folders=(folder, *kind().folders))


def filled(folder: Path, *changes: tuple[str, str, str]) -> bytes:
    """The Word file from such a template, which is found sound before."""
    own = restyled(folder, *changes)
    assert not is_fatal(lint_template(own))
    return render_docx(context(), own, SIGNATURE, SHA256, MOMENT)


def differences(content: bytes) -> dict[str, list[tuple[str, str]]]:
    """What differs from the file of the untouched template: by part, the markup before and after."""
    before, after = (read_package(data).parts for data in (render(), content))
    assert before.keys() == after.keys()
    changed = {}
    for part in sorted(part for part in before if before[part] != after[part]):
        old, new = (data[part].decode().replace(">", ">\n").split("\n") for data in (before, after))
        steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        changed[part] = [
            ("".join(old[a:b]), "".join(new[c:d])) for step, a, b, c, d in steps if step != "equal"
        ]
    return changed


def test_an_untouched_template_changes_nothing(tmp_path: Path) -> None:
    assert filled(tmp_path) == render()


def test_the_colour_of_a_style_changes_that_style(tmp_path: Path) -> None:
    style = '<w:aliases w:val="一级标题"/>'
    markup = read_package(kind().find_file("report.docx").read_bytes()).parts[STYLES].decode()
    start = markup.index(style)
    old = markup[start : markup.index("</w:style>", start)]
    colour = '<w:color w:val="C00000"/>'
    new = old.replace('<w:spacing w:val="-5"/>', colour + '<w:spacing w:val="-5"/>')
    assert differences(filled(tmp_path, (STYLES, old, new))) == {STYLES: [("", colour)]}


@pytest.mark.slow
def test_a_fixed_heading_changes_that_heading(tmp_path: Path) -> None:
    content = filled(tmp_path, (DOCUMENT, ">一、总体情况<", ">一、基本情况<"))
    changed = differences(content)
    words = [pair for pair in changed[DOCUMENT] if "bookmarkStart" not in pair[0]]
    assert words == [("一、总体情况</w:t>", "一、基本情况</w:t>")]
    assert changed.keys() == {DOCUMENT, "customXml/item1.xml"}
    assert "一、基本情况" in texts(parse(read_package(content).parts[DOCUMENT]))


def test_the_width_of_a_column_changes_that_column(tmp_path: Path) -> None:
    markup = read_package(kind().find_file("report.docx").read_bytes()).parts[DOCUMENT].decode()
    start = markup.index('<w:tblCaption w:val="主动公开政府信息情况"/>')
    old = markup[start : markup.index("</w:tblGrid>", start)]
    before, after = '<w:gridCol w:w="2211"/>', '<w:gridCol w:w="2000"/>'
    changed = differences(filled(tmp_path, (DOCUMENT, old, old.replace(before, after, 1))))
    assert changed == {DOCUMENT: [(before, after)]}


def fault(folder: Path, *changes: tuple[str, str, str]) -> tuple[str, dict[str, str]]:
    """The finding a broken template gives before it is filled: its code and its words."""
    finding, *_ = lint_template(restyled(folder, *changes))
    return told(finding, folder)


def late_fault(folder: Path, *changes: tuple[str, str, str]) -> tuple[str, dict[str, str]]:
    """The finding of a template that only filling it shows to be broken."""
    own = restyled(folder, *changes)
    with pytest.raises(KindError) as caught:
        render_docx(context(), own, SIGNATURE, SHA256, MOMENT)
    (finding,) = caught.value.diagnostics
    return told(finding, folder)


def told(finding: Diagnostic, folder: Path) -> tuple[str, dict[str, str]]:
    """The code and the words of a finding, which names nothing of a library."""
    assert finding.location.file == str(folder / "report.docx")
    assert "jinja" not in f"{finding.message()} {finding.message('en')}".lower()
    return finding.code, dict(finding.spoken("zh"))


DATE = "{{ date }}"


@pytest.mark.parametrize(
    ("tag", "code", "shown"),
    [
        ("{{ date", "word-template-syntax", "{{ date"),
        ("{{ date ) }}", "word-template-syntax", "{{ date ) }}"),
        ("{{ 收到日期 }}", "word-template-undefined", "{{ 收到日期 }}"),
        ("{{ 总体情况.没有 }}", "word-template-undefined", "{{ 总体情况.没有 }}"),
        ("{{ text.keys() }}", "word-template-forbidden", "{{ text.keys() }}"),
        ("{{ ''.__class__ }}", "word-template-forbidden", "{{ ''.__class__ }}"),
        ("{{ sealed }}", "word-template-forbidden", "{{ sealed }}"),
        ("{{ date | safe }}", "word-template-filter", "{{ date | safe }}"),
        ("{%p if draft %}", "word-template-unbalanced", ""),
        ("日期{%p if draft %}", "word-template-syntax", "日期{%p if draft %}"),
        ("日期 }} date", "word-template-syntax", "日期 }} date"),
        ("{%tr if draft %}", "word-template-syntax", ""),
        ("{{p date }}", "word-template-structure", ""),
        ("{{ 引言 }}", "word-template-forbidden", "{{ 引言 }}"),
    ],
)
def test_a_broken_tag_is_named_with_its_place(tmp_path: Path, tag: str, code: str, shown: str) -> None:
    found, words = fault(tmp_path, (DOCUMENT, DATE, tag.replace("<", "&lt;")))
    assert found == code
    if shown:
        assert words["text"] == shown
        assert words["where"]


def test_the_place_is_the_fixed_text_above(tmp_path: Path) -> None:
    tag = "{{ 收到和处理申请.本年新收.自然人 }}"
    _, words = fault(tmp_path, (DOCUMENT, tag, "{{ 收到和处理申请.本年新收.法人 }}"))
    assert words["where"] == (
        "第3个表格第4行第2格（“三、收到和处理政府信息公开申请情况”之下，“一、本年新收政府信息公开申请数量”之后）"
    )
    assert words["name"] == "法人"
    assert words["text"] == "{{ 收到和处理申请.本年新收.法人 }}"


def test_a_value_where_word_expects_a_number_is_a_fault(tmp_path: Path) -> None:
    old = '<w:tblCaption w:val="主动公开政府信息情况"/>'
    code, _ = fault(tmp_path, (DOCUMENT, old, '<w:tblCaption w:val="{{ date }}"/>'))
    assert code == "word-template-structure"


def before_paragraph(text: str, added: str) -> tuple[str, str, str]:
    """The change that puts markup before the paragraph of a fixed text."""
    markup = read_package(kind().find_file("report.docx").read_bytes()).parts[DOCUMENT].decode()
    start = markup.rindex("<w:p>", 0, markup.index(f">{text}<"))
    old = markup[start : markup.index(f">{text}<")]
    return DOCUMENT, f"{old}>{text}<", f"{added}{old}>{text}<"


def test_a_loop_that_begins_in_text_and_ends_in_a_table_is_a_fault(tmp_path: Path) -> None:
    loop = before_paragraph(
        "二、主动公开政府信息情况", "<w:p><w:r><w:t>{%p for line in title %}</w:t></w:r></w:p>"
    )
    row = "<w:tr><w:tc><w:p><w:r><w:t>{%tr endfor %}</w:t></w:r></w:p></w:tc></w:tr>"
    markup = read_package(kind().find_file("report.docx").read_bytes()).parts[DOCUMENT].decode()
    at = markup.index("{%tr if notes.主动公开政府信息.inside %}")
    start = markup.rindex("<w:tr>", 0, at)
    old = markup[start : at + 20]
    code, words = fault(tmp_path, loop, (DOCUMENT, old, row + old))
    assert code == "word-template-structure"
    assert words["where"]


def test_a_cell_that_loses_its_paragraph_is_a_fault(tmp_path: Path) -> None:
    markup = read_package(kind().find_file("report.docx").read_bytes()).parts[DOCUMENT].decode()
    at = markup.index(">规章<")
    start, end = markup.rindex("<w:p>", 0, at), markup.index("</w:p>", at) + len("</w:p>")
    cell = markup[start:end]
    empty = "".join(f"<w:p><w:r><w:t>{{%p {tag} %}}</w:t></w:r></w:p>" for tag in ("if draft", "endif"))
    code, _ = late_fault(tmp_path, (DOCUMENT, cell, empty))
    assert code == "word-template-structure"


def test_a_part_that_is_no_markup_makes_the_file_unreadable(tmp_path: Path) -> None:
    code, _ = fault(tmp_path, (DOCUMENT, "{{ recipient }}", "{{ recipient }}</w:t>"))
    assert code == "word-template-unreadable"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all" * 100])
def test_a_file_that_is_no_word_file_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "report.docx").write_bytes(content)
    own = replace(kind(), folders=(tmp_path, *kind().folders))
    with pytest.raises(KindError) as caught:
        render_docx(context(), own, SIGNATURE, SHA256, MOMENT)
    assert [finding.code for finding in caught.value.diagnostics] == ["word-template-unreadable"]


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/embeddings/a.xlsx"]
)
def test_a_template_that_may_run_something_is_refused(tmp_path: Path, name: str) -> None:
    package = read_package(kind().find_file("report.docx").read_bytes())
    package.add(name, b"x", "application/octet-stream")
    assert refusals(tmp_path, package) == [("word-template-active", name)]


def test_a_template_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    package = read_package(kind().find_file("report.docx").read_bytes())
    package.relate(DOCUMENT, Relation(f"{OFFICE}/hyperlink", "https://example.org/", outside=True))
    assert refusals(tmp_path, package) == [("word-template-active", "https://example.org/")]


def refusals(folder: Path, package: Package) -> list[tuple[str, str]]:
    """The codes and texts of what a template is refused for."""
    (folder / "report.docx").write_bytes(package.write())
    own = replace(kind(), folders=(folder, *kind().folders))
    return [(found.code, found.message("zh").partition("：")[2]) for found in lint_template(own)]

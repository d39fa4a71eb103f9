"""The styles of a kind in; the macro of report.docx that prints running text, form by form, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.render.word.markup import Element, paragraph, run, twips, w
from reportgen.render.word.sheet import Sheet
from reportgen.render.word.tables import row_across, table_frame

NUMBERED_TITLE = "{{ item.number }}{{ item.title }}"
NUMBERED_TEXT = "{{ item.number }}{{ item.text }}"

PARAGRAPHS = (
    ("item.form == 'paragraph'", "body", "{{ item.text }}"),
    ("item.form == 'heading' and item.level == 2", "level-2", NUMBERED_TITLE),
    ("item.form == 'heading' and item.level == 3", "level-3", NUMBERED_TITLE),
    ("item.form == 'heading'", "level-4", NUMBERED_TITLE),
    ("item.form == 'item'", "level-3", NUMBERED_TEXT),
    ("item.form == 'sub-item'", "level-4", NUMBERED_TEXT),
    ("item.form == 'chart'", "picture", "{{ item.picture }}"),
    ("item.form == 'picture'", "picture", "{{ item.picture }}"),
    ("item.form == 'picture-title'", "picture-title", NUMBERED_TITLE),
    ("item.form == 'table-title'", "table-title", NUMBERED_TITLE),
    ("item.form == 'note'", "note", NUMBERED_TEXT),
    ("item.form == 'page-break'", "page-break", ""),
)
"""The forms of items that are one paragraph: when, the class of its style, and what stands in it."""


def tag(sheet: Sheet, statement: str) -> Element:
    """A line of the template that is an instruction, such as `{%p for line in title %}`."""
    return paragraph(sheet.layout["word"]["tag"]["id"], statement)


def loop(sheet: Sheet, head: str, *content: Element) -> Iterator[Element]:
    """Paragraphs for each round of a loop."""
    yield tag(sheet, f"{{%p for {head} %}}")
    yield from content
    yield tag(sheet, "{%p endfor %}")


def either(sheet: Sheet, *cases: tuple[str, Iterable[Element]]) -> Iterator[Element]:
    """Paragraphs under conditions, of which the first that holds counts; an empty one is the rest."""
    for number, (condition, content) in enumerate(cases):
        word = "if" if number == 0 else "elif" if condition else "else"
        yield tag(sheet, f"{{%p {f'{word} {condition}'.strip()} %}}")
        yield from content
    yield tag(sheet, "{%p endif %}")


def items_macro(sheet: Sheet, width: int) -> Iterator[Element]:
    """The macro `items(list)`; `width` is that of the type area in twips."""
    cases: list[tuple[str, Iterable[Element]]] = [("item.form == 'run-in'", [_run_in(sheet)])]
    cases += [(when, [paragraph(sheet.id(css), *filter(None, [text]))]) for when, css, text in PARAGRAPHS]
    cases.append(("item.form == 'table'", _free_table(sheet, width)))
    yield tag(sheet, "{%p macro items(list) %}")
    yield tag(sheet, "{%p for item in list %}")
    for number, (when, content) in enumerate(cases):
        yield tag(sheet, f"{{%p {'elif' if number else 'if'} {when} %}}")
        yield from content
    yield from (tag(sheet, f"{{%p {end} %}}") for end in ("endif", "endfor", "endmacro"))


def _run_in(sheet: Sheet) -> Element:
    """小标题 with its text running on in the same paragraph."""
    title = run("{{ item.number }}{{ item.title }}{{ item.stop }}", sheet.run("run-in"))
    return paragraph(sheet.id("body"), title, run("{{ item.text }}"))


def _free_table(sheet: Sheet, width: int) -> Iterator[Element]:
    """A table of the author's own. `{{p item.table }}` gives the table after it its widths and its name."""
    yield tag(sheet, "{{p item.table }}")
    columns = 3  # what a row with a loop in it takes here; the document's table has its own
    widths = [width // columns] * columns
    rows = (
        _loop_row(sheet, "item.table.header", widths[0], header=True),
        row_across(widths, tag(sheet, "{%tr for row in item.table.rows %}")),
        _loop_row(sheet, "row", widths[0], header=False),
        row_across(widths, tag(sheet, "{%tr endfor %}")),
    )
    yield table_frame(sheet, widths, rows, "附表", "")


def _loop_row(sheet: Sheet, cells: str, width: int, *, header: bool) -> Element:
    texts = (f"{{%tc for cell in {cells} %}}", "{{ cell }}", "{%tc endfor %}")
    height = w("trHeight", val=twips(sheet.layout["tables"]["row"]), hRule="atLeast")
    rules = w("trPr", w("cantSplit"), height, w("tblHeader") if header else None)
    return w("tr", rules, *(free_cell(width, sheet.id("cell"), text) for text in texts))


def free_cell(width: int, style: str, text: str) -> Element:
    """A cell of a free table."""
    return w(
        "tc", w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")), paragraph(style, text)
    )

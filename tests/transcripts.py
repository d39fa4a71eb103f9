"""A Word file or a web page in; what it says and in which styles out: paragraphs, tables cell by cell, pictures.

Both are read into the same parts, with the style names of the kind's layout, so that the twins can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

Element = ElementTree.Element
Layout = Mapping[str, Any]

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PLAIN = ""
CELLS = ("td", "th")
BLOCKS = ("h1", "h2", "h3", "p", "figure", "table")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph and the name of its character style, empty for none."""

    text: str
    style: str = PLAIN


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: the name of its style and its runs, neighbours of one style joined."""

    style: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by what is said of it to those who do not see it."""

    said: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over so many columns and rows."""

    texts: tuple[Text, ...]
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption for those who do not see it, how many rows are its head, and all its rows."""

    caption: str
    head: int
    rows: tuple[tuple[Cell, ...], ...]


Part = Text | Picture | Table


def written(parts: Iterable[Part]) -> str:
    """The parts for people to read, a line each; `[2×3]` is a cell over two columns and three rows."""
    return "".join(f"{line}\n" for part in parts for line in lines_of(part))


def lines_of(part: Part) -> Iterator[str]:
    """The lines of one part."""
    match part:
        case Text(style, runs):
            yield f"【{style}】{marked(runs)}"
        case Picture(said):
            yield f"【图片】{said}"
        case Table(caption, head, rows):
            yield f"【表格】{caption}" + (f"（表头{head}行）" if head else "")
            for number, row in enumerate(rows, 1):
                yield f"  {number:>2}｜" + "｜".join(map(cell_line, row))


def cell_line(cell: Cell) -> str:
    """A cell in one line."""
    span = f"[{cell.columns}×{cell.rows}]" if cell.columns > 1 or cell.rows > 1 else ""
    return span + "／".join(marked(text.runs) for text in cell.texts)


def marked(runs: Iterable[Run]) -> str:
    """The text of runs, those of a style of their own in brackets."""
    return "".join(f"⟨{run.style}：{run.text}⟩" if run.style else run.text for run in runs)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs that hold text, neighbours of one style as one."""
    kept: list[Run] = []
    for run in runs:
        if run.text and kept and kept[-1].style == run.style:
            kept[-1] = Run(kept[-1].text + run.text, run.style)
        elif run.text:
            kept.append(run)
    return tuple(kept)


def named(layout: Layout, key: str) -> Mapping[str, str]:
    """The names of all styles by their `id` or `class`."""
    styles = {style[key]: name for group in ("styles", "runs") for name, style in layout[group].items()}
    if key == "id":
        styles |= {style["id"]: style["name"] for style in layout["word"]["page-number"].values()}
        kept = layout["word"]["kept"]["id"]
        styles |= {f"{identifier}{kept}": name for identifier, name in styles.items()}
    return styles


# --- Word ---


def word_parts(docx: bytes, layout: Layout) -> tuple[Part, ...]:
    """The parts of a Word file's body."""
    return tuple(WordReader(named(layout, "id")).parts(part_of(docx, "word/document.xml")[0]))


def part_of(docx: bytes, name: str) -> Element:
    """The tree of a part of a Word file."""
    with ZipFile(BytesIO(docx)) as package:
        return ElementTree.fromstring(package.read(name))


class WordReader:
    """Reads elements of WordprocessingML; a style the layout does not name fails."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` are those of the styles by their ids."""
        self.names = names

    def parts(self, body: Element) -> Iterator[Part]:
        """The parts directly inside an element."""
        for child in body:
            if child.tag == f"{WORD}tbl":
                yield self.table(child)
            elif child.tag == f"{WORD}p":
                drawn = child.find(f".//{DRAWING}docPr")
                yield self.text(child) if drawn is None else Picture(str(drawn.get("descr")))

    def text(self, paragraph: Element) -> Text:
        """A paragraph; a field shows as its instruction."""
        runs = (Run(run_text(run), self.style(run, "r")) for run in paragraph.iter(f"{WORD}r"))
        return Text(self.style(paragraph, "p"), joined(runs))

    def style(self, element: Element, kind: str) -> str:
        """The name of the style of a paragraph or run."""
        found = element.find(f"{WORD}{kind}Pr/{WORD}{kind}Style")
        return PLAIN if found is None else self.names[str(found.get(f"{WORD}val"))]

    def table(self, table: Element) -> Table:
        """A table, its merged cells counted."""
        caption = table.find(f"{WORD}tblPr/{WORD}tblCaption")
        rows = table.findall(f"{WORD}tr")
        head = sum(row.find(f"{WORD}trPr/{WORD}tblHeader") is not None for row in rows)
        said = "" if caption is None else str(caption.get(f"{WORD}val"))
        return Table(said, head, tuple(map(tuple, self.cells(rows))))

    def cells(self, rows: list[Element]) -> list[list[Cell]]:
        """The cells of all rows; one that goes on downwards counts in the row it starts in."""
        found: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(rows):
            found.append([])
            column = 0
            for cell in row.findall(f"{WORD}tc"):
                wide = int(value(cell, "gridSpan") or 1)
                if value(cell, "vMerge") == "continue":
                    above, place = open_cells[column]
                    known = found[above][place]
                    found[above][place] = Cell(known.texts, wide, number - above + 1)
                else:
                    open_cells[column] = (number, len(found[-1]))
                    found[-1].append(Cell(tuple(self.cell_texts(cell)), wide, 1))
                column += wide
        return found

    def cell_texts(self, cell: Element) -> Iterator[Text]:
        """The paragraphs of a cell."""
        return (self.text(paragraph) for paragraph in cell.findall(f"{WORD}p"))


def value(cell: Element, name: str) -> str:
    """A property of a cell, empty when it has it not; `vMerge` without a value goes on."""
    found = cell.find(f"{WORD}tcPr/{WORD}{name}")
    return "" if found is None else found.get(f"{WORD}val", "continue")


def run_text(run: Element) -> str:
    """The text of a run, that of a field inside braces."""
    letters = "".join(child.text or "" for child in run if child.tag == f"{WORD}t")
    fields = (f"{{{(child.text or '').strip()}}}" for child in run if child.tag == f"{WORD}instrText")
    return letters + "".join(fields)


# --- The web page ---


def page_parts(html: bytes, layout: Layout) -> tuple[Part, ...]:
    """The parts of a page's `main`: what the twins share."""
    main = ElementTree.fromstring(html.decode().removeprefix("<!DOCTYPE html>")).find(".//main")
    assert main is not None
    return tuple(PageReader(named(layout, "class")).parts(main))


class PageReader:
    """Reads elements of the page; a class the layout does not name fails."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` are those of the styles by their classes."""
        self.names = names

    def parts(self, element: Element) -> Iterator[Part]:
        """The parts inside an element, however deep."""
        for child in element:
            if child.get("class") == "page-break":
                yield Text(self.names["page-break"], ())
            elif child.tag in BLOCKS:
                yield from self.block(child)
            else:
                yield from self.parts(child)

    def block(self, element: Element) -> Iterator[Part]:
        """The parts a block stands for: a title is a paragraph for each of its lines."""
        lines = [child for child in element if child.get("class") == "line"]
        if element.tag == "table":
            yield self.table(element)
        elif element.tag == "figure":
            yield Picture(str(element[0].get("alt")))
        else:
            style = self.names[str(element.get("class"))]
            yield from (Text(style, self.runs(line)) for line in lines or [element])

    def runs(self, element: Element, style: str = PLAIN) -> tuple[Run, ...]:
        """The runs of a paragraph."""
        runs = [Run(element.text or "", style)]
        for child in element:
            runs += self.runs(child, self.names[str(child.get("class"))])
            runs.append(Run(child.tail or "", style))
        return joined(runs)

    def table(self, table: Element) -> Table:
        """A table."""
        rows = tuple(
            tuple(self.cell(cell) for cell in row if cell.tag in CELLS) for row in table.iter("tr")
        )
        head = table.find("thead")
        return Table(table.findtext("caption", ""), 0 if head is None else len(head), rows)

    def cell(self, cell: Element) -> Cell:
        """A cell: a paragraph itself, or paragraphs in it."""
        inner = tuple(self.parts(cell))
        own = Text(self.names[str(cell.get("class"))], self.runs(cell)) if not inner else None
        texts = (own,) if own else tuple(part for part in inner if isinstance(part, Text))
        return Cell(texts, int(cell.get("colspan", 1)), int(cell.get("rowspan", 1)))

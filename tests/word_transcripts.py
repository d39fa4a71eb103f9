"""A Word file in; its paragraphs, its tables cell by cell and its pictures out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from tests.transcripts import HOLDERS, PLAIN, Cell, Layout, Part, Picture, Run, Table, Text, joined, named

Element = ElementTree.Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def word_parts(docx: bytes, layout: Layout) -> tuple[Part, ...]:
    """The parts of a Word file's body."""
    parts = WordReader(named(layout, "id")).parts(part_of(docx, "word/document.xml")[0])
    return tuple(part for part in parts if not isinstance(part, Text) or part.style not in HOLDERS)


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
    blanks = {f"{WORD}t": "", f"{WORD}tab": " "}
    letters = "".join(child.text or blanks[child.tag] for child in run if child.tag in blanks)
    fields = (f"{{{(child.text or '').strip()}}}" for child in run if child.tag == f"{WORD}instrText")
    return letters + "".join(fields)

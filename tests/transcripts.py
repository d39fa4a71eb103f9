"""What a document says and in which styles, as values in; lines of text for people to compare out.

Word files and web pages are both read into these parts, with the style names of the kind's layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Layout = Mapping[str, Any]

PLAIN = ""
HOLDERS = ("信函末", "版记后")
"""Styles of paragraphs that only hold a place of the Word file: a section's end, a frame's anchor."""


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

"""What the author wrote under a field of prose in; blocks with their prose evaluated, and findings, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from reportgen.diagnostics import Diagnostic
from reportgen.model import nodes
from reportgen.model.charts import read_chart
from reportgen.model.names import Names
from reportgen.model.nodes import Node, Scalar, Sequence
from reportgen.model.prose import plain_prose
from reportgen.model.reading import NO_PROSE, Reader, Words
from reportgen.model.shape import NEAR
from reportgen.model.values import (
    Attachment,
    Block,
    FreeTable,
    Heading,
    ListItem,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Picture,
    Prose,
)

TYPE_AREA: Final = Decimal(156)
"""Width of the type area in mm (GB/T 9704-2012 5.2.1)."""
DEEPEST_HEADING: Final = 2
DEEPEST_LIST: Final = 2
MOST_COLUMNS: Final = 12
TYPED_NUMBER: Final = re.compile(r"[（(][一二三四五六七八九十百0-9]{1,4}[)）]|[一二三四五六七八九十百]{1,4}、|[0-9]{1,3}[.．、](?![0-9])")

Findings = tuple[Diagnostic, ...]


def read_blocks(
    node: Node, path: str, words: Words, vocabulary: Mapping[str, str], names: Names, width: Decimal = TYPE_AREA
) -> tuple[tuple[Block, ...], Findings]:
    """The blocks of a field, a text or a list of blocks. `width` is that of the type area in mm."""
    reader = BlockReader(words, vocabulary, names, width)
    return reader.blocks(node, path), tuple(reader.findings)


def read_attachments(
    node: Node, path: str, words: Words, vocabulary: Mapping[str, str], names: Names, width: Decimal = TYPE_AREA
) -> tuple[tuple[Attachment, ...], Findings]:
    """The attachments of a report: a title each, or a title with the text that is bound with the report."""
    reader = BlockReader(words, vocabulary, names, width)
    attachments = tuple(reader.attachment(item, at) for at, item in reader.items(node, path))
    return attachments, tuple(reader.findings)


class BlockReader(Reader):
    """Reads blocks; a block at fault is left out, its findings are kept."""

    def blocks(self, node: Node, path: str, depth: int = 0) -> tuple[Block, ...]:
        """The blocks of a text or a list; `depth` counts the headings around them."""
        if isinstance(node, Sequence):
            return tuple(block for at, item in self.items(node, path) for block in self.block(item, at, depth))
        if isinstance(node, Scalar):
            return self.block(node, path, depth)
        self.report("list-expected", node.location, path)
        return ()

    def block(self, node: Node, path: str, depth: int) -> tuple[Block, ...]:
        """What one item of a list of blocks stands for: a text may hold several paragraphs."""
        if isinstance(node, Scalar):
            if node.plain and node.text == self.words["page-break"]["key"]:
                return (PageBreak(path),)
            return tuple(Paragraph(prose, prose.path) for prose in self.paragraphs(node, path))
        if isinstance(node, Sequence):
            self.report("block-expected", node.location, path)
            return ()
        return self._keyed(node, path, depth)

    def _keyed(self, node: nodes.Mapping, path: str, depth: int) -> tuple[Block, ...]:
        keys = {str(parts["key"]): name for name, parts in self.words.items() if "key" in parts}
        entry = next((entry for entry in node if entry.key.text in keys), None)
        if entry is None:
            self._report_unkeyed(node, path, list(keys))
            return ()
        name, value = keys[entry.key.text], entry.value
        if name == "heading":
            return self._heading(node, path, depth)
        self.parts(node, path, {name: entry.key.text}, ())
        inner = f"{path}.{entry.key.text}"
        match name:
            case "list":
                return (NumberedList(self._list(value, inner, 1), path),)
            case "chart":
                return read_chart(self, value, path, inner)
            case "picture":
                return self._picture(value, path, inner)
            case "table":
                return self._table(value, path, inner)
            case "page-break":
                return self._page_break(value, path)
        return tuple(Note(prose, prose.path) for prose in self.texts(value, path))

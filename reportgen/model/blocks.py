"""What the author wrote under a field of prose in; blocks with their prose evaluated, and findings, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from reportgen.diagnostics import Diagnostic
from reportgen.model import nodes
from reportgen.model.charts import read_chart
from reportgen.model.exhibits import read_picture, read_table
from reportgen.model.names import Names
from reportgen.model.nodes import Node, Scalar, Sequence
from reportgen.model.prose import plain_prose
from reportgen.model.reading import NO_PROSE, Reader, Words, is_near, start_of
from reportgen.model.values import (
    Attachment,
    Block,
    Heading,
    ListItem,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
)

DEEPEST_HEADING: Final = 2
DEEPEST_LIST: Final = 2
CHINESE: Final = "一二三四五六七八九十百"
TYPED_NUMBER: Final = re.compile(
    f"[（(](?:[{CHINESE}]{{1,4}}|[0-9]{{1,3}})[)）]|[{CHINESE}]{{1,4}}、(?![{CHINESE}])|[0-9]{{1,3}}[.．、](?![0-9])"
)
"""A number as headings and items bear it: the engine makes them."""

Findings = tuple[Diagnostic, ...]


def read_blocks(
    node: Node, path: str, words: Words, vocabulary: Mapping[str, str], names: Names, width: Decimal
) -> tuple[tuple[Block, ...], Findings]:
    """The blocks of a field, a text or a list of blocks. `width` is that of the type area in mm."""
    reader = BlockReader(words, vocabulary, names, width)
    return reader.blocks(node, path), tuple(reader.findings)


def read_attachments(
    node: Node, path: str, words: Words, vocabulary: Mapping[str, str], names: Names, width: Decimal
) -> tuple[tuple[Attachment, ...], Findings]:
    """The attachments of a report: a title each, or a title with the text that is bound with the report."""
    reader = BlockReader(words, vocabulary, names, width)
    listed = ((path, node),) if isinstance(node, Scalar) else reader.items(node, path)
    attachments = tuple(reader.attachment(item, at) for at, item in listed)
    return tuple(attachment for attachment in attachments if attachment), tuple(reader.findings)


class BlockReader(Reader):
    """Reads blocks; a block at fault is left out, its findings are kept."""

    def blocks(self, node: Node, path: str, depth: int = 0) -> tuple[Block, ...]:
        """The blocks of a text or a list; `depth` counts the headings around them."""
        if isinstance(node, Scalar):
            return self._block(node, path, depth)
        return tuple(block for at, item in self.items(node, path) for block in self._block(item, at, depth))

    def attachment(self, node: Node, path: str) -> Attachment | None:
        """An attachment; its title holds no expressions."""
        if isinstance(node, Scalar):
            return self._titled(node, path, ())
        parts = self.parts(node, path, self.words["attachment"], ("title",))
        body = (
            self.blocks(parts["body"], f"{path}.{self.words['attachment']['body']}")
            if "body" in parts
            else ()
        )
        return self._titled(parts["title"], path, body) if "title" in parts else None

    def _titled(self, title: Node, path: str, body: tuple[Block, ...]) -> Attachment | None:
        text = self.line(title, path)
        if text is None or not isinstance(title, Scalar):
            return None
        gap = text == self.names.unknown
        return Attachment(self.prose(title, path) if gap else plain_prose(title, path), body, path)

    def _block(self, node: Node, path: str, depth: int) -> tuple[Block, ...]:
        """What one item of a list of blocks stands for: a text may hold several paragraphs."""
        match node:
            case Scalar(text, plain=True) if text == self.words["page-break"]["key"]:
                return (PageBreak(path),)
            case Scalar():
                self._check_colon(node, path)
                return tuple(Paragraph(prose, prose.path) for prose in self.paragraphs(node, path))
            case Sequence():
                self.report("block-expected", start_of(node), path)
                return ()
            case nodes.Mapping():
                return self._keyed(node, path, depth)

    def _check_colon(self, node: Scalar, path: str) -> None:
        """Refuse a paragraph that is the key of a block with a full-width colon; a note may be prose."""
        for name, parts in self.words.items():
            key = parts.get("key", "")
            if key and name != "note" and node.plain and node.text.startswith(f"{key}："):
                self.report("wide-colon", node.locate(len(key), len(key) + 1), path, key=key)

    def _keyed(self, node: nodes.Mapping, path: str, depth: int) -> tuple[Block, ...]:
        keys = {str(parts["key"]): name for name, parts in self.words.items() if "key" in parts}
        entry = next((entry for entry in node if entry.key.text in keys), None)
        if entry is None:
            self._report_unkeyed(node, path, list(keys))
            return ()
        name, at = keys[entry.key.text], f"{path}.{entry.key.text}"
        if name == "heading":
            return self._heading(node, path, depth)
        self.parts(node, path, {name: entry.key.text}, ())
        match name:
            case "list":
                return (NumberedList(self._list(entry.value, at, 1), path),)
            case "chart":
                return read_chart(self, entry, path)
            case "picture":
                return read_picture(self, entry, path)
            case "table":
                return read_table(self, entry, path)
            case "page-break":
                return self._page_break(entry.value, at)
        return tuple(Note(prose, prose.path) for prose in self.texts(entry.value, at))

    def _report_unkeyed(self, node: nodes.Mapping, path: str, keys: list[str]) -> None:
        """A mapping that is no block: part of one, a mistyped key, or a text with a colon."""
        heading = self.words["heading"]
        first = next(iter(node), None)
        if first is None:
            self.report("block-expected", start_of(node), path)
        elif first.key.text in heading.values():
            self.report("missing-key", start_of(node), f"{path}.{heading['key']}", key=heading["key"])
        elif isinstance(first.value, Scalar) and not is_near(first.key.text, keys):
            self.report("colon-in-text", first.key.location, path, text=first.key.text[:20])
        else:
            self.report_key(first.key, path, keys)

    def _heading(self, node: nodes.Mapping, path: str, depth: int) -> tuple[Block, ...]:
        words = self.words["heading"]
        parts = self.parts(node, path, words, ())
        if depth >= DEEPEST_HEADING:
            self.report("heading-too-deep", start_of(node), path, most=DEEPEST_HEADING)
        self._check_number(parts["key"], f"{path}.{words['key']}")
        title = self.prose(parts["key"], f"{path}.{words['key']}")
        own_line = self.flag(parts.get("own-line"), f"{path}.{words['own-line']}")
        body = self.blocks(parts["body"], f"{path}.{words['body']}", depth + 1) if "body" in parts else ()
        run_in = not own_line and bool(body) and isinstance(body[0], Paragraph)
        return (Heading(title, body, run_in, path),)

    def _check_number(self, node: Node, path: str) -> None:
        if isinstance(node, Scalar):
            start = len(node.text) - len(node.text.lstrip())
            if typed := TYPED_NUMBER.match(node.text, start):
                self.report("typed-number", node.locate(*typed.span()), path, number=typed[0])

    def _list(self, node: Node, path: str, depth: int) -> tuple[ListItem, ...]:
        if depth > DEEPEST_LIST:
            self.report("list-too-deep", start_of(node), path, most=DEEPEST_LIST)
            return ()
        return tuple(self._item(item, at, depth) for at, item in self.items(node, path))

    def _item(self, node: Node, path: str, depth: int) -> ListItem:
        words = {"item": self.words["list"]["item"], "key": self.words["list"]["key"]}
        if not isinstance(node, nodes.Mapping):
            self._check_number(node, path)
            return ListItem(self.prose(node, path), (), path)
        if len(node.entries) == 1 and not is_near(node.entries[0].key.text, list(words.values())):
            key = node.entries[0].key
            self.report("colon-in-text", key.location, path, text=key.text[:20])
            return ListItem(NO_PROSE, (), path)
        parts = self.parts(node, path, words, ("item",))
        text = NO_PROSE
        if "item" in parts:
            self._check_number(parts["item"], f"{path}.{words['item']}")
            text = self.prose(parts["item"], f"{path}.{words['item']}")
        inner = self._list(parts["key"], f"{path}.{words['key']}", depth + 1) if "key" in parts else ()
        return ListItem(text, inner, path)

    def _page_break(self, node: Node, path: str) -> tuple[Block, ...]:
        empty = isinstance(node, Scalar) and node.empty
        return (PageBreak(path),) if empty or self.flag(node, path) else ()

"""A report's YAML text in, the copy that goes out with a final report out: no comments, no remarks.

Everything else stays as it was written, character by character, and parses to the same values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from reportgen.model.report import Report

Span = tuple[int, int]
"""A stretch of a text: start and end as indices."""


def outgoing_source(report: Report) -> bytes:
    """The report's text as it goes into the PDF: that of a final one without comments and remarks."""
    if report.is_draft:
        return report.source
    left_out = {report.kind.fields[role] for role in ("waivers", "sheet") if role in report.kind.fields}
    return publish_source(report.source, frozenset(left_out))


def publish_source(source: bytes, left_out: frozenset[str]) -> bytes:
    """The text without its comments and some top-level keys; raises ValueError when that changes a value."""
    text = source.decode("utf-8")
    wanted = [entry for entry in entries(text) if entry[0] not in left_out]
    for mark in ("", "#"):  # a comment may end a block that keeps its blank lines (`|+`): then its mark stays
        published = cut(text, comment_spans(text, keep_lines=bool(mark)), mark)
        published = cut(published, key_spans(published, left_out), "")
        if entries(published) == wanted:
            return published.encode("utf-8")
    raise ValueError("the published copy would differ")


def entries(text: str) -> list[tuple[str, Any]]:
    """The top-level keys of a text with their values."""
    root = compose(text)
    return [(key.value, plain(value)) for key, value in root.value] if root else []


def compose(text: str) -> yaml.MappingNode | None:
    """The root of a text as PyYAML sees it."""
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    return root if isinstance(root, yaml.MappingNode) else None


def plain(node: yaml.Node) -> Any:
    """A node's values in their order, without places."""
    if isinstance(node, yaml.MappingNode):
        return {"": [(plain(key), plain(value)) for key, value in node.value]}
    if isinstance(node, yaml.SequenceNode):
        return [plain(value) for value in node.value]
    return (node.value, node.tag)


def cut(text: str, spans: list[Span], mark: str) -> str:
    """The text without some stretches; a mark stands in for each."""
    places = [0, *(index for span in spans for index in span), len(text)]
    return mark.join(text[start:end] for start, end in zip(places[::2], places[1::2], strict=True))


def comment_spans(text: str, *, keep_lines: bool) -> list[Span]:
    """What to cut for the comments to be gone: a whole line where it holds nothing else."""
    spans: list[Span] = []
    for start, end in comments(text):
        line = text.rfind("\n", 0, start) + 1
        alone = not text[line:start].strip(" \t\r\ufeff")
        if alone and not keep_lines:
            spans.append((line + text.startswith("\ufeff", line), after_break(text, end)))
        elif alone:
            spans.append((start, end))
        else:
            spans.append((line + len(text[line:start].rstrip(" \t")), end))
    return spans


def comments(text: str) -> Iterator[Span]:
    """Every comment. Between two tokens only a comment can hold a `#`; a block's header may end in one."""
    position = 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        yield from comments_between(text, position, token.start_mark.index)
        position = max(position, token.end_mark.index)
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            yield from comments_between(text, token.start_mark.index, line_end(text, token.start_mark.index))
    yield from comments_between(text, position, len(text))


def comments_between(text: str, start: int, end: int) -> Iterator[Span]:
    """The comments of a stretch without values."""
    while (start := text.find("#", start, end)) >= 0:
        yield start, (start := line_end(text, start))


def line_end(text: str, start: int) -> int:
    """Where the line ends, its break not counted."""
    ends = [index for mark in "\n\r" if (index := text.find(mark, start)) >= 0]
    return min(ends, default=len(text))


def after_break(text: str, end: int) -> int:
    """The start of the line after one that ends there."""
    return end + (2 if text.startswith("\r\n", end) else 1 if end < len(text) else 0)


def key_spans(text: str, left_out: frozenset[str]) -> list[Span]:
    """What to cut for some top-level keys to be gone, with their values."""
    root = compose(text)
    if root is None or not root.value:
        return []
    starts = [key.start_mark.index for key, _ in root.value]
    if not root.flow_style:
        starts = [text.rfind("\n", 0, start) + 1 for start in starts]
        starts[0] += text.startswith("\ufeff")
    ends = [*starts[1:], last_end(text, root)]
    spans = list(zip(starts, ends, strict=True))
    gone = [key.value in left_out for key, _ in root.value]
    if root.flow_style and gone[-1] and not all(gone):
        # `{a: 1, b: 2}` without b: the comma before it goes too
        last = max(index for index, out in enumerate(gone) if not out)
        spans = [*spans[: last + 1], (root.value[last][1].end_mark.index, ends[-1])]
        gone = [*gone[: last + 1], True]
    return [span for span, out in zip(spans, gone, strict=True) if out]


def last_end(text: str, root: yaml.MappingNode) -> int:
    """Where the last value of the root ends: before the closing brace, or the end of the document."""
    if root.flow_style:
        return root.end_mark.index - 1
    tokens = yaml.scan(text, Loader=yaml.CSafeLoader)
    ends = [token.start_mark.index for token in tokens if isinstance(token, yaml.DocumentEndToken)]
    return ends[0] if ends else len(text)

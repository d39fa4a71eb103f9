"""A text in; words that ask for a figure and have none, out: “现行有效的规范性文件。”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from reportgen.diagnostics import Diagnostic
from reportgen.model.review.figures.clauses import Tokens
from reportgen.model.review.figures.examination import Examination, Text

if TYPE_CHECKING:
    from reportgen.model.review.review import Review

HARMLESS: Final = ("topic", "act", "fillers", "filler", "whole", "column", "stop")


def find_omissions(review: Review, found: Examination, text: Text) -> Iterator[Diagnostic]:
    """Sentences of a text that name a figure and nothing else."""
    if text.line.is_lone or (text.line.passage and text.line.passage.role in ("heading", "title", "line")):
        return
    lone = found.ledger.data.get("lone", ())
    for sentence in text.sentences:
        if _is_lone(sentence, lone):
            start, end = sentence[0].start, sentence[-1].end
            given = text.line.text[start:end]
            yield review.find(
                "prose-figure-missing", text.line.place(start, end), text.line.path, given=given
            )


def _is_lone(sentence: Tokens, lone: tuple[str, ...]) -> bool:
    kinds = {token.kind for token in sentence}
    if not kinds.issubset(HARMLESS) or sentence[-1].kind != "stop":
        return False
    acts = [token.name for token in sentence if token.kind == "act"]
    return "topic" in kinds and any(act in lone for act in acts)

"""A kind's figures.yaml and its tables in; names in it that stand for nothing out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from reportgen.diagnostics import Listed
from reportgen.model.misfits import Misfit, misfit
from reportgen.model.strays import nearest
from reportgen.model.tables import StatutoryTable

Data = Mapping[str, Any]
Place = tuple[str | int, ...]

COLUMN: Final = "{列}"


def check_vocabulary(data: Data, tables: Mapping[str, StatutoryTable]) -> tuple[Misfit, ...]:
    """What figures.yaml speaks of and the kind has not: topics, acts, figures; patterns that are none."""
    declared = data.get("figures", {})
    figures = [path for table in tables.values() for path in table.figures]
    return (
        *_quantities(declared, figures),
        *_words(declared),
        *_claims(declared, figures),
        *_wholes(declared, figures),
    )


def _quantities(declared: Data, figures: Sequence[str]) -> Iterator[Misfit]:
    for topic, quantity in declared.get("quantities", {}).items():
        at: Place = ("figures", "quantities", topic)
        yield from _known(topic, list(declared.get("topics", {})), at)
        yield from _readings(quantity.get("whole", ()), declared, figures, (*at, "whole"))
        for act, texts in quantity.get("acts", {}).items():
            yield from _known(act, list(declared.get("acts", {})), (*at, "acts", act))
            yield from _readings(texts, declared, figures, (*at, "acts", act))


def _words(declared: Data) -> Iterator[Misfit]:
    """The acts, and columns, that words beside others are said to mean."""
    acts = list(declared.get("acts", {}))
    columns = list(declared.get("columns", {}))
    for word, names in declared.get("beside", {}).items():
        for number, name in enumerate(names):
            yield from _known(name, [*acts, *columns], ("figures", "beside", word, number))
    for act in declared.get("left", {}):
        yield from _known(act, acts, ("figures", "left", act))
    for act, others in declared.get("crossing", {}).items():
        for name in (act, *others.split()):
            yield from _known(name, acts, ("figures", "crossing", act))


def _claims(declared: Data, figures: Sequence[str]) -> Iterator[Misfit]:
    for number, claim in enumerate(declared.get("claims", ())):
        at: Place = ("figures", "claims", number)
        yield from _readings(claim["zero"], declared, figures, (*at, "zero"))
        if "topic" in claim:
            yield from _known(claim["topic"], list(declared.get("topics", {})), (*at, "topic"))
        try:
            re.compile(claim["words"])
        except re.error:
            yield misfit("value-refused", (*at, "words"), value=claim["words"])


def _wholes(declared: Data, figures: Sequence[str]) -> Iterator[Misfit]:
    yield from _readings(declared.get("wholes", ()), declared, figures, ("figures", "wholes"))
    for number, rate in enumerate(declared.get("rates", ())):
        at: Place = ("figures", "rates", number)
        yield from _known(rate["topic"], list(declared.get("topics", {})), (*at, "topic"))
        yield from _readings(rate["parts"], declared, figures, (*at, "parts"))
        yield from _readings(rate["wholes"], declared, figures, (*at, "wholes"))


def _readings(texts: Sequence[str], declared: Data, figures: Sequence[str], at: Place) -> Iterator[Misfit]:
    for text in texts:
        for name in text.split("+"):
            path = name.strip().replace(COLUMN, declared.get("whole-column", ""))
            pattern = re.compile(re.escape(path).replace(r"\*", "[^.]+"))
            if not any(pattern.fullmatch(figure) for figure in figures):
                yield from _known(path, figures, at)


def _known(name: str, known: Sequence[str], at: Place) -> Iterator[Misfit]:
    if name not in known:
        yield misfit("kind-name-unknown", at, name=name, known=Listed(nearest(name, list(known))))

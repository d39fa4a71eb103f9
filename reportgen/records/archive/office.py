"""The file of what only the office knows in; its values, or what is wrong with it, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, Final

from reportgen.catalogue import find
from reportgen.diagnostics import Diagnostic, is_fatal
from reportgen.errors import KindError, ReportError
from reportgen.model.chain import Chain, describe, read_chain
from reportgen.model.forms import Steps
from reportgen.model.kind import BASE, find_kind
from reportgen.model.kind_files import ARCHIVE
from reportgen.model.misfits import Misfit
from reportgen.model.misshapes import describe_misshapes, locate, plain
from reportgen.model.nodes import Mapping as Keys
from reportgen.model.schema import expand_schema, in_declared_order
from reportgen.model.shape import find_misshapes
from reportgen.model.source import read_source

STEM: Final = "archive"
"""The data file of the base kind that says what goes with an archived report."""

Words = Mapping[str, Any]


def archive_words(folders: Sequence[Path] = ()) -> Words:
    """The data of the base kind's archive.yaml, with the base kind's `vocabulary`.

    A base kind of one's own that has no such file goes by the program's. Raises KindError when it is wrong.
    """
    chain = base_chain(folders)
    if STEM not in chain.data:
        chain = base_chain(())
    words: Words = chain.data[STEM]
    misshapes = find_misshapes(chain.data[STEM], ARCHIVE, {})
    if misshapes:
        misfits = [Misfit(m.code, (STEM, *m.at, *([m.key] if m.key else [])), m.arguments) for m in misshapes]
        raise KindError(*describe(misfits, chain))
    return {**words, "vocabulary": chain.data["kind"]["vocabulary"]}


def base_chain(folders: Sequence[Path]) -> Chain:
    """The base kind's data that archiving needs."""
    folder = find_kind(BASE, folders)
    assert folder is not None
    return read_chain(folder, folders, ("kind", STEM))


def read_office(
    content: bytes, file: str, words: Words, year: str = ""
) -> tuple[Mapping[str, Any], tuple[Diagnostic, ...]]:
    """The values of such a file by official key, for a report of that year.

    Raises ReportError with everything wrong in it.
    """
    root, found = read_source(content, file)
    if root is None:
        raise ReportError(*found)
    vocabulary: Mapping[str, str] = words["vocabulary"]
    misshapes = find_misshapes(plain(root), expand_schema(words["office"], {}, vocabulary), vocabulary)
    found = (*found, *describe_misshapes(misshapes, root))
    found = (*found, *gaps(root, vocabulary["unknown"], {misshape.at for misshape in misshapes}))
    if not is_fatal(found):
        found = (*found, *judge_number(root, words, year))
    if is_fatal(found):
        raise ReportError(*found)
    given = plain(root)
    assert isinstance(given, dict)
    return {key: value for key, value in given.items() if value}, found


def gaps(root: Keys, unknown: str, told: Set[Steps]) -> Iterator[Diagnostic]:
    """Where something is still to be filled in, unless that was told already: in an archive nothing is."""
    for entry in root:
        at = (entry.key.text,)
        if at not in told and unknown in str(plain(entry.value)):
            yield find("gap-not-allowed", locate(root, at), entry.key.text, value=unknown)


def judge_number(root: Keys, words: Words, year: str) -> Iterator[Diagnostic]:
    """Whether the number of the file holds the year, and fonds and term as they stand beside it (DA/T 13)."""
    tree: Any = plain(root)
    number, fonds = str(tree[words["known"]["number"]]), str(tree[words["known"]["fonds"]])
    code = words["terms"][str(tree[words["known"]["term"]])]
    parts = number.replace("·", "-").split("-")
    for part in (fonds, year, code):
        if part and part not in parts:
            place = locate(root, (words["known"]["number"],))
            yield find("archive-number", place, words["known"]["number"], number=number, part=part)


def skeleton(words: Words, known: Mapping[str, str]) -> str:
    """Such a file to fill in: what it has to say, what is known already, and what it may say as remarks."""
    lines = ["# 归档时要补充的著录项目，只有本单位知道。不带 # 的必须填写，带 # 的需要时去掉 # 再填写。"]
    for key, form in in_declared_order(words["office"]).items():
        needed = key in words["office"]["required"]
        choices = f"（{'、'.join(form['enum'])}）" if "enum" in form else ""
        value = known.get(key, words["vocabulary"]["unknown"] if needed else "")
        lines.append(
            f"{'' if needed else '# '}{key}: {value}".ljust(20) + f"  # {form['description']}{choices}"
        )
    return "\n".join(lines) + "\n"

"""A document in; what the validators that the product asks find wrong with it out, as texts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportgen.verify.conformance import html_valid, open_xml, verapdf
from reportgen.verify.conformance.outside import Answer
from reportgen.verify.conformance.tools import find_html_checker, find_java, find_sdk


def faults_of_word(file: Path) -> list[str]:
    """What the Open XML SDK finds, with the place in the file."""
    program = find_sdk()
    assert program
    with open_xml.sdk_at_work(file.read_bytes(), program) as breaches:
        found = breaches()
    assert not isinstance(found, Answer), found
    return [f"{breach.part}: {breach.message}" for breach in found]


def faults_of_page(file: Path) -> list[str]:
    """What the Nu HTML checker calls an error."""
    java, checker = find_java(), find_html_checker()
    assert java
    assert checker
    with html_valid.checker_at_work(file.read_bytes(), java, checker) as breaches:
        found = breaches()
    assert not isinstance(found, Answer), found
    return [f"{breach.line}: {breach.message}" for breach in found]


@cache
def judge(file: Path, flavour: str) -> verapdf.Judgement:
    """The verdict of veraPDF on a file; `flavour` is `3a` or `ua1`."""
    return judge_all(file.read_bytes())[flavour]


@cache
def judge_all(pdf: bytes) -> dict[str, verapdf.Judgement]:
    """The verdicts of veraPDF, found once for each PDF."""
    with verapdf.judging(pdf) as answer:
        found = verapdf.read_judgements(answer())
    assert found
    return dict(zip(verapdf.FLAVOURS, found, strict=True))

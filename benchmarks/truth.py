"""Are wrong figures found, and right ones left alone? Reports are changed one figure at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import yaml

from reportgen.diagnostics import Diagnostic, Location, Severity
from reportgen.model.kind import Kind, load_kind
from reportgen.model.report import Report, read_report, reviewed
from reportgen.model.review.references import NOTHING
from reportgen.model.values import Cell, State

FOLDER: Final = Path(__file__).with_suffix("")
PROSE: Final = re.compile(r"[0-9]+(?=件)")
FIGURES: Final = (
    *("规范性文件制发", "规范性文件废止", "规范性文件有效", "行政许可", "行政处罚"),
    *(
        "新收",
        "结转入",
        "办结",
        "予以公开",
        "部分公开",
        "不予公开",
        "无法提供",
        "不予处理",
        "其他处理",
        "结转出",
    ),
    *("行政复议", "行政诉讼"),
)
"""What the figures of the reports' sentences count, in order."""
CELLS: Final[Mapping[str, tuple[str, ...]]] = {
    "新收": ("收到和处理申请.本年新收",),
    "结转入": ("收到和处理申请.上年结转",),
    "办结": ("收到和处理申请.总计",),
    "结转出": ("收到和处理申请.结转下年度",),
    "予以公开": ("收到和处理申请.予以公开",),
    "部分公开": ("收到和处理申请.部分公开",),
    "不予公开": ("收到和处理申请.不予公开.*",),
    "无法提供": ("收到和处理申请.无法提供.*",),
    "不予处理": ("收到和处理申请.不予处理.*",),
    "其他处理": ("收到和处理申请.其他处理.*",),
    "行政复议": ("复议诉讼.行政复议",),
    "行政诉讼": ("复议诉讼.未经复议直接起诉", "复议诉讼.复议后起诉"),
    "规章制发": ("主动公开政府信息.规章.本年制发",),
    "规章有效": ("主动公开政府信息.规章.现行有效",),
    "规范性文件制发": ("主动公开政府信息.行政规范性文件.本年制发",),
    "规范性文件废止": ("主动公开政府信息.行政规范性文件.本年废止",),
    "规范性文件有效": ("主动公开政府信息.行政规范性文件.现行有效",),
    "行政许可": ("主动公开政府信息.行政许可",),
    "行政处罚": ("主动公开政府信息.行政处罚",),
    "行政强制": ("主动公开政府信息.行政强制",),
    "收费": ("主动公开政府信息.行政事业性收费",),
}
SECTIONS: Final = {
    "主动公开方面": ("规章", "规范性", "行政许可", "行政处罚", "行政强制", "收费"),
    "监督保障方面": ("行政复议", "行政诉讼"),
}
"""Sub-headings under which sentences of these quantities are put; all others go under 依申请公开方面."""
DECOYS: Final = (7, 22, 1295)
SHOWN: Final = 40


@dataclass(frozen=True)
class Case:
    """A report as it was published."""

    name: str
    text: str
    kind: Kind

    @cached_property
    def report(self) -> Report:
        """The report as it is."""
        found = read_report(self.text.encode(), Path(self.name), kind=self.kind).report
        assert found
        return found

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """The figures of its tables."""
        return {cell.path: cell for cell in leaves(self.report.values) if isinstance(cell, Cell)}

    @cached_property
    def known(self) -> frozenset[tuple[str, str, str]]:
        """What is found in it unchanged."""
        return frozenset(key(finding) for finding in self.findings(self.text))

    def findings(self, text: str) -> list[Diagnostic]:
        """The errors and warnings of a text of it."""
        loaded = reviewed(read_report(text.encode(), Path(self.name), kind=self.kind), NOTHING, ())
        return [finding for finding in loaded.diagnostics if finding.level is not Severity.HINT]

    def news(self, text: str) -> list[Diagnostic]:
        """The errors and warnings of a changed text that the unchanged one has not."""
        return [finding for finding in self.findings(text) if key(finding) not in self.known]

    def value(self, quantity: str, column: str = "总计") -> str:
        """The figure of a quantity, in a column of its table when it has columns."""
        found = [cell for name in CELLS[quantity] for cell in self.parts(name, column)]
        if len(found) == 1:
            return found[0].written
        return str(sum(int(cell.written or 0) for cell in found))

    def parts(self, name: str, column: str) -> list[Cell]:
        """The cells of a name, in which `*` is every row of a group."""
        pattern = re.compile(re.escape(name).replace(r"\*", r"[^.]+") + rf"(?:\.{column})?")
        return [cell for path, cell in self.cells.items() if pattern.fullmatch(path)]


@dataclass(frozen=True)
class Change:
    """One figure replaced: of what sort the change is, and where it is."""

    sort: str
    text: str
    start: int
    end: int

    def covers(self, place: Location) -> bool:
        """Whether a finding points at the figure that was changed."""
        line = self.text.count("\n", 0, self.start) + 1
        head = self.start - (self.text.rfind("\n", 0, self.start) + 1) + 1
        tail = head + self.end - self.start
        return place.line == line and place.column < tail and head < place.end_column


def key(finding: Diagnostic) -> tuple[str, str, str]:
    """What makes two findings one."""
    return finding.code, finding.path, finding.message()


def leaves(value: Any) -> Iterator[Any]:
    """The ends of nested mappings."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from leaves(inner)
    else:
        yield value


def replaced(sort: str, text: str, start: int, end: int, new: str) -> Change:
    """A change of a stretch of a text."""
    return Change(sort, text[:start] + new + text[end:], start, start + len(new))


def variants(old: str) -> Iterator[tuple[str, str]]:
    """A figure by a slip: one more, one less, two digits swapped."""
    if "." in old:
        yield "+1", old[:-1] + str((int(old[-1]) + 1) % 10)
    else:
        yield "+1", str(int(old) + 1)
        if int(old):
            yield "-1", str(int(old) - 1)
    for at in range(len(old) - 1):
        one, other = old[at], old[at + 1]
        if one != other and "." not in (one, other) and not (at == 0 and other == "0"):
            yield "swapped", old[:at] + other + one + old[at + 2 :]
            return


def prose_changes(case: Case) -> Iterator[Change]:
    """Every figure of the report's sentences, changed in every way."""
    start, end = case.text.index("总体情况:"), case.text.index("主动公开政府信息:")
    matches = list(PROSE.finditer(case.text, start, end))
    assert len(matches) == len(FIGURES), (case.name, len(matches))
    for number, (name, match) in enumerate(zip(FIGURES, matches, strict=True)):
        slips = [*variants(match[0]), ("neighbour", matches[(number + 1) % len(matches)][0])]
        slips.append(("自然人 column", case.value(name, "自然人")))
        rows = [cell.written for part in CELLS[name] for cell in case.parts(part, "总计") if "*" in part]
        slips += [("sub-row", row) for row in rows if row not in ("", "0")][:1]
        for sort, new in slips:
            if new != match[0]:
                yield replaced(sort, case.text, match.start(), match.end(), new)


def cell_changes(case: Case) -> Iterator[tuple[str, Change]]:
    """Every figure of the report's tables, changed in every way, with its path."""
    lines = [0]
    for line in case.text.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    entered = [cell for cell in case.cells.values() if cell.state is State.ENTERED and "." in cell.path]
    for number, cell in enumerate(entered):
        place = cell.location
        start = lines[place.line - 1] + place.column - 1
        end = start + len(cell.written)
        slips = [*variants(cell.written), ("neighbour", entered[(number + 1) % len(entered)].written)]
        column = case.cells.get(cell.path.rpartition(".")[0] + ".自然人")
        if cell.path.endswith(".总计") and column:
            slips.append(("自然人 column", column.written))
        for sort, new in slips:
            if new != cell.written and ("." not in new or "收费" in cell.path):
                yield cell.path, replaced(sort, case.text, start, end, new)


def in_identities(case: Case) -> frozenset[str]:
    """The figures that enter a formula, a rule, or a sentence of the report."""
    paths = {path for formula in case.kind.formulas for path in (formula.total, *formula.addends)}
    rules = [check.rule.names for check in case.kind.checks if check.is_arithmetic]
    paths |= {name for names in rules for name in names}
    for name in FIGURES:
        paths |= {cell.path for part in CELLS[name] for cell in case.parts(part, "总计")}
    return frozenset(paths)


def mends(case: Case, text: str) -> bool:
    """Whether a change takes a fault away and adds none: it made a wrong report right."""
    return {key(finding) for finding in case.findings(text)} < case.known


class Tally:
    """Found and missed by sort of change."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.found: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.missed: list[str] = []

    def add(self, sort: str, found: bool, what: str) -> None:
        """Count one."""
        self.all[sort] += 1
        self.found[sort] += found
        if not found:
            self.missed.append(what)

    def show(self, title: str, verbose: bool = True) -> None:
        """Print the table."""
        total, found = sum(self.all.values()), sum(self.found.values())
        print(f"{title}: {found} of {total} ({100 * found / max(1, total):.1f} %)")
        for sort, count in self.all.items():
            print(f"    {sort:<16} {self.found[sort]:>5} found {count - self.found[sort]:>5} missed")
        if verbose:
            for what in dict.fromkeys(self.missed[:SHOWN]):
                print(f"      missed: {what}")


def sentences(words: Mapping[str, Any], case: Case) -> Iterator[tuple[str, str, str, int]]:
    """Quantity, heading, sentence with its right figure, and where the figure begins in it."""
    year = int(case.text.partition("年度: ")[2][:4])
    years = {"2022": str(year - 1), "2023": str(year), "2024": str(year + 1)}
    names = {
        "新收": "新收",
        "结转入": "结转入",
        "办结": "办结",
        "结转出": "结转出",
        "予以": "予以公开",
        "部分": "部分公开",
    }
    values = {short: case.value(name) for short, name in names.items()}
    values["自然人新收"] = case.value("新收", "自然人")
    for name, wordings in words["wordings"].items():
        for wording in wordings:
            wording = re.sub("202[234](?=年)", lambda match: years[match[0]], wording)
            head, _, tail = wording.partition("{n}")
            head, tail = head.format_map(values), tail.format_map(values)
            yield name, heading(name), head + case.value(name) + tail, len(head)


def heading(name: str) -> str:
    """The sub-heading a sentence of a quantity belongs under."""
    return next((title for title, starts in SECTIONS.items() if name.startswith(starts)), "依申请公开方面")


def insert(case: Case, title: str, sentence: str) -> tuple[str, int]:
    """The report with a sentence at the end of the paragraph under a heading, and where it begins."""
    at = case.text.index("正文: ", case.text.index(f"小标题: {title}"))
    end = case.text.index("\n", at)
    return case.text[:end] + sentence + case.text[end:], end


def try_wordings(file: str, cases: list[Case]) -> tuple[Tally, Tally]:
    """Right sentences that raised nothing, and wrong ones that were found at the right place."""
    words = yaml.safe_load((FOLDER / file).read_text("utf-8"))
    quiet, found = Tally(), Tally()
    for case in cases:
        for name, title, sentence, offset in sentences(words, case):
            text, start = insert(case, title, sentence)
            news = case.news(text)
            codes = ", ".join(sorted({finding.code for finding in news}))
            quiet.add("right", not news, f"{case.name}: {sentence} {codes}")
            old = case.value(name)
            for sort, new in list(variants(old)):
                change = replaced(sort, text, start + offset, start + offset + len(old), new)
                hit = any(change.covers(finding.location) for finding in case.news(change.text))
                found.add(sort, hit, f"{case.name}: {name}: {sentence}")
    return quiet, found


def try_decoys(file: str, cases: list[Case]) -> Tally:
    """Sentences that name nothing of the tables, in every paragraph."""
    words = yaml.safe_load((FOLDER / file).read_text("utf-8"))
    quiet = Tally()
    for case in cases:
        for decoy in words.get("decoys", ()):
            for title in ("依申请公开方面", *SECTIONS):
                for figure in DECOYS:
                    sentence = decoy.replace("{d}", str(figure))
                    news = case.news(insert(case, title, sentence)[0])
                    codes = ", ".join(finding.code for finding in news)
                    quiet.add(title, not news, f"{case.name}: {sentence} {codes}")
    return quiet


def measure_truth() -> None:
    """Print all rates."""
    kind = load_kind("disclosure-annual")
    cases = [Case(path.name, path.read_text("utf-8"), kind) for path in sorted(FOLDER.glob("reports/*.yaml"))]
    for case in cases:
        told = Counter(f"{d.level.value}[{d.code}]" for d in case.findings(case.text))
        print(f"unchanged {case.name}: {dict(told) or 'nothing'}")
    prose, identities, others = Tally(), Tally(), Tally()
    for case in cases:
        for change in prose_changes(case):
            hit = any(change.covers(finding.location) for finding in case.news(change.text))
            prose.add(change.sort, hit, f"{case.name}: {change.text[change.start - 12 : change.end + 1]}")
        entering = in_identities(case)
        for path, change in cell_changes(case):
            tally = identities if path in entering else others
            if not mends(case, change.text):
                tally.add(change.sort, bool(case.news(change.text)), f"{case.name}: {path}")
    identities.show("changed cells that enter an identity, found (aim 100 %)")
    others.show("changed cells of no identity, found", verbose=False)
    prose.show("changed figures of the texts, found at their place (aim 95 %)")
    some = [case for case in cases if case.name.startswith(("shanghai", "shuyang", "suqian-city-2023"))]
    for file in ("wordings.yaml", "held-out.yaml"):
        quiet, found = try_wordings(file, some)
        verbose = file == "wordings.yaml"
        quiet.show(f"{file}: right sentences that raised nothing (aim 100 %)", verbose)
        found.show(f"{file}: wrong sentences found at their place (aim 95 %)", verbose)
        try_decoys(file, some).show(f"{file}: decoys that raised nothing (aim 100 %)", verbose)

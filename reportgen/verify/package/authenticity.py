"""A package in; the checks of its authenticity (真实性, DA/T 70 1-1 to 1-14) out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxml import etree

from reportgen.diagnostics import Bilingual, Diagnostic
from reportgen.records.archive import pieces
from reportgen.records.archive.bag import PAYLOAD
from reportgen.records.archive.digests import sha256
from reportgen.records.archive.elements import NAMESPACE, flaws, values
from reportgen.records.archive.guide import GUIDE, LIST
from reportgen.verify.package import foreign
from reportgen.verify.package.documents import count_pages
from reportgen.verify.package.items import both, item, untold
from reportgen.verify.package.parts import Parts
from reportgen.verify.package.preserved import OWN, unlike_preserved
from reportgen.verify.package.restated import unlike_head, unlike_statements
from reportgen.verify.verification import Check

REASONS: Mapping[str, Bilingual] = {
    "missing": Bilingual("没有值", "has no value"),
    "long": Bilingual("太长", "is too long"),
    "form": Bilingual("写法不对", "is not written as it should be"),
    "choice": Bilingual("不在值域内", "is none of its values"),
    "characters": Bilingual("有不该有的字符", "holds characters that it must not"),
}
FLAWS: Mapping[str, tuple[str, Bilingual]] = {
    "long": ("1-2", Bilingual("各元素的长度", "the length of every element")),
    "form": (
        "1-3",
        Bilingual("日期、时间、数量、校验值的写法", "how dates, times, numbers and digests are written"),
    ),
    "choice": (
        "1-4",
        Bilingual("有值域的元素：保管期限、密级", "elements with a set of values: term, secrecy"),
    ),
    "characters": ("1-6", Bilingual("控制字符和看不见的字符", "control characters and invisible ones")),
}
"""The items that ask one question of every element of metadata, by what is wrong then."""

Declared = Sequence[Mapping[str, Any]]


def check_authenticity(parts: Parts) -> Iterator[Check]:
    """Every item but the signatures and the digests, which have modules of their own."""
    for flaw, (code, done) in FLAWS.items():
        yield about_metadata(parts, code, done, flaw)
    yield item(
        "1-5",
        implausible(parts),
        both(
            "日期、页数、机关、年度、题名、版次等与报告、著录补充文件、台账和正文对照",
            "dates, pages, office, title, revision and so on against report, office's file, ledger, page",
        ),
    )
    yield item(
        "1-7",
        wrong_number(parts),
        both("档号与全宗号、年度、保管期限对照", "archival number against fonds, year and term"),
    )
    yield item(
        "1-8", repeated(parts), both("档号、电子文件号、文件名不重复", "numbers and file names appear once")
    )
    yield item(
        "1-10",
        unlike_files(parts),
        both(
            f"{len(parts.named('file'))}个文件的名称、大小、格式、数字摘要，PREMIS 和 METS 也在内",
            "name, size, format and digest of every file, also in PREMIS and METS",
        ),
    )
    yield item(
        "1-11",
        unlinked(parts),
        both(
            "元数据写到的文件都在，文件都写进了元数据",
            "every file is described, every described file is there",
        ),
    )
    yield item("1-12", wrong_pages(parts), both("说明文件和目录文件", "the page and the list for people"))
    yield check_structure(parts)


def about_metadata(parts: Parts, code: str, done: Bilingual, flaw: str) -> Check:
    """An item that asks one question of all elements."""
    if parts.metadata is None:
        return untold(code, Bilingual("元数据读不出来", "the metadata cannot be read"))
    return item(code, element_flaws(parts, flaw), done)


def element_flaws(parts: Parts, wanted: str) -> Iterator[Diagnostic]:
    """Every element with that flaw."""
    assert parts.metadata is not None
    for entry, texts in read_elements(parts.words["elements"], parts.metadata):
        for flaw, text in flaws(entry, texts):
            if flaw == wanted:
                value = ascii(text)[1:-1] if flaw == "characters" else text[:100]
                yield parts.find(
                    "package-element",
                    f"{PAYLOAD}{pieces.DA_T_46}",
                    element=entry["name"],
                    reason=REASONS[flaw],
                    value=value,
                )


def read_elements(declared: Declared, root: etree._Element) -> Iterator[tuple[Mapping[str, Any], list[str]]]:
    """Every declared element with the texts it has, once for every element it stands in."""
    for entry in declared:
        found = root.findall(f"{{{NAMESPACE}}}{entry['name']}")
        if "inner" not in entry or "of" in entry:
            yield entry, [(element.text or "").strip() for element in found]
        for element in found:
            yield from read_elements(entry.get("inner", ()), element)


def implausible(parts: Parts) -> Iterator[Diagnostic]:
    """Values that go with nothing else in the package."""
    entry = parts.revision
    if entry is None:
        yield parts.find(
            "package-record", reason=Bilingual("台账里没有这一版", "the ledger has no such revision")
        )
        return
    pages = str(count_pages(parts.original[1]))
    if parts.named("pages") != [pages]:
        yield parts.contradiction(Bilingual("页数", "pages"), "、".join(parts.named("pages")), pages)
    for year in parts.named("year"):
        if year not in entry.report.values():
            yield parts.contradiction(Bilingual("年度", "year"), year, "、".join(entry.report.values()))
    packed = parts.info.get("Bagging-Date", "")
    if packed < entry.at[:10]:
        yield parts.contradiction(
            Bilingual("打包日期早于定稿", "packed before it was issued"), packed, entry.at
        )
    dated = parts.manifest.get("report", {})
    if dict(entry.report) != dated:
        yield parts.contradiction(
            Bilingual("报告", "the report"),
            "、".join(map(str, dict(dated).values())),
            "、".join(entry.report.values()),
        )
    yield from unlike_sources(parts)
    yield from unlike_statements(parts, entry)


def unlike_sources(parts: Parts) -> Iterator[Diagnostic]:
    """Elements that say something else than the report and the office's own file from which they come."""
    known = parts.stated
    elements = () if parts.metadata is None else read_elements(parts.words["elements"], parts.metadata)
    for entry, texts in elements:
        if {source.partition(".")[0] for source in entry.get("of", ("",))} <= set(known):
            wanted = [text.strip() for text in values(entry, known)]
            if [text for text in texts if text] != wanted:
                name = both(entry["name"], entry["name"])
                place = f"{PAYLOAD}{pieces.DA_T_46}"
                yield parts.contradiction(name, "、".join(texts), "、".join(wanted), place)


def wrong_number(parts: Parts) -> Iterator[Diagnostic]:
    """What the archival number lacks of the elements beside it."""
    numbers = parts.named("number")[:1] or [""]
    for number in numbers if parts.is_described else ():
        segments = re.split("[-·]", number)
        term = "".join(parts.named("term")[:1])
        needed = [*parts.named("fonds")[:1], *parts.named("year")[:1], parts.words["terms"].get(term, "?")]
        for part in needed:
            if part not in segments:
                yield parts.find("archive-number", f"{PAYLOAD}{pieces.DA_T_46}", number=number, part=part)
        if parts.info.get("External-Identifier") != number:
            said = parts.info.get("External-Identifier", "")
            yield parts.contradiction(Bilingual("档号", "archival number"), said, number)


def repeated(parts: Parts) -> Iterator[Diagnostic]:
    """What should be there once and is there more often."""
    for role in ("number", "identifier"):
        if len(parts.named(role)) > 1:
            name = parts.words["known"][role]
            yield parts.contradiction(both(name, name), len(parts.named(role)), 1)
    for file, count in Counter(parts.named("file")).items():
        if count > 1:
            yield parts.contradiction(
                Bilingual("同一文件写了几次", "a file is described several times"), file, count
            )


def unlike_files(parts: Parts) -> Iterator[Diagnostic]:
    """Files that are not as the metadata describe them."""
    facts = zip(*(parts.named(role) for role in ("file", "size", "format", "digest")), strict=False)
    for name, size, form, digest in facts:
        content = parts.payload.get(name)
        if content is None:
            continue  # 1-11 tells
        wanted = parts.words["formats"].get(name.rpartition(".")[2].lower(), form)
        for said, found in (
            (size, str(len(content))),
            (form, wanted),
            (digest, f"SHA-256 {sha256(content)}"),
        ):
            if said != found:
                yield parts.contradiction(Bilingual("电子属性", "properties"), said, found, PAYLOAD + name)
    yield from unlike_preserved(parts)


def unlinked(parts: Parts) -> Iterator[Diagnostic]:
    """Files that the metadata describe and that are not there, and those that are there and not described."""
    described = set(parts.named("file"))
    for name in sorted(described - set(parts.payload)):
        yield parts.find("package-file-missing", PAYLOAD + name)
    for name in sorted(set(parts.payload) - described - OWN):
        yield parts.find("package-file-surplus", PAYLOAD + name)


def wrong_pages(parts: Parts) -> Iterator[Diagnostic]:
    """What is wrong with the page for strangers and the list of files."""
    for name in (GUIDE, LIST):
        try:
            text = parts.contents[name].decode()
        except KeyError:
            yield parts.find("package-file-missing", name)
            continue
        except UnicodeDecodeError:
            yield parts.find("package-altered", name)
            continue
        if "".join(parts.named("title")[:1]) not in text.partition("\n")[0]:
            yield parts.contradiction(
                Bilingual("题名", "title"), text.partition("\n")[0], "".join(parts.named("title")), name
            )
        if name == LIST:
            yield from wrong_list(parts, text)
        elif parts.revision:
            yield from unlike_head(parts, parts.revision, text)


def wrong_list(parts: Parts, text: str) -> Iterator[Diagnostic]:
    """Where the list of files does not say what is there."""
    rows = [line.split("\t") for line in text.splitlines()[2:-1]]
    listed = {row[1]: row[2] for row in rows if len(row) == 4}
    found = {PAYLOAD + name: str(len(content)) for name, content in parts.payload.items()}
    for name in sorted({*listed, *found}):
        if listed.get(name) != found.get(name):
            yield parts.contradiction(
                Bilingual("目录", "the list"), listed.get(name, "-"), found.get(name, "-"), name
            )


def check_structure(parts: Parts) -> Check:
    """1-13: the folders of the package, and what the tool of other archives says of it."""
    found = [*missing_folders(parts)]
    reason = as_bag(parts)
    if reason:
        found.append(parts.find("package-structure", reason=both(reason[:300], reason[:300])))
    done = both(
        "BagIt 的结构，由 bagit-python 独立查验；包里的文件夹",
        "the structure of BagIt, judged by bagit-python; the folders",
    )
    return item("1-13", found, done, foreign.version())


def missing_folders(parts: Parts) -> Iterator[Diagnostic]:
    """The folders that a package of ours has and this one has not."""
    there = {name.partition("/")[0] for name in parts.payload}
    for folder in (
        pieces.ORIGINAL,
        pieces.ISSUED,
        pieces.SOURCE,
        pieces.KINDS,
        pieces.CHECKED,
        pieces.PROCESS,
        pieces.METADATA,
    ):
        if folder not in there:
            yield parts.find("package-file-missing", f"{PAYLOAD}{folder}/")


def as_bag(parts: Parts) -> str:
    """What the other tool has against the bag; of a zip it gets what is in it as a folder of its own."""
    if parts.package.packed is None:
        return foreign.objections(parts.package.path)
    with TemporaryDirectory(prefix="reportgen-") as name:
        for file, content in parts.contents.items():
            path = Path(name, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return foreign.objections(Path(name))

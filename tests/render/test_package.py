"""The container of a Word file: read and written without loss, the same always, nothing unreasonable read."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reportgen.render import package as module
from reportgen.render.package import Package, PackageError, Relation, parse, read_package, relations_name

DOCUMENT = "word/document.xml"


def example() -> Package:
    package = Package()
    package.add(DOCUMENT, b"<a/>", "application/document+xml")
    package.add("word/media/picture1.png", b"\x89PNG")
    package.add("docProps/core.xml", b"<c/>", "application/core+xml")
    package.relate("", Relation("type:document", DOCUMENT))
    package.relate(DOCUMENT, Relation("type:picture", "word/media/picture1.png"))
    package.relate(DOCUMENT, Relation("type:core", "docProps/core.xml"))
    package.relate(DOCUMENT, Relation("type:link", "https://example.org/", outside=True))
    return package


def zipped(entries: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_what_was_written_is_read() -> None:
    assert read_package(example().write()) == example()


def test_writing_what_was_read_changes_no_byte() -> None:
    content = example().write()
    assert read_package(content).write() == content


@given(
    st.dictionaries(
        st.from_regex(r"word/[a-z]{1,8}\.(xml|png)", fullmatch=True), st.binary(max_size=50), max_size=6
    )
)
def test_parts_come_back_whatever_they_hold(parts: dict[str, bytes]) -> None:
    package = Package()
    for name, content in parts.items():
        package.add(name, content)
    assert read_package(package.write()).parts == parts


def test_relations_are_written_as_seen_from_their_part() -> None:
    with zipfile.ZipFile(BytesIO(example().write())) as archive:
        targets = [item.get("Target") for item in parse(archive.read("word/_rels/document.xml.rels"))]
        assert targets == ["media/picture1.png", "../docProps/core.xml", "https://example.org/"]
        assert [item.get("Target") for item in parse(archive.read("_rels/.rels"))] == [DOCUMENT]


def test_relations_lie_beside_their_part() -> None:
    assert relations_name(DOCUMENT) == "word/_rels/document.xml.rels"
    assert relations_name("") == "_rels/.rels"


def test_a_part_that_is_removed_is_gone_with_all_that_is_known_of_it() -> None:
    package = example()
    package.remove(DOCUMENT)
    assert DOCUMENT not in package.parts.keys() | package.types.keys() | package.relations.keys()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x05\x06",
        b"text",
        zipped({"word/document.xml": b"<a/>"}),
        zipped({"[Content_Types].xml": b"<a"}),
    ],
)
def test_what_is_no_package_is_refused(content: bytes) -> None:
    with pytest.raises(PackageError):
        read_package(content)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    with pytest.raises(PackageError):
        read_package(zipped({"[Content_Types].xml": b"<Types/>", "a.xml": b" " * 1001}))


def test_too_many_parts_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PARTS", 3)
    with pytest.raises(PackageError):
        read_package(zipped({"[Content_Types].xml": b"<Types/>", **{f"{n}.xml": b"" for n in range(3)}}))


def test_entities_stay_closed() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><a>&b;</a>'
    assert parse(bomb).text is None


def test_broken_markup_is_not_mended() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        parse(b"<a><b></a>")

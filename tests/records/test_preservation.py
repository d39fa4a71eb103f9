"""PREMIS and METS: what we write is what their own schemas ask, and leads to the files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reportgen.records.archive.preservation import METS, XLINK, Described, write_mets, write_premis

SCHEMAS = Path(__file__).parents[1] / "schemas"
FILE = Described("正本/年报.pdf", "正本（PDF）", "PDF/A-3a（ISO 19005-3）", 12, "ab" * 32)
EVENTS = [
    {"what": "定稿", "at": "2025-01-20T08:30:00Z", "by": "张三", "why": ""},
    {"what": "更正", "at": "2025-02-20T08:30:00Z", "by": "李四 & <王五>", "why": '数字"有误" ]]>'},
]
METADATA = {"OTHER": "元数据/metadata.xml", "PREMIS": "元数据/premis.xml"}
texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1).filter(str.strip)


@cache
def schema(name: str) -> etree.XMLSchema:
    """A schema; what it imports by an address in the network is the file of that name beside it."""
    file = SCHEMAS / f"{name}.xsd"
    content = file.read_bytes().replace(b"http://www.loc.gov/standards/xlink/", b"")
    return etree.XMLSchema(etree.fromstring(content, base_url=file.as_uri()))


def faults(name: str, content: bytes) -> str:
    """What a document does not do as its schema asks; nothing when it does all."""
    try:
        schema(name).assertValid(etree.fromstring(content))
    except etree.DocumentInvalid as error:
        return str(error)
    return ""


@pytest.mark.parametrize(("name", "cut"), [("premis", b"<size>12</size>"), ("mets", b'ID="file-1" ')])
def test_the_schemas_find_faults(name: str, cut: bytes) -> None:
    whole = {"premis": write_premis([FILE], EVENTS), "mets": write_mets("年报", [FILE], METADATA)}[name]
    assert faults(name, whole) == ""
    assert cut in whole
    assert faults(name, whole.replace(cut, b"<size>x</size>" if name == "premis" else b""))


@given(texts, texts, texts, texts)
def test_whatever_names_and_reasons_say_the_schemas_hold(name: str, who: str, why: str, title: str) -> None:
    file = Described(f"来源/{name}", title, why, 0, "0" * 64)
    events = [{"what": "更正", "at": "2025-02-20T08:30:00Z", "by": who, "why": why}]
    assert faults("premis", write_premis([FILE, file], events)) == ""
    assert faults("mets", write_mets(title, [FILE, file], METADATA)) == ""


@pytest.mark.parametrize("name", ["正本/年报.pdf", "来源/图 片#1?.png", "来源/100%.png", "来源/a[1]{2}.png"])
def test_the_addresses_of_mets_lead_to_the_files(name: str) -> None:
    root = etree.fromstring(write_mets("年报", [Described(name, "图", "PNG", 1, "0" * 64)], METADATA))
    addresses = [
        urljoin("file:///包/data/元数据/mets.xml", element.get(f"{{{XLINK}}}href"))
        for element in root.iter(f"{{{METS}}}FLocat", f"{{{METS}}}mdRef")
    ]
    wanted = [*METADATA.values(), name]
    assert [unquote(address) for address in addresses] == [f"file:///包/data/{one}" for one in wanted]

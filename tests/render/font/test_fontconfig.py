from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from reportgen.render.font.fontconfig import fontconfig


def test_a_configuration_offers_the_folders_and_nothing_else() -> None:
    text = fontconfig(
        [Path("/字 & 体/a"), Path("/b")], Path("/cache"), {"仿宋_GB2312": ("rg-fang", "rg-fang-rare")}
    )
    root = ElementTree.fromstring(text)
    assert [item.text for item in root.findall("dir")] == ["/字 & 体/a", "/b"]
    assert [item.text for item in root.findall("cachedir")] == ["/cache"]
    assert {item.tag for item in root} == {"dir", "cachedir", "match"}, "no include: nothing of the system"
    match = root.find("match")
    assert match is not None
    assert [item.text for item in match.iter("string")] == ["仿宋_GB2312", "rg-fang", "rg-fang-rare"]

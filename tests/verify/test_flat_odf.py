"""What LibreOffice reads is set in the faces of the document."""

from __future__ import annotations

import pytest

from reportgen.verify.flat_odf import take_own_letters

ASIAN = 'style:font-name-asian="宋体1" style:font-family-asian="宋体"'


@pytest.mark.parametrize(
    ("family", "told"),
    [
        ("宋体", 'fo:font-family="rg-song-own"'),
        ("仿宋_GB2312", 'style:font-name="f1" fo:font-family="仿宋_GB2312"'),
    ],
)
def test_letters_in_a_chinese_font_are_its_own_and_the_characters_stay(family: str, told: str) -> None:
    flat = f'<style:text-properties style:font-name="f1" fo:font-family="{family}" {ASIAN}/>'
    made = take_own_letters(flat.encode(), {"宋体": "rg-song-own"}).decode()
    assert made == f"<style:text-properties {told} {ASIAN}/>"
